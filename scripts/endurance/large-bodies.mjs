/**
 * Sends bodies of 1 MiB to a mock in memory whose heap is limited to 256 MiB: bulk requests, asynchronous and synchronous,
 * users, and text that is no JSON. A status of 5xx except 503 (the queue is full) and 501, a request without an answer,
 * or a mock that ends makes the exit code 1.
 *
 *   npm run build && node scripts/endurance/large-bodies.mjs --bodies 1000 --heap 256
 */
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { startMock, token, writeConfig } from '../mock-process.mjs';
import { residentMegabytes } from './resident-megabytes.mjs';

const { values } = parseArgs({
  options: {
    bodies: { type: 'string', default: '1000' },
    heap: { type: 'string', default: '256' },
    concurrency: { type: 'string', default: '8' },
  },
});
const [bodies, heap, concurrency] = [values.bodies, values.heap, values.concurrency].map(Number);
const mebibyte = 1024 * 1024;

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const bulkSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

/** Filled up with a text, so that the body has just this size. */
const filled = (make) => make('x'.repeat(mebibyte - make('').length));
const bulk = (number) =>
  filled((text) =>
    JSON.stringify({
      schemas: [bulkSchema],
      Operations: [
        {
          method: 'POST',
          path: '/Users',
          bulkId: 'a',
          data: { schemas: [userSchema], userName: `${number}`, title: text },
        },
      ],
    }),
  );
const user = (number) =>
  filled((text) => JSON.stringify({ schemas: [userSchema], userName: `user-${number}`, title: text }));

/** In turn; what was created is deleted, because the mock keeps all that it is told to. */
const kinds = [
  { path: '/Bulk', make: bulk, isAsynchronous: true },
  { path: '/Bulk', make: bulk, isAsynchronous: false },
  { path: '/Users', make: user, isAsynchronous: false },
  { path: '/Users', make: () => '['.repeat(mebibyte), isAsynchronous: false },
  { path: '/Users', make: (number) => `${user(number)} `, isAsynchronous: false },
];

const { config, remove } = await writeConfig({ rateLimit: false, operationMillis: 0 });
const mock = await startMock(config, [`--max-old-space-size=${heap}`]);
const dispatcher = new Agent({ connections: concurrency, headersTimeout: 60_000, bodyTimeout: 60_000 });
const ask = async (method, path, { body, isAsynchronous = false } = {}) => {
  try {
    const answer = await request(path.startsWith('http') ? path : `${mock.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...(isAsynchronous ? { 'x-scim-request-mode': 'asynchronous' } : {}),
      },
      body,
      dispatcher,
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, body: text === '' ? undefined : JSON.parse(text), headers: answer.headers };
  } catch (error) {
    return { status: `none (${error.code ?? error.name})`, headers: {} };
  }
};

const statuses = {};
let sent = 0;
let resident = 0;

const created = async ({ status, body, headers }) => {
  if (status === 201) return [headers.location];
  if (status !== 202 && status !== 200) return [];
  let operations = body;
  while (status === 202 && operations?.status?.completed !== true && !mock.hasCrashed()) {
    await sleep(20);
    ({ body: operations } = await ask('GET', headers.location));
  }
  return (operations?.Operations ?? []).flatMap(({ location }) => location ?? []);
};

const live = async () => {
  while (sent < bodies && !mock.hasCrashed()) {
    const number = sent;
    sent += 1;
    const { path, make, isAsynchronous } = kinds[number % kinds.length];
    const answer = await ask('POST', path, { body: make(number), isAsynchronous });
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    if (typeof answer.status === 'string' || (answer.status >= 500 && ![501, 503].includes(answer.status)))
      process.exitCode = 1;
    for (const location of await created(answer)) await ask('DELETE', location);
    if (number % 20 === 0 && !mock.hasCrashed()) resident = Math.max(resident, await residentMegabytes(mock.pid));
  }
};

const begun = Date.now();
await Promise.all(Array.from({ length: concurrency }, live));
const hasCrashed = mock.hasCrashed();
if (hasCrashed) process.exitCode = 1;
const seconds = Math.round((Date.now() - begun) / 1000);
console.log(JSON.stringify({ bodies: sent, heap, concurrency, statuses, mostResident: resident, hasCrashed, seconds }));
await mock.stop();
await dispatcher.close();
await remove();
