import { stat05 } from '../../../../suites/requirements/stat/stat-05.js';
import { asyncBulk } from '../../../../suites/scenarios/request-mode/async-bulk.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const shown = (pending: number, completed: unknown): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncBulk, 'request-mode');
  const submission = trace.accepted('/provision/1/status', { shape: 'bulk' });
  const body = statusResource({ success: 1, pending }, { status: { completed, success: false } });
  trace.looked(submission, { status: 200, body });
  return trace;
};

proveRequirement(stat05, {
  right: {
    'a request at work': () => shown(2, false),
    'a request that is done': () => shown(0, true),
  },
  wrong: {
    'completed-too-early': () => shown(2, true),
    'completed-too-late': () => shown(0, false),
  },
  legal: {
    'a 202 that is completed already: its request was done at once (ACC-07 is SHOULD)': () => {
      const trace = new HandMadeTrace(asyncBulk, 'request-mode');
      trace.submitted('POST /Bulk', { status: 202, body: statusResource({ success: 1 }) }, { shape: 'bulk' });
      return trace;
    },
    'a boolean that is missing, which is for STAT-01 to judge': () => shown(0, undefined),
  },
});
