/**
 * How long PATCH requests of long lists take in the mock, over HTTP, and how long others wait meanwhile. Twice as many values
 * should take about twice as long: bench/long-lists.svg shows it.
 */
import { writeFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { dot, line, plot, selectLast, text } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
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
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${answer.slice(0, 200)}`);
    return answer === '' ? {} : JSON.parse(answer);
  };

const patchOf = (...Operations) => ({ schemas: [`${urn}:api:messages:2.0:PatchOp`], Operations });

/** The longest of the calls that are made one after another until `isOver` says so, in milliseconds. */
const longestOf = async (call, isOver) => {
  let longest = 0;
  while (!isOver()) {
    const begun = performance.now();
    await call();
    longest = Math.max(longest, performance.now() - begun);
  }
  return longest;
};

/** Milliseconds of `work`, and the longest of the reads and of the writes that others make meanwhile. */
const timed = async (work, call) => {
  let isOver = false;
  const others = [
    () => call('GET', '/ServiceProviderConfig'),
    () => call('POST', '/Groups', { schemas: [`${urn}:schemas:core:2.0:Group`], displayName: 'another' }),
  ].map((other) => longestOf(other, () => isOver));
  const begun = performance.now();
  await work();
  const took = performance.now() - begun;
  isOver = true;
  const [read, write] = await Promise.all(others);
  return { took, read, write };
};

const createUser = (call, userName, emails) =>
  call('POST', '/Users', { schemas: [`${urn}:schemas:core:2.0:User`], userName, emails });

const addTo = (call, count) => async (name) => {
  const { id } = await createUser(call, name, valuesOf(count));
  const patch = patchOf({ op: 'add', path: 'emails', value: valuesOf(count, count) });
  return timed(() => call('PATCH', `/Users/${id}?attributes=userName`, patch), call);
};

const removeFrom = (call, operations) => async (name) => {
  const { id } = await createUser(call, name, valuesOf(5000));
  const patch = patchOf(
    ...Array.from({ length: operations }, (_, place) => ({
      op: 'remove',
      path: `emails[value eq "e${place * Math.floor(5000 / operations)}@example.com"]`,
    })),
  );
  return timed(() => call('PATCH', `/Users/${id}?attributes=userName`, patch), call);
};

/** The medians of five runs, after one that is not counted. */
const medians = async (title, measure) => {
  await measure(`${title} first`);
  const runs = [];
  for (let run = 0; run < 5; run += 1) runs.push(await measure(`${title} ${run}`));
  const of = (name) => median(runs.map((each) => each[name]));
  return { took: of('took'), read: of('read'), write: of('write') };
};

const kinds = [
  { kind: 'values added to as many', sizes: [2500, 5000, 10_000, 20_000, 40_000], measureOf: addTo },
  { kind: 'filtered removes of 5000 values', sizes: [250, 500, 1000, 2000, 4000], measureOf: removeFrom },
];

/** The time of each kind over its size, counted in its smallest size, so that both fit in one figure. */
const figureOf = (points) => {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const rows = points.map(({ kind, size, unit, took }) => ({
    kind: `${kind}; 1 is ${unit}`,
    times: size / unit,
    took,
  }));
  const svg = plot({
    document,
    width: 720,
    height: 320,
    marginLeft: 50,
    marginRight: 250,
    x: { label: 'size', zero: true },
    y: { label: 'milliseconds', grid: true, zero: true },
    marks: [
      line(rows, { x: 'times', y: 'took', z: 'kind' }),
      dot(rows, { x: 'times', y: 'took', fill: 'black' }),
      text(rows, selectLast({ x: 'times', y: 'took', z: 'kind', text: 'kind', textAnchor: 'start', dx: 8 })),
    ],
    ariaLabel: 'Milliseconds that a PATCH request takes, over its size',
  }).outerHTML;
  return svg.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" style="background: white" ');
};

export const measureLongLists = async () => {
  const mock = await startMock({ rateLimit: false, maxPayloadBytes: 64 * 1024 * 1024 });
  const call = clientOf(mock);
  try {
    const points = [];
    for (const { kind, sizes, measureOf } of kinds)
      for (const size of sizes)
        points.push({ kind, size, unit: sizes[0], ...(await medians(`${size} ${kind}`, measureOf(call, size))) });
    await writeFile(new URL('./long-lists.svg', import.meta.url), `${figureOf(points)}\n`);
    return points.map(
      ({ kind, size, took, read, write }) =>
        `PATCH, ${size} ${kind}: ${took.toFixed(0)} ms; a read of another client took at most ${read.toFixed(0)} ms meanwhile, a write ${write.toFixed(0)} ms`,
    );
  } finally {
    await mock.stop();
  }
};
