/** ERR-03. Both modes are tested, because a worker may lack a check that the synchronous handler has. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { invalidUser, invalidUserSteps } from '../../scenarios/errors/invalid-user.js';
import { isDone, outcomes } from './operation-outcome.js';

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
      'Each has to end with 400: at once, or, after a 202, in the result of the operation.',
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
    judgeEach(outcomes(trace, 'refusal', invalidUserSteps.withoutUserName), (outcome) => {
      const { status, exchanges } = outcome;
      if (status === '400') return undefined;
      return {
        code: isDone(outcome) ? 'user-without-name-written' : 'refused-otherwise-than-400',
        expected: `400 to ${exchanges[0].request.method} of a user without userName, at once or in the operation’s result`,
        actual: `it is ${status ?? 'unknown'}`,
        exchanges,
      };
    }),
});
