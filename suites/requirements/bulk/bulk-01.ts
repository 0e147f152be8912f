/** BULK-01. A wrong number of results is left to BULK-06, and a wrong total to STAT-04. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { except, type Judge, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { bulkMixed } from '../../scenarios/bulk/bulk-mixed.js';
import { bulkOdd } from '../../scenarios/bulk/bulk-odd.js';
import { asyncBulk } from '../../scenarios/request-mode/async-bulk.js';
import { responseObject } from '../../trace/message.js';
import { countsOf, countsInWords } from '../../judging/status-members.js';
import { bulksOf, describe, failed, findingOf, isNotImplemented, succeeded } from '../../judging/bulk-requests.js';
import { judgeOddBulks } from './odd-bulks.js';

type Code = 'counts-disagree-with-results' | 'valid-operation-fails' | 'invalid-operation-succeeds';

const judgeMixed: Judge<Code> = (trace) =>
  together(
    ...bulksOf(trace).map((bulk): Judgement<Code> => {
      const { submission, poll, results } = bulk;
      const fail = findingOf(bulk);
      const counts = countsOf(responseObject(poll) ?? {});
      const [ok, bad] = [results.filter(succeeded).length, results.filter(failed).length];
      const isComplete = results.length === submission.operations.length;
      const disagree =
        isComplete && counts?.total === results.length && (counts.success !== ok || counts.failed !== bad)
          ? [
              fail(
                'counts-disagree-with-results',
                `success ${ok} and failed ${bad}, the numbers of such results in Operations`,
                countsInWords(counts),
              ),
            ]
          : [];
      return together(
        { exercised: 1, findings: disagree },
        judgeEach(isComplete ? submission.operations : [], ({ expected }, index) => {
          const result = results[index];
          if (result?.status === undefined || isNotImplemented(result)) return undefined;
          const right = expected === 'success' ? succeeded(result) : failed(result);
          return right
            ? undefined
            : fail(
                expected === 'success' ? 'valid-operation-fails' : 'invalid-operation-succeeds',
                `${describe(submission, index)} to ${expected === 'success' ? 'succeed' : 'fail'}`,
                `its status is ${result.status}`,
              );
        }),
      );
    }),
  );

export const bulk01 = defineRequirement({
  id: 'BULK-01',
  since: '1.0',
  level: 'MUST',
  title: 'valid operations succeed and invalid ones fail beside each other; counts and `Operations` agree',
  source: cite('P-Use'),
  needs: { binding: 'any', capability: 'bulk' },
  guide: {
    why: [
      'Among a thousand users there is always one with bad data.',
      'If one bad operation makes the good ones fail, or the counts contradict the results, somebody has to find out by hand which users exist.',
    ],
    tested: [
      'Bulk requests mix valid creates, replaces, patches and deletes with invalid ones: without `userName`, with a name that is taken, or on users that do not exist.',
      'When they are completed, each valid operation has to have a result of 2xx and each invalid one a result of 400 or more; `operationsCount.success` and `failed` have to be the numbers of those results.',
      'Requests without a meaning (no operations, the same `bulkId` twice) have to be refused, or to fail. What `failOnErrors` 0 means is open, and not judged.',
      'An operation whose result is 501, because the provider does not do such operations in a bulk request, is not judged.',
      'A wrong number of results is left to BULK-06, a wrong `total` to STAT-04.',
    ],
    fix: [
      'Give each operation its own transaction: one transaction around all of them rolls the valid ones back with the invalid one.',
      'Compute the counts from the stored results; do not count separately.',
      'Check the form of the request before the 202: `Operations` is not empty, and each `bulkId` occurs once.',
    ],
  },
  codes: {
    'counts-disagree-with-results': 'success and failed are not the numbers of successful and failed results',
    'valid-operation-fails': 'a valid operation fails in a request that has an invalid one, too',
    'invalid-operation-succeeds': 'an operation that cannot be done is reported as done',
    'odd-request-refused-wrongly': 'a bulk request without a meaning is answered neither with 4xx nor with results',
    'odd-request-succeeds': 'a bulk request without a meaning is reported as done',
  },
  from: [asyncBulk, bulkMixed, bulkOdd],
  judge: except(bulkOdd, judgeOddBulks, judgeMixed),
});
