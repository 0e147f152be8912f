/** MODE-07. Asynchronous PUT, PATCH and DELETE answer 202 too. That a synchronous answer is complete and true is CORE-03's. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';

export const mode07 = defineRequirement({
  id: 'MODE-07',
  since: '1.0',
  level: 'SHOULD',
  title: 'asynchronous PUT, PATCH and DELETE answer 202 too; where not, the synchronous answer is complete and correct',
  source: cite('P-B, D1'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client that locks thousands of accounts by PATCH gains nothing from a mode that exists for creates alone.',
      'It has to keep a second way to handle the answers of the other methods.',
    ],
    tested: [
      'A user is replaced, patched (where advertised) and deleted, each with `X-SCIM-Request-Mode: asynchronous`.',
      'Each should be answered 202; anything else is a warning.',
      'That a synchronous answer given instead is complete and true is a MUST, judged under CORE-03.',
    ],
    fix: [
      'Send single writes through the same queue as bulk requests: each is a request of one operation.',
      'If a method is to stay synchronous, do the write and answer 200 or 204 as usual: never a 202 without a status resource, and no 501.',
    ],
  },
  from: [asyncWrite],
  judge: (trace) =>
    judgeEach(
      trace.submissions().filter(({ operations }) => operations[0]?.method !== 'POST'),
      (submission) => {
        const exchange = trace.asking(submission);
        return submission.accepted
          ? undefined
          : {
              expected: `202 to an asynchronous ${exchange.request.method}`,
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            };
      },
    ),
});
