#!/usr/bin/env bash
# @boxyhq/saml-jackson 26.2.0 answers the filter «userName eq …» with the user whose first e-mail address is that text.
#
# Guess:   after a create of the user «anna» with the address anna@example.com, the filter `userName eq "anna"` finds her and
#          `userName eq "anna@example.com"` finds nobody (RFC 7644 §3.4.2.2). A second «anna» is refused with 409 (RFC 7643 §4.1.1).
# Happens: the other way round: her userName finds nobody, and the address finds her. The second «anna» with another address is
#          created. Where userName and address are the same, nothing shows.
# Meets:   clients whose userName is a login and no address. They look for the user first, find nobody, and create everybody again
#          in each run: if the address has changed, there are two accounts.
# Source:  RFC 7644 §3.4.2.2, RFC 7643 §4.1.1; observed with @boxyhq/saml-jackson 26.2.0 (directory sync) on Node 20.20.
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
await send('POST', 'Users', userOf('anna', 'anna@example.com'));
console.log(`by userName ${await count('anna')}, by address ${await count('anna@example.com')}`);
const { status } = await send('POST', 'Users', userOf('anna', 'other@example.com'));
console.log(`a second user of this userName: ${status}`);
process.exit();
CODE
seen=$(node sync.mjs)
echo "$seen"
[ "$seen" = "$(printf '%s\n' 'by userName 0, by address 1' 'a second user of this userName: 201')" ]
