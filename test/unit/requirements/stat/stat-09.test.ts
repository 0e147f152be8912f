import { urn } from '../../../../schemas/names.js';
import { stat09 } from '../../../../suites/requirements/stat/stat-09.js';
import { statusOfUnknown } from '../../../../suites/scenarios/request-mode/status-of-unknown.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const unknown = (answer: Answer): HandMadeTrace => {
  const trace = new HandMadeTrace(statusOfUnknown, 'request-mode');
  trace.exchange('status-unknown', 'GET /provision/9/status', answer);
  return trace;
};

const error = { schemas: [urn.error], status: '404' };

proveRequirement(stat09, {
  right: { '404 with a SCIM error': () => unknown({ status: 404, body: { ...error, detail: 'There is none.' } }) },
  wrong: {
    'unknown-id-shown': () => unknown({ status: 200, body: statusResource({ success: 1 }) }),
    'status-wrong': () => unknown({ status: 400, body: { ...error, status: '400' } }),
    'error-invalid': () => unknown({ status: 404, text: '<html>' }),
  },
  legal: {
    'no detail (RFC 7644 §3.12: OPTIONAL)': () => unknown({ status: 404, body: error }),
    'members of null, which count as absent (RFC 7643 §2.5)': () =>
      unknown({ status: 404, body: { ...error, scimType: null } }),
  },
});
