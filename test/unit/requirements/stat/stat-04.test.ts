import { stat04 } from '../../../../suites/requirements/stat/stat-04.js';
import { asyncBulk } from '../../../../suites/scenarios/request-mode/async-bulk.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const create = { method: 'POST', path: '/Users', expected: 'success' } as const;

/** A bulk request of so many creates, and the totals that are seen. */
const totals = (submitted: number, ...seen: number[]): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncBulk, 'request-mode');
  const operations = Array.from({ length: submitted }, () => create);
  const submission = trace.accepted('/provision/1/status', { shape: 'bulk', operations });
  for (const total of seen) {
    trace.looked(submission, { status: 200, body: statusResource({ pending: total }) });
  }
  return trace;
};

proveRequirement(stat04, {
  right: { 'the number of operations, in each answer': () => totals(3, 3, 3) },
  wrong: { 'total-wrong': () => totals(3, 3, 4) },
  legal: {
    'operations that fail and count all the same (profile D7)': () => {
      const trace = new HandMadeTrace(asyncBulk, 'request-mode');
      const submission = trace.accepted('/provision/1/status', { shape: 'bulk', operations: [create, create] });
      trace.looked(submission, { status: 200, body: statusResource({ success: 1, failed: 1 }) });
      return trace;
    },
  },
  silent: { 'a status that nobody has seen': () => totals(3) },
});
