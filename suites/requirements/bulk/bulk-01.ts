/** BULK-01. A wrong number of results is BULK-06's, a wrong total STAT-04's. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { except, type Judge, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { bulkMixed } from '../../scenarios/bulk/bulk-mixed.js';
import { bulkOdd } from '../../scenarios/bulk/bulk-odd.js';
import { asyncBulk } from '../../scenarios/request-mode/async-bulk.js';
import { responseObject } from '../../trace/message.js';
import { countsOf, countsInWords } from '../../judging/status-members.js';
import { bulksOf, describe, failed, findingOf, succeeded } from '../../judging/bulk-requests.js';
import { oddBulks } from './odd-bulks.js';

type Code = 'counts-disagree-with-results' | 'valid-operation-fails' | 'invalid-operation-succeeds';

const usual: Judge<Code> = (trace) =>
  together(
    ...bulksOf(trace).map((bulk): Judgement<Code> => {
      const { submission, poll, results } = bulk;
      const fail = findingOf(bulk);
      const counts = countsOf(responseObject(poll) ?? {});
      const [ok, bad] = [results.filter(succeeded).length, results.filter(failed).length];
      // One result for each operation is BULK-06's, the total STAT-04's.
      const whole = results.length === submission.operations.length;
      const disagree =
        whole && counts?.total === results.length && (counts.success !== ok || counts.failed !== bad)
          ? [
              fail(
                'counts-disagree-with-results',
                `success ${ok} and failed ${bad}, as Operations say`,
                countsInWords(counts),
              ),
            ]
          : [];
      return together(
        { exercised: 1, findings: disagree },
        judgeEach(whole ? submission.operations : [], ({ expected }, index) => {
          const result = results[index];
          if (result === undefined || result.status === undefined) return undefined;
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
      'In a thousand users there is always a bad one.',
      'Where it takes the good ones with it, or the counts say otherwise than the results, the client has to find out by hand who exists.',
    ],
    tested: [
      'Bulk requests mix creates, replaces, patches and deletes that can succeed with such as cannot: without `userName`, with a name that is taken, of users that do not exist.',
      'When they are completed, each good operation has to have a result of 2xx and each bad one a result of 400 or more; `operationsCount.success` and `failed` have to be the numbers of those results.',
      'Requests that mean nothing (no operations, `failOnErrors` 0, one `bulkId` twice) have to be refused, or to fail.',
      'A wrong number of results is left to BULK-06, a wrong `total` to STAT-04.',
    ],
    fix: [
      'Give each operation a transaction of its own: one around all of them rolls the good ones back with the bad one.',
      'Compute the counts from the stored results, and not beside them.',
      'Check the envelope before the 202: `Operations` not empty, `failOnErrors` 1 or more, each `bulkId` once.',
    ],
  },
  codes: {
    'counts-disagree-with-results': 'success and failed are not the numbers of results that say so',
    'valid-operation-fails': 'a valid operation fails beside an invalid one',
    'invalid-operation-succeeds': 'an operation that cannot be done is reported as done',
    'odd-request-refused-wrongly': 'a bulk request that cannot mean anything is answered neither 4xx nor with results',
    'odd-request-succeeds': 'a bulk request that cannot mean anything is reported as done',
  },
  from: [asyncBulk, bulkMixed, bulkOdd],
  judge: except(bulkOdd, oddBulks, usual),
});
