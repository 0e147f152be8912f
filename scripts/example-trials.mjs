/** Runs the suite for one requirement: against a mock with a fault that breaks it, and against the honest one. */
import { faults, startMock } from '../dist/mock/index.js';
import { defaultProfile, findRequirement, groupOf, runSuite, SelectionError } from '../dist/suites/index.js';

/** The fault that shows a requirement best, where it is not the first that breaks this one alone. */
const telling = {
  'ERR-06': '400-to-a-duplicate',
  'ACC-01': '202-without-location',
  'BULK-06': 'one-result-missing',
  'CORE-03': 'deactivation-ignored',
  'DISC-04': '202-to-prefer-although-asyncrequest-is-none',
  'ERR-01': 'unknown-path-without-a-body',
  'EVT-02': 'subject-is-the-endpoint',
  'EVT-03': 'txn-is-not-set-txn',
  'EVT-05': 'event-status-is-a-number',
  'EVT-09': 'claims-changed-after-signing',
  'LIFE-06': 'one-create-in-forty-forgotten',
  'PREF-01': '501-to-a-delete-with-a-preference',
  'SEC-03': 'status-for-every-client',
  'STAT-15': 'invented-state',
};

/** What the mock has to be told besides, so that the example is small. */
const smaller = { 'BULK-04': { maxOperations: 1000 }, 'DISC-04': { asyncRequest: 'none' } };

/** Finds the fault that shows what it looks like when a requirement is not met. */
export const faultFor = (id) => {
  const breaking = faults.filter(({ breaks }) => breaks.includes(id));
  return (
    breaking.find(({ name }) => name === telling[id]) ??
    breaking.find(({ breaks, options }) => breaks.length === 1 && options === undefined) ??
    breaking[0]
  );
};

const bindingFor = (id, { over, breaks }) => {
  const named = breaks.map((each) => findRequirement(each)?.needs.binding);
  const own = findRequirement(id)?.needs.binding;
  return over ?? (own === 'any' || own === undefined ? named.find((each) => each !== 'any') : own) ?? 'request-mode';
};

/** Traces of a run in the order in which they were heard. */
const tracesInto = (traces) => (event) => {
  if (event.type === 'exercised') traces.push(event.trace);
};

/** Runs the suite for this requirement alone; `path`: this exercise alone. `fault` undefined: the honest mock. */
export const runFor = async (id, fault, { path, like = fault, seed }) => {
  const burst = groupOf(id) === 'RATE';
  const polls = ['EVT-06', 'EVT-07', 'PREF-05'].includes(id);
  const pushes = id === 'EVT-08';
  const mock = await startMock({
    retryAfterSeconds: 0,
    statusTokenSeconds: 4,
    maxOperations: 200,
    rateLimit: burst ? { capacity: 500, refillPerSecond: 200 } : false,
    // What is not asked about is not to be in the way.
    features: groupOf(id) === 'TOK' ? ['idempotency', 'statusToken', 'cancel'] : ['idempotency', 'cancel'],
    ...(id === 'EVT-06' ? {} : { provisioningEvents: 'none' }),
    ...smaller[id],
    faults: fault === undefined ? [] : [fault.name],
  });
  const traces = [];
  try {
    const report = await runSuite({
      target: { baseUrl: mock.url, token: mock.tokens.primary, secondToken: mock.tokens.second },
      only: [id],
      seed,
      deadlineMs: 6000,
      binding: bindingFor(id, like),
      ...(polls ? { setPoll: `${mock.url}/events/poll` } : {}),
      ...(pushes ? { setPush: { port: 0, onListening: (url) => mock.pushTo({ url }) } } : {}),
      ...(burst ? {} : { burst: 0 }),
      ...(path === undefined ? {} : { path }),
      onEvent: tracesInto(traces),
    });
    return { report, result: report.requirements[0], traces, origin: new URL(mock.url).origin };
  } finally {
    await mock.stop();
  }
};

/** Where a requirement that many scenarios feed is shown most plainly. */
const plain = [
  'discovery',
  'async-create',
  'resource-lifecycle',
  'async-bulk',
  'malformed-json',
  'burst',
  'prefer-write',
  'prefer-bulk',
  'event-poll',
];

/** Paths to try, plain ones first; enough of them to meet each input of a short list. */
const pathsFor = (id) => {
  const { judging } = findRequirement(id);
  const from = (judging.from === 'every' ? defaultProfile.scenarios : judging.from).map(({ name }) => name);
  const first = [judging.first?.name, ...(shownBy[id] ?? []), ...plain].filter((name) => name !== undefined);
  const names = [...new Set([...(shownBy[id] ?? []), ...first.filter((name) => from.includes(name)), ...from])];
  return names.flatMap((name) =>
    name.includes('/') ? [name] : Array.from({ length: 12 }, (_, at) => `${name}/${at}`),
  );
};

/** Scenarios, or exercises, that show a requirement best. */
const shownBy = {
  'BULK-06': ['fail-on-errors/3'],
  'ERR-01': ['unknown-path'],
  'STAT-13': ['async-bulk'],
  'ERR-05': ['invalid-user'],
  'ERR-08': ['malformed-json'],
  'ERR-09': ['wrong-bodies'],
};

/** Runs one exercise after the other until the fault shows; undefined if it does not. */
export const findFailure = async (id, fault, seed) => {
  const exhausted = new Set();
  for (const path of pathsFor(id)) {
    const [name] = path.split('/');
    if (exhausted.has(name)) continue;
    try {
      const run = await runFor(id, fault, { path, seed });
      if (run.result?.evidence !== undefined && ['fail', 'warning'].includes(run.result.outcome))
        return { ...run, path };
    } catch (error) {
      if (!(error instanceof SelectionError)) throw error;
      exhausted.add(name);
    }
  }
  return undefined;
};
