import { stat11 } from '../../../../suites/requirements/stat/stat-11.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

/** A read of a status of which so many operations are pending. */
const read = (pending: number, retryAfter?: string): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  trace.looked(trace.accepted('/provision/1/status'), {
    status: 200,
    headers: retryAfter === undefined ? {} : { 'Retry-After': retryAfter },
    body: statusResource({ pending }),
  });
  return trace;
};

proveRequirement(stat11, {
  right: { 'whole seconds while it waits': () => read(1, '2') },
  wrong: {
    'retry-after-missing': () => read(1),
    'retry-after-malformed': () => read(1, '1s'),
  },
  legal: {
    'no wait at all (RFC 9110 §10.2.3: delay-seconds = 1*DIGIT)': () => read(1, '0'),
    'an HTTP date of the past (RFC 9110 §10.2.3)': () => read(1, 'Sun, 06 Nov 1994 08:49:37 GMT'),
  },
  silent: {
    'a request that is done at the first look': () => read(0),
    'a 202, which is for ACC-06 to judge': () => {
      const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
      trace.submitted('POST /Users', { status: 202, body: statusResource({ pending: 1 }) });
      return trace;
    },
  },
});
