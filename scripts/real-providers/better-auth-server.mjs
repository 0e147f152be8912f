/** @better-auth/scim with its memory adapter and one connection. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { scim } from '@better-auth/scim';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { getAuthTables } from 'better-auth/db';
import { toNodeHandler } from 'better-auth/node';

const token = `${randomUUID()}${randomUUID()}`;
const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const baseURL = `http://127.0.0.1:${server.address().port}`;

const options = {
  baseURL,
  secret: `${randomUUID()}${randomUUID()}`,
  logger: { disabled: true },
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  plugins: [scim({ connections: [{ id: 'one', credentials: [{ type: 'bearer', id: 'one', token }] }] })],
};
const tables = Object.entries(getAuthTables(options)).map(([name, { modelName }]) => [modelName ?? name, []]);
const auth = betterAuth({ ...options, database: memoryAdapter(Object.fromEntries(tables)) });
server.on('request', toNodeHandler(auth));
console.log(JSON.stringify({ url: `${baseURL}/api/auth/scim/v2`, token }));
