/** The rule of BULK-01 for bulk requests without a meaning, such as one without operations (profile §7, clarification 9). */
import { operationResults } from '../../bindings/operation-result.js';
import { type Judge, judgeEach } from '../../judging/judge.js';
import { responseObject } from '../../trace/message.js';
import { countsOf } from '../../judging/status-members.js';
import { bulkOddSteps } from '../../scenarios/bulk/bulk-odd.js';
import { isStep } from '../../trace/step.js';
import { succeeded } from '../../judging/bulk-requests.js';

type Code = 'odd-request-refused-wrongly' | 'odd-request-succeeds';

/** An odd bulk request is refused at once, or fails: it never succeeds. What `failOnErrors: 0` means is open. */
export const judgeOddBulks: Judge<Code> = (trace) =>
  judgeEach(
    trace
      .submissions()
      .filter((submission) => !isStep(trace.exchangeOf(submission), bulkOddSteps.failOnErrorsOf0))
      .filter((submission) => !submission.accepted || trace.completion(submission) !== undefined),
    (submission) => {
      const asked = trace.exchangeOf(submission);
      const request = `a bulk request with ${asked.variant ?? 'nothing'}`;
      const { status } = asked.response;
      if (!submission.accepted && status >= 400) return undefined;
      // The provider may answer synchronously (RFC 9967 §2.5.1.1): then the answer itself has the results.
      const synchronousResults = operationResults(responseObject(asked) ?? {});
      if (!submission.accepted && (status !== 200 || synchronousResults.length === 0))
        return {
          code: 'odd-request-refused-wrongly',
          expected: `4xx to ${request}`,
          actual: `the answer is ${status}`,
          exchanges: [asked],
        };
      const { poll, results } = trace.completion(submission) ?? { poll: asked, results: synchronousResults };
      // Of two operations with the same bulkId, the first may succeed and the second fail.
      const wrong = isStep(asked, bulkOddSteps.oneBulkIdTwice)
        ? results.length > 0 && results.every(succeeded)
        : results.some(succeeded);
      const succeededEmpty = submission.operations.length === 0 && countsOf(responseObject(poll) ?? {})?.failed === 0;
      return wrong || succeededEmpty
        ? {
            code: 'odd-request-succeeds',
            expected: `${request} to fail`,
            actual: 'it succeeds',
            exchanges: [...new Set([asked, poll])],
          }
        : undefined;
    },
  );
