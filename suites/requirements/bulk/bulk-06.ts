/** BULK-06. An operation that was stopped or cancelled needs a result, too. Members that a result does not have are not compared. */
import { endsAtErrors } from '../../bindings/complete-results.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { pathUnder } from '../../judging/history/history.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { cancel } from '../../scenarios/features/cancel.js';
import { ofStatusResources } from '../../judging/of-status-resources.js';
import { bulks } from '../../scenarios/scenario-sets.js';
import { type Bulk, bulksOf, describe, findingOf } from '../../judging/bulk-requests.js';
import { isSamePath } from '../../judging/same-path.js';

type Code = 'results-missing-or-surplus' | 'results-out-of-order';

/** A result that says that it is that of another operation than the one at its place. */
const misplaced = (bulk: Bulk, baseUrl: string): Finding<Code> | undefined => {
  const { submission, shown, asked } = bulk;
  const fail = findingOf(bulk);
  for (const [index, { bulkId, method, path }] of submission.operations.entries()) {
    const result = shown[index];
    if (result === undefined) continue;
    // A bulkId that no operation has is left to BULK-02.
    const isOther = result.bulkId !== bulkId && submission.operations.some((other) => other.bulkId === result.bulkId);
    if (bulkId !== undefined && result.bulkId !== undefined && isOther) {
      return fail(
        'results-out-of-order',
        `the result of ${describe(submission, index)}, bulkId ${bulkId}, at place ${index}`,
        `it is that of ${result.bulkId}`,
      );
    }
    if (result.method !== undefined && result.method.toUpperCase() !== method) {
      return fail(
        'results-out-of-order',
        `the result of ${describe(submission, index)} at place ${index}`,
        `it is one of ${result.method}`,
      );
    }
    const location = result.location === undefined ? undefined : pathUnder(result.location, asked.request.url, baseUrl);
    if (method !== 'POST' && !path.includes('bulkId:') && location !== undefined && !isSamePath(location, path)) {
      return fail('results-out-of-order', `the result of ${path} at place ${index}`, `its location is ${location}`);
    }
  }
  return undefined;
};

/** A result after that of a later operation, where the results of operations that were not run are left out. */
const outOfOrder = (bulk: Bulk): Finding<Code> | undefined => {
  const ids = bulk.submission.operations.map(({ bulkId }) => bulkId);
  const named = bulk.shown.flatMap(({ bulkId }) => bulkId ?? []);
  const wrong = named.slice(1).findIndex((bulkId, index) => ids.indexOf(bulkId) <= ids.indexOf(named[index]));
  return wrong < 0
    ? undefined
    : findingOf(bulk)(
        'results-out-of-order',
        `the result of ${named[wrong + 1] ?? ''} before that of ${named[wrong] ?? ''}`,
        'it comes after it',
      );
};

export const bulk06 = defineRequirement({
  id: 'BULK-06',
  since: '1.0',
  level: 'MUST',
  title: "`Operations` has one result for each operation, in the request's order",
  source: cite('RFC 7644 §3.7.3, D6'),
  needs: { binding: 'any', capability: 'bulk' },
  guide: {
    why: [
      'An operation without a `bulkId` can be matched with its result only by its place in the list.',
      'If a result is missing or the order is different, the client stores results with the wrong user.',
    ],
    tested: [
      'In every completed bulk request of the request-mode binding, stopped and cancelled ones included, `Operations` has to have one result for each operation.',
      'At each place `bulkId` and `method` have to be those of the operation; for PUT, PATCH and DELETE `location` has to be the path of the operation. Members that the result does not have are not compared.',
      'Operations that were not run need a result, too. Only results that `failOnErrors` made unnecessary may be left out (RFC 7644 §3.7).',
    ],
    fix: [
      'Write each result into the place of its operation, in a list that was made when the request was accepted; if workers append results when they finish, the order is that of finishing.',
      'Fill the places of operations that were stopped with a result of `"status": "424"`.',
    ],
  },
  codes: {
    'results-missing-or-surplus': 'there are more or fewer results than operations',
    'results-out-of-order': 'a result is at the place of another operation',
  },
  from: [...bulks, cancel],
  judge: ofStatusResources((trace) =>
    judgeEach(
      bulksOf(trace).filter(({ submission }) => submission.binding === 'request-mode'),
      (bulk): Finding<Code> | undefined => {
        const { submission, shown } = bulk;
        const { operations } = submission;
        if (endsAtErrors(shown, submission)) return outOfOrder(bulk);
        return shown.length === operations.length
          ? misplaced(bulk, trace.target.baseUrl)
          : findingOf(bulk)(
              'results-missing-or-surplus',
              `${operations.length} results, one for each operation`,
              `there are ${shown.length}`,
            );
      },
    ),
  ),
});
