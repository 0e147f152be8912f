#!/usr/bin/env bash
# scimmy 1.3.5 resolves one of two references by bulkId in the members of a group, and keeps the other one as text.
#
# Guess:   a bulk request that creates two users and a group with both as members, «bulkId:a» and «bulkId:b», makes a group of the
#          two new users (RFC 7644 §3.7.2), as it does with one of them.
# Happens: all three results are 201. The group has the id of one user, and beside it the text of the other reference. With one
#          member the reference is resolved.
# Meets:   clients that provision a team with its people in one request. Nothing fails: the team has one person, and a member
#          who does not exist.
# Source:  RFC 7644 §3.7.2; observed with scimmy 1.3.5 on Node 20.20.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund scimmy@1.3.5 >/dev/null
cat > bulk.mjs <<'CODE'
import SCIMMY from 'scimmy';

const keep = (type) => {
  const kept = new Map();
  SCIMMY.Resources.declare(type, {
    egress: ({ id }) => (id === undefined ? [...kept.values()] : kept.get(id)),
    ingress: ({ id: known }, instance) => {
      const id = known ?? `${type.name.toLowerCase()}-${kept.size + 1}`;
      const resource = { ...JSON.parse(JSON.stringify(instance)), id };
      kept.set(id, resource);
      return resource;
    },
    degress: ({ id }) => void kept.delete(id),
  });
  return kept;
};
keep(SCIMMY.Resources.User);
const groups = keep(SCIMMY.Resources.Group);
const urn = 'urn:ietf:params:scim';
const userOf = (bulkId) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { schemas: [`${urn}:schemas:core:2.0:User`], userName: `${bulkId}@example.com` },
});
const groupOf = (...bulkIds) => ({
  method: 'POST',
  path: '/Groups',
  bulkId: 'g',
  data: {
    schemas: [`${urn}:schemas:core:2.0:Group`],
    displayName: `group of ${bulkIds.length}`,
    members: bulkIds.map((bulkId) => ({ value: `bulkId:${bulkId}` })),
  },
});
const send = async (...Operations) => {
  const request = new SCIMMY.Messages.BulkRequest({ schemas: [`${urn}:api:messages:2.0:BulkRequest`], Operations });
  const { Operations: results } = await request.apply();
  const { displayName, members } = [...groups.values()].at(-1);
  const values = members.map(({ value }) => value).join(' and ');
  console.log(`${displayName}: ${results.map(({ status }) => status).join(' ')}, members ${values}`);
};
await send(userOf('a'), groupOf('a'));
await send(userOf('b'), userOf('c'), groupOf('b', 'c'));
CODE
seen=$(node bulk.mjs)
echo "$seen"
[ "$seen" = "$(printf '%s\n' 'group of 1: 201 201, members user-1' 'group of 2: 201 201 201, members bulkId:b and user-3')" ]
