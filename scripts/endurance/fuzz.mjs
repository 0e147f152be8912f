/**
 * Sends fuzzed requests, of which most are invalid, to a mock in memory, and counts the answers by status. A status of 5xx
 * except 501, a request without an answer, or a mock that ends makes the exit code 1. The same seed sends the same
 * requests.
 *
 *   npm run build && node scripts/endurance/fuzz.mjs --requests 200000 --concurrency 32 --seed 1
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { Agent, request } from 'undici';
import { fuzzedRequests } from '../../dist/suites/generators/fuzz.js';
import { startMock, token, writeConfig } from '../mock-process.mjs';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '200000' },
    concurrency: { type: 'string', default: '32' },
    seed: { type: 'string', default: '1' },
  },
});
const [wanted, concurrency, seed] = [values.requests, values.concurrency, values.seed].map(Number);

/** Requests that are made at once: all of them would fill the memory. */
const chunk = 500;

const { config, remove } = await writeConfig({ rateLimit: false });
const mock = await startMock(config);
const dispatcher = new Agent({ connections: concurrency, headersTimeout: 30_000, bodyTimeout: 30_000 });
const statuses = {};
const wrong = [];

const send = async ({ method, path, headers, body, asynchronous }) => {
  const own = Object.fromEntries(headers);
  const hasType = Object.keys(own).some((name) => name.toLowerCase() === 'content-type');
  try {
    const answer = await request(`${mock.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined || hasType ? {} : { 'content-type': 'application/scim+json' }),
        ...(asynchronous ? { 'x-scim-request-mode': 'asynchronous' } : {}),
        ...own,
      },
      body,
      dispatcher,
    });
    await answer.body.dump();
    return answer.statusCode;
  } catch (error) {
    return `none (${error.code ?? error.name})`;
  }
};

let made = 0;
let waiting = [];
const next = () => {
  if (waiting.length === 0 && made < wanted) {
    // One seed for each chunk, so that no chunk depends on how fast the answers come.
    waiting = fc.sample(fuzzedRequests, { numRuns: Math.min(chunk, wanted - made), seed: seed * 1_000_003 + made });
    made += waiting.length;
  }
  return waiting.pop();
};
const live = async () => {
  for (let each = next(); each !== undefined && !mock.hasCrashed(); each = next()) {
    const status = await send(each);
    statuses[status] = (statuses[status] ?? 0) + 1;
    const isWrong = typeof status === 'string' || (status >= 500 && status !== 501);
    if (isWrong && wrong.length < 5) wrong.push({ status, ...each, body: each.body?.slice(0, 300) });
    if (isWrong) process.exitCode = 1;
  }
};

const begun = Date.now();
await Promise.all(Array.from({ length: concurrency }, live));
const hasCrashed = mock.hasCrashed();
if (hasCrashed) process.exitCode = 1;
const seconds = Math.round((Date.now() - begun) / 1000);
console.log(JSON.stringify({ requests: made, concurrency, seed, statuses, hasCrashed, seconds }));
for (const each of wrong) console.log(JSON.stringify(each));
await mock.stop();
await dispatcher.close();
await remove();
