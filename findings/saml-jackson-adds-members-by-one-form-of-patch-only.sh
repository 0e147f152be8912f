#!/usr/bin/env bash
# @boxyhq/saml-jackson 26.2.0 adds members to a group by PATCH «add» with a path only; other ways succeed and add nobody.
#
# Guess:   a group that is created with a member, replaced with members by PUT, or patched with `replace` of `members` or with
#          `add` without a path, gets these members, and the application gets the event `group.user_added` for each.
# Happens: all four are answered 200 or 201, and nobody is added: no event. Only `{"op": "add", "path": "members"}` adds one. No
#          read of the group shows members, so that a client sees no difference.
# Meets:   clients that send whole groups (PUT, or POST with members), or PATCH without a path. The group is there, and nobody is
#          in it: the people lack the access that the group gives.
# Source:  RFC 7644 §3.3, §3.5.1, §3.5.2; observed with @boxyhq/saml-jackson 26.2.0 (directory sync) on Node 20.20.
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
const groupOf = (members) => ({
  schemas: [`${urn}:schemas:core:2.0:Group`],
  displayName: 'Team',
  members: members.map((value) => ({ value })),
});
const { data: user } = await send('POST', 'Users', userOf('anna@example.com', 'anna@example.com'));
const value = [{ value: user.id }];
let path;
const tell = async (way, answer) => {
  events.length = 0;
  const { status, data } = await answer();
  path ??= `Groups/${data.id}`;
  console.log(`${way}: ${status}, added ${events.filter((event) => event === 'group.user_added').length}`);
};
await tell('POST', () => send('POST', 'Groups', groupOf([user.id])));
await tell('PUT', () => send('PUT', path, groupOf([user.id])));
await tell('PATCH replace', () => patch(path, { op: 'replace', path: 'members', value }));
await tell('PATCH add without a path', () => patch(path, { op: 'add', value: { members: value } }));
await tell('PATCH add', () => patch(path, { op: 'add', path: 'members', value }));
process.exit();
CODE
seen=$(node sync.mjs)
echo "$seen"
[ "$seen" = "$(printf '%s\n' 'POST: 201, added 0' 'PUT: 200, added 0' 'PATCH replace: 200, added 0' 'PATCH add without a path: 200, added 0' 'PATCH add: 200, added 1')" ]
