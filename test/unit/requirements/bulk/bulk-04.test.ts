import { bulk04 } from '../../../../suites/requirements/bulk/bulk-04.js';
import { bulkLimits, bulkLimitsSteps } from '../../../../suites/scenarios/bulk/bulk-limits.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

/** A request at the limit and one over it, answered so, and how many users of the second are found afterwards. */
const limits = (at: number, over: number, found = 0): HandMadeTrace => {
  const trace = new HandMadeTrace(bulkLimits, 'request-mode');
  trace.exchange('submit', 'POST /Bulk', { status: at, variant: bulkLimitsSteps.at.of('maxOperations') });
  trace.exchange('submit', 'POST /Bulk', { status: over, variant: bulkLimitsSteps.over.of('maxOperations') });
  const Resources = Array.from({ length: found }, () => ({ userName: 'a' }));
  const body = { totalResults: found, Resources };
  trace.exchange('search', 'GET /Users?filter=x', { status: 200, subject: 'a', body });
  return trace;
};

proveRequirement(bulk04, {
  right: { 'a request at the limit is taken, and one over it is not': () => limits(202, 413) },
  wrong: {
    'over-the-limit-not-413': () => limits(202, 202),
    'at-the-limit-413': () => limits(413, 413),
    'refused-has-an-effect': () => limits(202, 413, 1),
  },
  legal: {
    'a request at the limit that is answered synchronously (RFC 9967 §2.5.1.1)': () => limits(200, 413),
  },
});
