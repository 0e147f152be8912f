#!/usr/bin/env bash
# scimmy 1.3.5 keeps after a PATCH with the parameter `attributes` only the attributes that the parameter names.
#
# Guess:   `attributes` chooses what the answer shows (RFC 7644 §3.5.2, §3.9): PATCH /Users/1?attributes=userName changes the user as
#          the same PATCH without the parameter does.
# Happens: the PATCH is applied to the resource as the answer would show it, and that is stored. Names, e-mails and externalId are
#          gone; the answer shows nothing of it.
# Meets:   clients that ask for a short answer when they change one attribute of many users.
# Source:  RFC 7644 §3.9; found by a random PATCH sequence beside a model of §3.5.2; observed with scimmy 1.3.5 on Node 20.20.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund scimmy@1.3.5 >/dev/null
cat > patch.mjs <<'CODE'
import SCIMMY from 'scimmy';

const kept = new Map();
SCIMMY.Resources.declare(SCIMMY.Resources.User, {
  egress: ({ id }) => (id === undefined ? [...kept.values()] : kept.get(id)),
  ingress: ({ id: known }, instance) => {
    const id = known ?? `${kept.size + 1}`;
    kept.set(id, { ...JSON.parse(JSON.stringify(instance)), id });
    return kept.get(id);
  },
  degress: ({ id }) => void kept.delete(id),
});
const patchWith = async (query) => {
  const user = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'ada@example.com',
    name: { familyName: 'Byron' },
    emails: [{ value: 'ada@example.com', type: 'work' }],
    title: 'Countess',
  };
  const { id } = await new SCIMMY.Resources.User().write(user);
  await new SCIMMY.Resources.User(id, query).patch({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'title', value: 'Analyst' }],
  });
  const names = ['userName', 'name', 'emails', 'title'].filter((name) => kept.get(id)[name] !== undefined);
  console.log(`${JSON.stringify(query)}: ${names.join(' ')}`);
};
await patchWith({});
await patchWith({ attributes: 'userName' });
CODE
seen=$(node patch.mjs)
echo "$seen"
[ "$seen" = "$(printf '%s\n' '{}: userName name emails title' '{"attributes":"userName"}: userName title')" ]
