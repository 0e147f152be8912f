import { stat15 } from '../../../../suites/requirements/stat/stat-15.js';
import { asyncBulk } from '../../../../suites/scenarios/request-mode/async-bulk.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

type Counts = Parameters<typeof statusResource>[0];

/** Reads of one status with these counts and states, each `took` milliseconds long; one begins every 10 ms. */
const read = (took: number, ...shown: [Counts, unknown][]): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncBulk, 'request-mode');
  const submission = trace.accepted('/provision/1/status', { shape: 'bulk' });
  for (const [counts, state] of shown) {
    trace.looked(submission, { status: 200, took, body: statusResource(counts, { state }) });
  }
  return trace;
};

const seen = (...shown: [Counts, unknown][]): HandMadeTrace => read(5, ...shown);

const waits: Counts = { pending: 2 };
const done: Counts = { success: 2 };

proveRequirement(stat15, {
  right: {
    'all the way': () =>
      seen([waits, 'initiated'], [waits, 'queued'], [waits, 'processing'], [{ success: 1, failed: 1 }, 'failed']),
    'the states of success': () => seen([done, 'completed']),
  },
  wrong: {
    'state-unknown': () => seen([waits, 'running']),
    'state-against-completed': () => seen([waits, 'completed']),
    'state-against-success': () => seen([{ success: 1, failed: 1 }, 'completed']),
    'state-goes-back': () => seen([waits, 'processing'], [waits, 'queued']),
  },
  legal: {
    'states that a poller misses (profile §7, clarification 6)': () => seen([waits, 'initiated'], [done, 'completed']),
    'retrying, and at work again (profile §3)': () =>
      seen([waits, 'processing'], [waits, 'retrying'], [waits, 'processing']),
    'reads in flight together, of which the later one shows the earlier state': () =>
      read(50, [waits, 'processing'], [waits, 'queued']),
    'a state of null beside one (RFC 7643 §2.5)': () => seen([waits, null], [done, 'completed']),
  },
  silent: { 'a status without state': () => seen([waits, undefined], [done, undefined]) },
});
