/**
 * How long PATCH requests of long lists take in the mock, over HTTP, and how long another client waits meanwhile. Twice as
 * many values should take about twice as long.
 */
import { performance } from 'node:perf_hooks';
import { fetch } from 'undici';
import { startMock } from '../dist/mock/index.js';

const urn = 'urn:ietf:params:scim';

const valuesOf = (count, from = 0) =>
  Array.from({ length: count }, (_, place) => ({ value: `e${from + place}@example.com`, type: 'other' }));

const median = (times) => [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)];

/** Calls the mock as its first client; returns the body. */
const clientOf =
  ({ url, tokens }) =>
  async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens.primary}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text.slice(0, 200)}`);
    return text === '' ? {} : JSON.parse(text);
  };

const patchOf = (...Operations) => ({ schemas: [`${urn}:api:messages:2.0:PatchOp`], Operations });

/** Milliseconds of `work`, and the longest of the reads that another client makes one after another meanwhile. */
const timed = async (work, read) => {
  let isOver = false;
  let longest = 0;
  const reads = (async () => {
    while (!isOver) {
      const begun = performance.now();
      await read();
      longest = Math.max(longest, performance.now() - begun);
    }
  })();
  const begun = performance.now();
  await work();
  const took = performance.now() - begun;
  isOver = true;
  await reads;
  return { took, longest };
};

const createUser = (call, userName, emails) =>
  call('POST', '/Users', { schemas: [`${urn}:schemas:core:2.0:User`], userName, emails });

const addTo = (call, count) => async (name) => {
  const { id } = await createUser(call, name, valuesOf(count));
  const patch = patchOf({ op: 'add', path: 'emails', value: valuesOf(count, count) });
  return timed(
    () => call('PATCH', `/Users/${id}?attributes=userName`, patch),
    () => call('GET', '/ServiceProviderConfig'),
  );
};

const removeFrom = (call, operations, values) => async (name) => {
  const { id } = await createUser(call, name, valuesOf(values));
  const patch = patchOf(
    ...Array.from({ length: operations }, (_, place) => ({
      op: 'remove',
      path: `emails[value eq "e${place * Math.floor(values / operations)}@example.com"]`,
    })),
  );
  return timed(
    () => call('PATCH', `/Users/${id}?attributes=userName`, patch),
    () => call('GET', '/ServiceProviderConfig'),
  );
};

/** Lines about one kind of request: the median of five, after one that is not counted. */
const lineOf = async (title, measure) => {
  await measure(`${title} first`);
  const runs = [];
  for (let run = 0; run < 5; run += 1) runs.push(await measure(`${title} ${run}`));
  const took = median(runs.map((each) => each.took));
  const longest = median(runs.map((each) => each.longest));
  return `${title}: ${took.toFixed(0)} ms; another request waited at most ${longest.toFixed(0)} ms`;
};

export const measureLongLists = async () => {
  const mock = await startMock({ rateLimit: false, maxPayloadBytes: 64 * 1024 * 1024 });
  const call = clientOf(mock);
  try {
    const lines = [];
    for (const count of [5000, 10_000, 20_000])
      lines.push(await lineOf(`PATCH that adds ${count} values to ${count}`, addTo(call, count)));
    for (const operations of [500, 1000])
      lines.push(
        await lineOf(`PATCH of ${operations} filtered removes of 5000 values`, removeFrom(call, operations, 5000)),
      );
    return lines;
  } finally {
    await mock.stop();
  }
};
