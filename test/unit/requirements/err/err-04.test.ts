import { eventUri, urn } from '../../../../schemas/names.js';
import { err04 } from '../../../../suites/requirements/err/err-04.js';
import { wrongContentType, wrongContentTypeSteps } from '../../../../suites/scenarios/errors/wrong-content-type.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const answered = (answer: Answer) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(wrongContentType, 'request-mode');
  const variant = wrongContentTypeSteps.contentType;
  trace.exchange('refusal', 'POST /Users', { variant, ...answer });
  return trace;
};

/** A 202 to a request with the preference, and a completion event that reports this status. */
const eventual = (status: string) => (): HandMadeTrace => {
  const trace = new PreferringTrace(wrongContentType);
  const headers = { Location: '/results/1', 'Set-Txn': 'txn' };
  const variant = wrongContentTypeSteps.contentType;
  const asked = trace.exchange('refusal', 'POST /Users', { variant, status: 202, headers });
  const submission = trace.submission(asked, { location: 'https://provider.example/results/1', txn: 'txn' });
  const payload = { method: 'POST', status, response: { schemas: [urn.error], status } };
  const body = { jti: 'j', txn: 'txn', events: { [eventUri.asyncResponse]: payload } };
  trace.polled(submission, { status: 200, body });
  trace.settled(submission, 'completed');
  return trace;
};

proveRequirement(err04, {
  right: { '415': answered({ status: 415 }) },
  wrong: {
    'wrong-content-type-accepted': {
      'by a 202': answered({ status: 202 }),
      'and done, as its event says': eventual('201'),
    },
    'refused-otherwise-than-415': { 'at once': answered({ status: 400 }), 'in the event': eventual('400') },
  },
  legal: {
    '415 in the completion event of a 202 (RFC 9967 §2.5.1.3)': eventual('415'),
    '415 with a long page of which only the beginning was kept': answered({ status: 415, isCut: true }),
  },
  silent: {
    'an answer that was throttled (RFC 6585 §4)': answered({ status: 429 }),
    'no answer': answered({ failure: { code: 'timeout', message: 'no answer' } }),
  },
});
