/** ERR-03. Both modes are tested, because a worker may lack a check that the synchronous handler has. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { invalidUser, invalidUserSteps } from '../../scenarios/errors/invalid-user.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { isDone, type OperationOutcome, outcomes } from './operation-outcome.js';

const codes = {
  'user-without-name-written': 'a user without userName is created',
  'name-removed': 'a PUT without userName removes it from the user',
  'refused-otherwise-than-400': 'a user without userName is refused, but not with 400',
};

/** The read of the user after a PUT that was done. */
const readAfter = (trace: TraceView, { exchanges: [asked] }: OperationOutcome): Answered | undefined =>
  trace
    .variant(invalidUserSteps.afterwards, 'read')
    .find(({ request, response }) => request.url === asked.request.url && response.status === 200);

const isNamed = (read: Answered): boolean => {
  const name = responseObject(read)?.userName;
  return typeof name === 'string' && name !== '';
};

export const err03 = defineRequirement({
  id: 'ERR-03',
  since: '1.0',
  level: 'MUST',
  title: 'a missing required attribute fails: 400 at once, or 202 and a failed operation with 400',
  source: cite('RFC 7643 §2.2, D8'),
  needs: {},
  guide: {
    why: [
      'A user without `userName` cannot sign in and cannot be found again.',
      'The client believes that the account exists.',
    ],
    tested: [
      'Users are created without `userName` and with `"userName": null`, and one is replaced without it, synchronously and asynchronously.',
      'Each has to end with 400: at once, or, after a 202, in the result of the operation. Another 4xx is a warning, and a PUT may also succeed if the user keeps the userName (RFC 7644 §3.5.1).',
      'An operation that the provider does not implement (501) is not judged.',
    ],
    fix: [
      'Check required attributes after you have removed those that are null: in SCIM, null is no value.',
      'Do the same check for PUT, and do it in the worker as well as in the synchronous handler.',
      'Map the error to 400 in the result, as a string: `"status": "400"`; a violated database constraint that nobody catches ends as 500.',
    ],
  },
  codes,
  from: [invalidUser],
  judge: (trace) =>
    judgeEach(outcomes(trace, 'refusal', invalidUserSteps.withoutUserName), (outcome) => {
      const { status, exchanges } = outcome;
      if (status === '400') return undefined;
      const { method } = exchanges[0].request;
      const expected = `400 to ${method} of a user without userName, at once or in the operation’s result`;
      const actual = `it is ${status ?? 'unknown'}`;
      if (!isDone(outcome))
        return {
          code: 'refused-otherwise-than-400',
          // Another refusal is as safe (profile 1.1, clarification 4).
          ...(/^4/.test(status ?? '') ? { level: 'SHOULD' as const } : {}),
          expected,
          actual,
          exchanges,
        };
      if (method === 'POST') return { code: 'user-without-name-written', expected, actual, exchanges };
      const read = readAfter(trace, outcome);
      return read === undefined || isNamed(read)
        ? undefined
        : {
            code: 'name-removed',
            expected: 'a PUT without userName to be refused, or to keep the userName',
            actual: 'the user has none afterwards',
            exchanges: [...exchanges, read],
          };
    }),
});
