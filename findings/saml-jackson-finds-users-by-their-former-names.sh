#!/usr/bin/env bash
# @boxyhq/saml-jackson 26.2.0 finds a user by the name of the create for ever: a PUT of another name changes what is shown only.
#
# Guess:   after a PUT that changes ben@example.com to bob@example.com (userName and address), a search for the new name finds the
#          user, a search for the old name finds nobody, and the old name is free.
# Happens: the PUT is answered 200 with the new name. A search for it finds nobody; one for the old name finds the user, who is
#          shown with the new name. A create with the old name is 409, and a create with the new name is 201: a duplicate.
# Meets:   people who change their name. The client looks for the new name, finds nobody, and creates a second account; a new
#          colleague with the old name cannot be created.
# Source:  RFC 7644 §3.5.1, §3.4.2.2; observed with @boxyhq/saml-jackson 26.2.0 (directory sync) on Node 20.20.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @boxyhq/saml-jackson@26.2.0 >/dev/null
cat > sync.mjs <<'CODE'
import saml from '@boxyhq/saml-jackson';

const quiet = () => {};
const { directorySyncController } = await saml.default({
  externalUrl: 'https://sso.example.com',
  samlPath: '/saml',
  scimPath: '/scim/v2.0',
  db: { engine: 'mem' },
  noAnalytics: true,
  logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
});
const directory = { tenant: 'tenant', product: 'product', type: 'generic-scim-v2' };
const { data: made } = await directorySyncController.directories.create(directory);
const events = [];
const send = async (method, path, body, filter) => {
  const [resourceType, resourceId] = path.split('/');
  const request = { method, body, resourceType, resourceId, query: { filter } };
  const whose = { directoryId: made.id, apiSecret: made.scim.secret };
  return directorySyncController.requests.handle({ ...request, ...whose }, async ({ event }) => void events.push(event));
};
const urn = 'urn:ietf:params:scim';
const userOf = (userName, address, more) => ({
  schemas: [`${urn}:schemas:core:2.0:User`],
  userName,
  emails: [{ value: address, type: 'work' }],
  ...more,
});
const count = async (userName) => {
  const { data } = await send('GET', 'Users', undefined, `userName eq "${userName}"`);
  return data.totalResults;
};
const [ben, bob] = ['ben@example.com', 'bob@example.com'];
const { data: user } = await send('POST', 'Users', userOf(ben, ben));
const { data: replaced } = await send('PUT', `Users/${user.id}`, userOf(bob, bob));
console.log(`shown as ${replaced.userName}; by the new name ${await count(bob)}, by the former ${await count(ben)}`);
const former = await send('POST', 'Users', userOf(ben, ben));
const current = await send('POST', 'Users', userOf(bob, bob));
console.log(`creates: with the former name ${former.status}, with the new one ${current.status}`);
process.exit();
CODE
seen=$(node sync.mjs)
echo "$seen"
[ "$seen" = "$(printf '%s\n' 'shown as bob@example.com; by the new name 0, by the former 1' 'creates: with the former name 409, with the new one 201')" ]
