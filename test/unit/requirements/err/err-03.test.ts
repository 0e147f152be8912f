import { urn } from '../../../../schemas/names.js';
import { err03 } from '../../../../suites/requirements/err/err-03.js';
import { invalidUser, invalidUserSteps } from '../../../../suites/scenarios/errors/invalid-user.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { addCompletedWrite, type CompletedWrite } from './completed-write.js';

const variant = invalidUserSteps.withoutUserName;

/** A PUT without userName that succeeds, and a read of the user with this name. */
const replaced = (userName?: string) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(invalidUser, 'request-mode');
  trace.exchange('refusal', 'PUT /Users/1', { status: 200, variant, body: {} });
  const { afterwards } = invalidUserSteps;
  trace.exchange('read', 'GET /Users/1', { status: 200, variant: afterwards, body: { id: '1', userName } });
  return trace;
};

const atOnce = (status: number) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(invalidUser, 'request-mode');
  const body = { schemas: [urn.error], status: String(status) };
  trace.exchange('refusal', 'POST /Users', { status, variant, body });
  return trace;
};

const later =
  (end: Pick<CompletedWrite, 'result' | 'isSuccess'>, request: CompletedWrite['request'] = 'PUT /Users/1') =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(invalidUser, 'request-mode');
    addCompletedWrite(trace, { purpose: 'refusal', request, about: { variant }, ...end });
    return trace;
  };

const failed = (status?: string) => ({ method: 'PUT', status, response: { schemas: [urn.error], status: '400' } });

proveRequirement(err03, {
  right: {
    '400 at once': atOnce(400),
    '400 in the result': later({ isSuccess: false, result: failed('400') }),
  },
  wrong: {
    'user-without-name-written': {
      'at once': atOnce(201),
      later: later({ isSuccess: true, result: { method: 'POST', status: '201' } }, 'POST /Users'),
    },
    'name-removed': replaced(),
    'refused-otherwise-than-400': {
      'with 500 at once': atOnce(500),
      'with 422, which is a warning': atOnce(422),
      'with a result that has no status': later({ isSuccess: false, result: failed() }),
    },
  },
  legal: {
    'a PUT that keeps the userName that it leaves out (RFC 7644 §3.5.1)': replaced('a@example.com'),
    'no verdict for what is not implemented (profile §7, clarification 14)': atOnce(501),
  },
  silent: {
    'a failure without Operations, of which nobody knows the status (LIFE-10)': later({ isSuccess: false }),
    'a request that was not completed in time (LIFE-01)': () => {
      const trace = new HandMadeTrace(invalidUser, 'request-mode');
      const headers = { Location: '/provision/1/status' };
      const asked = trace.exchange('refusal', 'POST /Users', { status: 202, headers, variant });
      trace.settled(trace.submission(asked), 'deadline');
      return trace;
    },
    'a 202 that nobody asked for (MODE-02)': atOnce(202),
    'a refusal of something else': () => {
      const trace = new HandMadeTrace(invalidUser, 'request-mode');
      trace.exchange('refusal', 'POST /Users', { status: 404 });
      return trace;
    },
  },
});
