import { idem01 } from '../../../../suites/requirements/idem/idem-01.js';
import { safeRetry, safeRetrySteps } from '../../../../suites/scenarios/features/safe-retry.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { takenAs } from './taken-as.js';

const subject = 'a@example.com';

/** A request and its retry, answered so, and how many users of its name are found then. */
const retried = (first: Answer, again: Answer, users = 1): HandMadeTrace => {
  const trace = new HandMadeTrace(safeRetry, 'request-mode', { features: ['idempotency'] });
  trace.submission(trace.exchange('retry', 'POST /Users', { ...first, subject, variant: safeRetrySteps.first }));
  trace.submission(trace.exchange('retry', 'POST /Users', { ...again, subject, variant: safeRetrySteps.again }));
  const Resources = Array.from({ length: users }, () => ({ userName: subject }));
  trace.exchange('search', 'GET /Users?filter=userName', { subject, status: 200, body: { Resources } });
  return trace;
};

proveRequirement(idem01, {
  right: {
    'the same status resource and one user': () => retried(takenAs('1'), takenAs('1')),
    'nobody is found, because the request has failed': () => retried(takenAs('1'), takenAs('1'), 0),
  },
  wrong: {
    'retry-refused': () => retried(takenAs('1'), { status: 409 }),
    'retry-made-a-new-request': () => retried(takenAs('1'), takenAs('2')),
    'done-twice': () => retried(takenAs('1'), takenAs('1'), 2),
  },
  legal: {
    'the status is answered as it is, with 200 (profile D3)': () => retried(takenAs('1'), takenAs('1', 200)),
    'no bodies, and one Location that is absolute and relative (profile D2, RFC 9110 §10.2.2)': () =>
      retried(
        { status: 202, headers: { Location: '/scim/v2/provision/1/status' } },
        { status: 202, headers: { Location: 'https://provider.example/scim/v2/provision/1/status' } },
      ),
    'one id at two paths, of which one is an alias (profile D5)': () =>
      retried(takenAs('1'), { ...takenAs('1'), headers: { Location: '/provisions/1/status' } }),
  },
  silent: {
    'the first request is refused': () => retried({ status: 400 }, takenAs('1')),
    'the retry gets no answer': () => {
      const trace = new HandMadeTrace(safeRetry, 'request-mode');
      trace.exchange('retry', 'POST /Users', { ...takenAs('1'), variant: safeRetrySteps.first });
      trace.exchange('retry', 'POST /Users', {
        variant: safeRetrySteps.again,
        failure: { code: 'timeout', message: 'no answer' },
      });
      return trace;
    },
  },
});
