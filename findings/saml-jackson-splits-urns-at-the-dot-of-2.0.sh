#!/usr/bin/env bash
# @boxyhq/saml-jackson 26.2.0 splits the URN in the path of a PATCH at the dot of «2.0», and writes an attribute that nobody knows.
#
# Guess:   a PATCH `replace` of `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department` changes the department
#          (RFC 7644 §3.10: a name with its schema URN before it).
# Happens: 200. The department stays as it was, and the user gets an attribute «urn:…:enterprise:2» with an object in it, whose
#          member is called «0:User:department».
# Meets:   clients that send changes of department, manager or cost centre, which have no other path: the create sets them, and no
#          later change arrives.
# Source:  RFC 7644 §3.10, §3.5.2; observed with @boxyhq/saml-jackson 26.2.0 (directory sync) on Node 20.20.
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
const enterprise = `${urn}:schemas:extension:enterprise:2.0:User`;
const { data: user } = await send('POST', 'Users', userOf('anna', 'anna@example.com', { [enterprise]: { department: 'A' } }));
const { status, data } = await patch(`Users/${user.id}`, { op: 'replace', path: `${enterprise}:department`, value: 'B' });
console.log(`${status}, department ${data[enterprise].department}`);
const odd = Object.entries(data).find(([name]) => name.endsWith(':enterprise:2'));
console.log(`${odd[0]}: ${JSON.stringify(odd[1])}`);
process.exit();
CODE
seen=$(node sync.mjs)
echo "$seen"
[ "$seen" = "$(printf '%s\n' '200, department A' 'urn:ietf:params:scim:schemas:extension:enterprise:2: {"0:User:department":"B"}')" ]
