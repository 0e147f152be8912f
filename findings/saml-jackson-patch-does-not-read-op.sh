#!/usr/bin/env bash
# @boxyhq/saml-jackson 26.2.0 does not read `op` in a PATCH of a user: everything is a replace.
#
# Guess:   `add` of an address to `emails` keeps the others (RFC 7644 §3.5.2.1), and `remove` of `emails[type eq "home"]` removes
#          that one (§3.5.2.2).
# Happens: both are answered 200. `add` replaces the list, so that the address of work is gone; `remove` with a filter changes
#          nothing. `remove` of a simple attribute works, because a replace with no value does the same.
# Meets:   clients that send changes of lists: a second address costs the first one, and what is removed stays.
# Source:  RFC 7644 §3.5.2.1, §3.5.2.2; observed with @boxyhq/saml-jackson 26.2.0 (directory sync) on Node 20.20.
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
const patch = (path, ...Operations) =>
  send('PATCH', path, { schemas: [`${urn}:api:messages:2.0:PatchOp`], Operations });
const { data: user } = await send('POST', 'Users', userOf('anna@example.com', 'anna@example.com', { title: 'Boss' }));
const tell = async (what, operation) => {
  const { status, data } = await patch(`Users/${user.id}`, operation);
  console.log(`${what}: ${status}, title ${data.title}, emails ${data.emails.map(({ type }) => type).join(' ')}`);
};
await tell('remove of the title', { op: 'remove', path: 'title' });
await tell('add', { op: 'add', path: 'emails', value: [{ value: 'anna@example.net', type: 'home' }] });
await tell('remove', { op: 'remove', path: 'emails[type eq "home"]' });
process.exit();
CODE
seen=$(node sync.mjs)
echo "$seen"
[ "$seen" = "$(printf '%s\n' 'remove of the title: 200, title undefined, emails work' 'add: 200, title undefined, emails home' 'remove: 200, title undefined, emails home')" ]
