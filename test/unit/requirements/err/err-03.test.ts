import t from 'tap';
import { urn } from '../../../../schemas/names.js';
import { err03 } from '../../../../suites/requirements/err/err-03.js';
import { invalidUser, invalidUserSteps } from '../../../../suites/scenarios/errors/invalid-user.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { addCompletedWrite, type CompletedWrite } from './completed-write.js';

const variant = invalidUserSteps.withoutUserName;

const atOnce = (status: number) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(invalidUser, 'request-mode');
  const body = { schemas: [urn.error], status: String(status) };
  trace.exchange('refusal', 'POST /Users', { status, variant, body });
  return trace;
};

const later = (end: Pick<CompletedWrite, 'result' | 'isSuccess'>) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(invalidUser, 'request-mode');
  addCompletedWrite(trace, { purpose: 'refusal', request: 'PUT /Users/1', about: { variant }, ...end });
  return trace;
};

/** A PUT that is done, and a read of the user afterwards. */
const replaced = (mode: 'at once' | 'later', read: Answer): HandMadeTrace => {
  const trace = new HandMadeTrace(invalidUser, 'request-mode');
  if (mode === 'at once') trace.exchange('refusal', 'PUT /Users/1', { status: 200, variant });
  else {
    const result = { method: 'PUT', status: '200' };
    addCompletedWrite(trace, {
      purpose: 'refusal',
      request: 'PUT /Users/1',
      about: { variant },
      isSuccess: true,
      result,
    });
  }
  trace.exchange('read', 'GET /Users/1', { ...read, variant: invalidUserSteps.afterReplace });
  return trace;
};

const named: Answer = { status: 200, body: { id: '1', userName: 'a@example.com' } };

const failed = (status?: string) => ({ method: 'PUT', status, response: { schemas: [urn.error], status: '400' } });

proveRequirement(err03, {
  right: {
    '400 at once': atOnce(400),
    '400 in the result': later({ isSuccess: false, result: failed('400') }),
  },
  wrong: {
    'user-without-name-written': {
      'a create': atOnce(201),
      'a replace that removes the name': () => replaced('at once', { status: 200, body: { id: '1' } }),
      'an asynchronous replace that removes the name': () =>
        replaced('later', { status: 200, body: { id: '1', userName: null } }),
      'a replace after which the user is gone': () => replaced('at once', { status: 404 }),
    },
    'refused-otherwise-than-400': {
      'with 500 at once': atOnce(500),
      'with 422 at once, which is a warning': atOnce(422),
      'with a result that has no status': later({ isSuccess: false, result: failed() }),
    },
  },
  legal: {
    'a replace that keeps the name (RFC 7644 §3.5.1)': () => replaced('at once', named),
    'an asynchronous replace that keeps the name (RFC 7644 §3.5.1)': () => replaced('later', named),
    'no verdict for what is not implemented (profile §7, clarification 14)': atOnce(501),
  },
  silent: {
    'a replace that is done, and no read after it': later({
      isSuccess: true,
      result: { method: 'PUT', status: '200' },
    }),
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

void t.test('ERR-03: another 4xx than 400 is a warning, and a 5xx is none', (t) => {
  const levelsOf = (status: number): unknown[] =>
    atOnce(status)()
      .judged(err03)
      .findings.map(({ level }) => level);
  t.strictSame(levelsOf(422), ['SHOULD']);
  t.strictSame(levelsOf(409), ['SHOULD']);
  t.strictSame(levelsOf(500), [undefined]);
  t.strictSame(levelsOf(201), [undefined]);
  t.end();
});
