import { stat03 } from '../../../../suites/requirements/stat/stat-03.js';
import { asyncBulk } from '../../../../suites/scenarios/request-mode/async-bulk.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const shown = (counts: unknown): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncBulk, 'request-mode');
  const submission = trace.accepted('/provision/1/status', { shape: 'bulk' });
  trace.looked(submission, { status: 200, body: statusResource({}, { operationsCount: counts }) });
  return trace;
};

proveRequirement(stat03, {
  right: {
    'a request half done': () => shown({ total: 5, success: 2, failed: 1, pending: 2 }),
    'a request that waits': () => shown({ total: 5, success: 0, failed: 0, pending: 5 }),
  },
  wrong: { 'counts-do-not-add-up': () => shown({ total: 5, success: 2, failed: 1, pending: 1 }) },
  legal: {
    'other counts beside the four (profile §2)': () =>
      shown({ total: 5, success: 2, failed: 1, pending: 2, retried: 3 }),
  },
  silent: { 'counts that are no numbers, which are for STAT-01 to judge': () => shown({ total: '5' }) },
});
