import { stat08 } from '../../../../suites/requirements/stat/stat-08.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

/** A create that is done, and what a GET of the profile's path answers. */
const read = (atCanonical: Answer, seen: Answer = { body: statusResource({ success: 1 }) }): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  const submission = trace.accepted('/jobs/1');
  trace.looked(submission, { status: 200, ...seen });
  trace.exchange('status-canonical', 'GET /provision/1/status', { submission: submission.n, ...atCanonical });
  return trace;
};

proveRequirement(stat08, {
  right: { 'the same id at both places': () => read({ status: 200, body: statusResource({ success: 1 }) }) },
  wrong: {
    'canonical-path-not-served': () => read({ status: 404 }),
    'canonical-path-leads-elsewhere': () =>
      read({ status: 200, body: statusResource({ success: 1 }, { id: 'another' }) }),
  },
  legal: {
    'another representation of the same status, with less in it (profile §7, clarification 7)': () =>
      read({ status: 200, body: { id: '1' } }),
    'a status that was too long to be kept whole, so that its id is not known': () =>
      read({ status: 404 }, { response: { status: 200, headers: [], body: '{"schemas":', truncated: true } }),
  },
  silent: {
    'a status whose id nobody has seen': () => {
      const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
      trace.accepted('/jobs/1');
      return trace;
    },
  },
});
