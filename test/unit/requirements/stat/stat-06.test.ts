import { stat06 } from '../../../../suites/requirements/stat/stat-06.js';
import { asyncBulk } from '../../../../suites/scenarios/request-mode/async-bulk.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const shown = (
  counts: Parameters<typeof statusResource>[0],
  success: boolean,
  results: readonly string[] = [],
): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncBulk, 'request-mode');
  const submission = trace.accepted('/provision/1/status', { shape: 'bulk' });
  const body = statusResource(counts, {
    status: { completed: (counts.pending ?? 0) === 0, success },
    ...(results.length === 0 ? {} : { Operations: results.map((status) => ({ method: 'PUT', status })) }),
  });
  trace.looked(submission, { status: 200, body });
  return trace;
};

proveRequirement(stat06, {
  right: {
    'all has succeeded': () => shown({ success: 2 }, true),
    'something has failed': () => shown({ success: 1, failed: 1 }, false),
    'something is pending': () => shown({ success: 1, pending: 1 }, false),
  },
  wrong: {
    'success-with-failed-result': () => shown({ success: 1 }, true, ['412']),
    'success-despite-failure': () => shown({ success: 1, failed: 1 }, true),
    'success-too-early': () => shown({ success: 1, pending: 1 }, true),
    'success-withheld': () => shown({ success: 2 }, false),
  },
  legal: {
    'a bulk request whose counts disagree with its results, which BULK-01 judges': () =>
      shown({ success: 2 }, true, ['201', '412']),
    'a request of no operations, in which nothing has failed (profile §7, clarification 9)': () => shown({}, true),
  },
});
