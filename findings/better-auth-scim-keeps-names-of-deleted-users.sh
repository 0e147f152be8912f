#!/usr/bin/env bash
# @better-auth/scim 1.7.5 answers 409 to the userName of a user who was deleted by SCIM.
#
# Guess:   DELETE /Users/{id} answers 204, and a GET after it 404: the user is gone, so that POST /Users with the same userName
#          makes a new one. RFC 7644 §3.6: a deleted resource SHOULD NOT count when conflicts are looked for.
# Happens: DELETE takes the user out of the SCIM connection, but the account of better-auth with this e-mail address stays. The
#          POST is answered 409 with scimType uniqueness.
# Meets:   whoever removes a person from an application in an identity provider and assigns the person again later: the account
#          cannot be provisioned any more, and the identity provider finds no user whom it could link.
# Source:  RFC 7644 §3.6; observed with @better-auth/scim 1.7.5 and better-auth 1.7.5 on Node 20.20, memory adapter.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund @better-auth/scim@1.7.5 better-auth@1.7.5 @better-auth/core@1.7.5 \
  @better-auth/utils@0.4.2 better-call@1.4.0 >/dev/null
cat > deleted.mjs <<'CODE'
import { scim } from '@better-auth/scim';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { getAuthTables } from 'better-auth/db';

const token = 'a-token-of-the-only-connection-of-this-script';
const baseURL = 'http://127.0.0.1:9';
const options = {
  baseURL,
  secret: 'a-secret-of-more-than-thirty-two-characters',
  logger: { disabled: true },
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  plugins: [scim({ connections: [{ id: 'one', credentials: [{ type: 'bearer', id: 'one', token }] }] })],
};
const tables = Object.entries(getAuthTables(options)).map(([name, { modelName }]) => [modelName ?? name, []]);
const auth = betterAuth({ ...options, database: memoryAdapter(Object.fromEntries(tables)) });
const ask = (method, path, body) =>
  auth.handler(
    new Request(`${baseURL}/api/auth/scim/v2${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
const user = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'ada@example.com',
  emails: [{ value: 'ada@example.com', primary: true }],
};
const created = await ask('POST', '/Users', user);
const { id } = await created.json();
const deleted = await ask('DELETE', `/Users/${id}`);
const gone = await ask('GET', `/Users/${id}`);
const again = await ask('POST', '/Users', user);
const { scimType } = await again.json();
console.log(`create ${created.status}, delete ${deleted.status}, get ${gone.status}, create again ${again.status} ${scimType}`);
CODE
seen=$(node deleted.mjs)
echo "$seen"
[ "$seen" = 'create 201, delete 204, get 404, create again 409 uniqueness' ]
