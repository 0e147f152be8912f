/** MODE-07. If the provider answers synchronously instead, CORE-03 judges whether that answer is complete and correct. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';

/** One code for each method, because providers handle each method in separate code. */
const codeOf = {
  PUT: 'put-not-accepted',
  PATCH: 'patch-not-accepted',
  DELETE: 'delete-not-accepted',
} as const;

export const mode07 = defineRequirement({
  id: 'MODE-07',
  since: '1.0',
  level: 'SHOULD',
  title: 'asynchronous PUT, PATCH and DELETE answer 202 too; where not, the synchronous answer is complete and correct',
  source: cite('P-B, D1'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client that locks thousands of accounts by PATCH gains nothing from a mode that exists only for creates.',
      'It needs separate code for the answers to the other methods.',
    ],
    tested: [
      'A user is replaced, patched (where advertised) and deleted, and a group replaced and deleted, each with `X-SCIM-Request-Mode: asynchronous`.',
      'Each should be answered 202; anything else is a warning.',
      'A synchronous answer has to be complete and correct; that is a MUST and is judged by CORE-03.',
    ],
    fix: [
      'Send single writes through the same queue as bulk requests: each is a request of one operation.',
      'If a method is to stay synchronous, do the write and answer 200 or 204 as usual: never send a 202 without a status resource, nor a 501.',
    ],
  },
  codes: {
    'put-not-accepted': 'an asynchronous PUT is not answered 202',
    'patch-not-accepted': 'an asynchronous PATCH is not answered 202',
    'delete-not-accepted': 'an asynchronous DELETE is not answered 202',
  },
  from: [asyncWrite],
  judge: (trace) =>
    judgeEach(
      trace.submissions().flatMap((submission) => {
        const method = submission.operations[0]?.method ?? 'POST';
        return method === 'POST' ? [] : [{ submission, method }];
      }),
      ({ submission, method }) => {
        const exchange = trace.exchangeOf(submission);
        return submission.accepted
          ? undefined
          : {
              code: codeOf[method],
              expected: `202 to an asynchronous ${method}`,
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            };
      },
    ),
});
