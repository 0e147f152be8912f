import { acc06 } from '../../../../suites/requirements/acc/acc-06.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const accepted = (retryAfter?: string): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  trace.submitted('POST /Users', {
    status: 202,
    headers: retryAfter === undefined ? {} : { 'Retry-After': retryAfter },
  });
  return trace;
};

proveRequirement(acc06, {
  right: {
    'whole seconds': () => accepted('1'),
    'an HTTP date': () => accepted('Sun, 06 Nov 1994 08:49:37 GMT'),
  },
  wrong: {
    'retry-after-missing': () => accepted(),
    'retry-after-malformed': () => accepted('0.5'),
  },
  legal: { 'no wait at all (RFC 9110 §10.2.3: delay-seconds = 1*DIGIT)': () => accepted('0') },
});
