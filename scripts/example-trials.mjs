/**
 * Runs the suite for one requirement: against a mock with a fault that breaks it, and against a mock without a fault.
 */
import { faults, startMock } from '../dist/mock/index.js';
import { defaultProfile, findRequirement, groupOf, runSuite, SelectionError } from '../dist/suites/index.js';

/** The fault for the example of a requirement, if it is not the first fault that breaks only this requirement. */
const telling = {
  'ERR-06': '400-to-a-duplicate',
  'BULK-02': 'members-resolved-to-the-first',
  'BULK-07': 'delete-overtakes',
  'ACC-01': '202-without-location',
  'BULK-06': 'one-result-missing',
  'CKPT-01': 'failed-by-restart',
  'CORE-03': 'deactivation-ignored',
  'CORE-18': 'external-id-of-groups-dropped',
  'DISC-04': '202-to-prefer-although-asyncrequest-is-none',
  'ERR-01': 'unknown-path-without-a-body',
  'EVT-02': 'subject-is-the-endpoint',
  'EVT-03': 'txn-is-not-set-txn',
  'EVT-05': 'event-status-is-a-number',
  'EVT-09': 'claims-changed-after-signing',
  'HOOK-01': 'webhook-without-location',
  'HOOK-04': 'webhook-never-removed',
  'LIFE-06': 'one-create-in-forty-forgotten',
  'PREF-01': '501-to-a-delete-with-a-preference',
  'SEC-03': 'status-for-every-client',
  'STAT-15': 'invented-state',
};

/** Further options of the mock that make the example small. */
const smaller = { 'BULK-04': { maxOperations: 1000 }, 'DISC-04': { asyncRequest: 'none' } };

/** Finds the fault for the example of a requirement. */
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

/** Collects the traces of a run in the order of its events. */
const tracesInto = (traces) => (event) => {
  if (event.type === 'exercised') traces.push(event.trace);
};

/**
 * Runs the suite for this requirement only, and with `path` for this exercise only. `fault` undefined: the mock has no
 * fault.
 */
export const runFor = async (id, fault, { path, like = fault, seed }) => {
  const burst = groupOf(id) === 'RATE';
  const polls = ['EVT-06', 'EVT-07', 'PREF-05'].includes(id);
  const pushes = id === 'EVT-08';
  const hasWebhooks = groupOf(id) === 'HOOK';
  const mock = await startMock({
    retryAfterSeconds: 0,
    statusTokenSeconds: 4,
    maxOperations: 200,
    rateLimit: burst ? { capacity: 500, refillPerSecond: 200 } : false,
    // Features that the requirement does not need are switched off.
    features: [...new Set(['idempotency', 'cancel', findRequirement(id)?.needs.feature ?? 'cancel'])],
    webhookLoopback: true,
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
      ...(hasWebhooks ? { webhooks: { port: 0 } } : {}),
      ...(id === 'CKPT-01' ? { restart: () => mock.restart() } : {}),
      ...(burst ? {} : { burst: 0 }),
      ...(path === undefined ? {} : { path }),
      onEvent: tracesInto(traces),
    });
    return { report, result: report.requirements[0], traces, origin: new URL(mock.url).origin };
  } finally {
    await mock.stop();
  }
};

/** Scenarios that give simple examples of requirements that many scenarios test. */
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

/** Paths to try, simple ones first; twelve for each scenario, so that each input of a short list is tried. */
const pathsFor = (id) => {
  const { judging } = findRequirement(id);
  const from = (judging.from === 'every' ? defaultProfile.scenarios : judging.from).map(({ name }) => name);
  const first = [judging.first?.name, ...(shownBy[id] ?? []), ...plain].filter((name) => name !== undefined);
  const names = [...new Set([...(shownBy[id] ?? []), ...first.filter((name) => from.includes(name)), ...from])];
  return names.flatMap((name) =>
    name.includes('/') ? [name] : Array.from({ length: 12 }, (_, at) => `${name}/${at}`),
  );
};

/** Scenarios or exercises that show a requirement best. */
const shownBy = {
  'BULK-06': ['fail-on-errors/3'],
  'ERR-01': ['unknown-path'],
  'STAT-13': ['async-bulk'],
  'ERR-05': ['invalid-user'],
  'ERR-08': ['malformed-json'],
  'ERR-09': ['wrong-bodies'],
};

/** Runs one exercise after another until the fault is found; undefined if it is not found. */
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
