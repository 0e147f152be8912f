/**
 * ERR-03. Both modes are tested, because a worker may lack a check that the synchronous handler has. A PUT may leave out what
 * the provider keeps or sets by default (RFC 7644 §3.5.1): then the user has to have a userName afterwards.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { invalidUser, invalidUserSteps } from '../../scenarios/errors/invalid-user.js';
import { responseObject } from '../../trace/message.js';
import { isDone, type OperationOutcome, outcomes } from './operation-outcome.js';

/** Whether a PUT was done, and a read after it shows that the user has a name; undefined if no read shows it. */
const keepsName = (trace: TraceView, outcome: OperationOutcome): boolean | undefined => {
  const [asked] = outcome.exchanges;
  if (asked.request.method !== 'PUT' || !isDone(outcome)) return false;
  const read = trace
    .variant(invalidUserSteps.afterReplace, 'read')
    .find(({ n, request }) => n > asked.n && request.url === asked.request.url);
  if (read === undefined) return undefined;
  const userName = read.response.status === 200 ? responseObject(read)?.userName : undefined;
  return typeof userName === 'string' && userName !== '';
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
      'Each has to end with 400: at once, or, after a 202, in the result of the operation. Another status of 4xx, such as 422, is a warning.',
      'A PUT may also be done, if the user has a `userName` afterwards: a provider may keep what a PUT leaves out (RFC 7644 §3.5.1).',
      'An operation that the provider does not implement (501) is not judged.',
    ],
    fix: [
      'Check required attributes after you have removed those that are null: in SCIM, null is no value.',
      'Do the same check for PUT, and do it in the worker as well as in the synchronous handler.',
      'Map the error to 400 in the result, as a string: `"status": "400"`; a violated database constraint that nobody catches ends as 500.',
    ],
  },
  codes: {
    'user-without-name-written': 'a user without userName is created or replaced',
    'refused-otherwise-than-400': 'a user without userName is refused, but not with 400',
  },
  from: [invalidUser],
  judge: (trace) =>
    judgeEach(
      outcomes(trace, 'refusal', invalidUserSteps.withoutUserName).filter(
        (outcome) => keepsName(trace, outcome) !== undefined,
      ),
      (outcome) => {
        const { status, exchanges } = outcome;
        if (status === '400' || keepsName(trace, outcome) === true) return undefined;
        return {
          code: isDone(outcome) ? 'user-without-name-written' : 'refused-otherwise-than-400',
          ...(/^4/.test(status ?? '') ? { level: 'SHOULD' } : {}),
          expected: `400 to ${exchanges[0].request.method} of a user without userName, at once or in the operation’s result`,
          actual: `it is ${status ?? 'unknown'}`,
          exchanges,
        };
      },
    ),
});
