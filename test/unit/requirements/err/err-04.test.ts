import { err04 } from '../../../../suites/requirements/err/err-04.js';
import { wrongContentType, wrongContentTypeSteps } from '../../../../suites/scenarios/errors/wrong-content-type.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const answered = (answer: Answer) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(wrongContentType, 'request-mode');
  const variant = wrongContentTypeSteps.contentType;
  trace.exchange('refusal', 'POST /Users', { variant, ...answer });
  return trace;
};

proveRequirement(err04, {
  right: { '415': answered({ status: 415 }) },
  wrong: {
    'wrong-content-type-accepted': answered({ status: 202 }),
    'refused-otherwise-than-415': answered({ status: 400 }),
  },
  legal: { '415 with a long page of which only the beginning was kept': answered({ status: 415, isCut: true }) },
  silent: {
    'an answer that was throttled (RFC 6585 §4)': answered({ status: 429 }),
    'no answer': answered({ failure: { code: 'timeout', message: 'no answer' } }),
  },
});
