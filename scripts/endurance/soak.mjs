/**
 * Sends a little more than the limiter of the mock lets through, for some minutes: synchronous and asynchronous writes, reads,
 * polls and deletions. A status of 5xx, a request without an answer, a mock that ends, or, in five minutes or more, memory that
 * grows by more than a tenth from the third quarter to the last makes the exit code 1: by then the audit trail and the streams of events, which
 * have a largest size, are full.
 *
 *   npm run build && node scripts/endurance/soak.mjs --minutes 10 --rate 300
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { startMock, token, writeConfig } from '../mock-process.mjs';
import { residentMegabytes } from './resident-megabytes.mjs';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, rate: { type: 'string', default: '300' } },
});
const [minutes, rate] = [values.minutes, values.rate].map(Number);
const millis = minutes * 60_000;
/** How much more is sent than the limiter lets through; polls in time take no token. */
const excess = 1.25;

// What is finished is forgotten soon, so that memory that grows is a leak.
const { config, remove } = await writeConfig({
  rateLimit: { capacity: Math.ceil(rate / 10), refillPerSecond: rate },
  retentionSeconds: 20,
});
const mock = await startMock(config);
const dispatcher = new Agent({ connections: 32, headersTimeout: 30_000, bodyTimeout: 30_000 });
const statuses = {};

const ask = async (method, place, { body, asynchronous = false } = {}) => {
  let status;
  let answer;
  try {
    answer = await request(place.startsWith('http') ? place : `${mock.url}${place}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...(asynchronous ? { 'x-scim-request-mode': 'asynchronous', 'x-request-id': randomUUID() } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      dispatcher,
    });
    status = answer.statusCode;
  } catch (error) {
    status = `none (${error.code ?? error.name})`;
  }
  statuses[status] = (statuses[status] ?? 0) + 1;
  if (typeof status === 'string' || status >= 500) process.exitCode = 1;
  return { status, location: answer?.headers.location, body: await answer?.body.json().catch(() => undefined) };
};

const user = () => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `${randomUUID()}@example.com`,
});
const users = [];
const polled = [];
const bulk = () => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
  Operations: Array.from({ length: 3 }, () => ({ method: 'POST', path: '/Users', bulkId: randomUUID(), data: user() })),
});

/** In turn. As many users are deleted as are created, unless the limiter refuses one of both. */
const turns = [
  async () => {
    const { status, location } = await ask('POST', '/Users', { body: user() });
    if (status === 201) users.push(location);
  },
  async () => {
    const { status, location } = await ask('POST', '/Bulk', { body: bulk(), asynchronous: true });
    if (status === 202) polled.push(location);
  },
  async () => {
    const place = polled.shift();
    if (place === undefined) return;
    const { status, body } = await ask('GET', place);
    if (status === 200 && body?.status.completed === true)
      for (const { location } of body.Operations) users.push(location);
    else if (status !== 404) polled.push(place);
  },
  () => ask('GET', '/Users?count=10'),
  async () => {
    const { status, body } = await ask('POST', '/events/poll', { body: { returnImmediately: true, maxEvents: 100 } });
    if (status === 200 && Object.keys(body.sets).length > 0)
      await ask('POST', '/events/poll', { body: { ack: Object.keys(body.sets), maxEvents: 0 } });
  },
];

const deleteAll = async () => {
  for (let place = users.shift(); place !== undefined; place = users.shift()) {
    const { status } = await ask('DELETE', place);
    if (status !== 429) continue;
    users.push(place);
    return;
  }
};

const memory = [];
const begun = Date.now();
const open = new Set();
const start = (work) => {
  const running = work().finally(() => open.delete(running));
  open.add(running);
};
for (let count = 0, measured = 0; Date.now() - begun < millis && !mock.hasCrashed();) {
  const due = ((Date.now() - begun) / 1000) * rate * excess;
  const sent = Object.values(statuses).reduce((sum, each) => sum + each, 0) + open.size;
  for (let more = due - sent; more > 0 && open.size < 64; more -= 1) {
    start(count % 2 === 0 ? turns[(count / 2) % turns.length] : deleteAll);
    count += 1;
  }
  if (Date.now() - measured > 5000) {
    measured = Date.now();
    memory.push(await residentMegabytes(mock.pid));
  }
  await sleep(10);
}
await Promise.all(open);

const meanOf = (list) => Math.round(list.reduce((sum, each) => sum + each, 0) / list.length);
const quarter = Math.ceil(memory.length / 4);
const [early, late] = [memory.slice(-2 * quarter, -quarter), memory.slice(-quarter)].map(meanOf);
const hasCrashed = mock.hasCrashed();
// In a short run the memory is not full yet.
if (hasCrashed || (minutes >= 5 && late > early * 1.1)) process.exitCode = 1;
console.log(
  JSON.stringify({ minutes, rate, statuses, megabytes: { early, late, most: Math.max(...memory) }, hasCrashed }),
);
await mock.stop();
await dispatcher.close();
await remove();
