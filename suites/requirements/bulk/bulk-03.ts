/** BULK-03. failOnErrors: n stops after n errors; operations not run count as failed, so that pending reaches 0. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { failOnErrorsScenario } from '../../scenarios/bulk/fail-on-errors.js';
import { responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';
import { countsOf, countsInWords } from '../../judging/status-members.js';
import { bulksOf, describe, errorLimit, failed, findingOf, leftPending } from '../../judging/bulk-requests.js';

const describeCounts = (poll: Answered): string => {
  const counts = countsOf(responseObject(poll) ?? {});
  return counts === undefined ? 'no counts' : countsInWords(counts);
};

export const bulk03 = defineRequirement({
  id: 'BULK-03',
  since: '1.0',
  level: 'MUST',
  title:
    '`failOnErrors: n` stops after n errors; operations not run count as failed (`status` "424" SHOULD), so that pending reaches 0',
  source: cite('RFC 7644 §3.7.3, D7'),
  needs: { binding: 'any', capability: 'bulk' },
  guide: {
    why: [
      'With `failOnErrors` a client stops a bulk request that goes wrong before it does more harm.',
      'Where it is ignored, the harm is done; where the rest stays pending, the client waits for ever.',
    ],
    tested: [
      'Requests of about 40 operations with `failOnErrors` 1 or 2 have so many bad ones at their beginning; one has a reference that leads to nothing, which is an error as well; one has fewer errors than the limit.',
      'Once the limit is reached, some valid operation has to be not run; operations that were in work already may finish. Below the limit all have to run. Errors of another request beside it do not count.',
      'What is not run has to count as failed and to have no effect, and the request has to complete.',
      '`"status": "424"` for what is not run is recommended: another one is a warning.',
    ],
    fix: [
      'Count the errors of the request where the next operation is taken up, and check the limit there; count failed references, too.',
      'When the limit is reached, write a result with `"status": "424"` for every operation that has not begun, and add those to `failed`, so that `pending` reaches 0.',
      'Stop at exactly n errors: look for `>` in the place of `>=`, and for a counter that requests share.',
    ],
  },
  from: [failOnErrorsScenario],
  judge: (trace) =>
    together(
      judgeEach(
        trace.submissions().flatMap((submission) => {
          const last = leftPending(trace, submission);
          return last === undefined ? [] : [{ submission, last }];
        }),
        ({ submission, last }) => ({
          expected:
            'operations that are not run because of failOnErrors to count as failed, so that the request completes',
          actual: `they are still pending at the deadline: ${describeCounts(last)}`,
          exchanges: [trace.asking(submission), last],
        }),
      ),
      ...bulksOf(trace).map((bulk): Judgement => {
        const { submission, asked, results, poll } = bulk;
        const fail = findingOf(bulk);
        const limit = errorLimit(asked);
        if (limit === undefined || results.length !== submission.operations.length) return together();
        // What was expected to fail and does not is ERR-03's, and no error.
        const isError = (place: number): boolean => {
          const result = results[place];
          return submission.operations[place]?.expected === 'failure' && result !== undefined && failed(result);
        };
        const errors = results.filter((_, place) => isError(place)).length;
        const notRun = results.filter(
          (result, index) => failed(result) && submission.operations[index]?.expected === 'success',
        );
        const findings: Finding[] = [];
        if (errors < limit && notRun.length > 0) {
          findings.push(
            fail(
              `all operations to run, because only ${errors} of ${limit} errors came`,
              `${notRun.length} valid ones are not run`,
            ),
          );
        }
        if (errors >= limit && notRun.length === 0) {
          findings.push(fail(`the request to stop after ${limit} errors`, 'every valid operation is run'));
        }
        const counts = countsOf(responseObject(poll) ?? {});
        const bad = results.filter(failed).length;
        if (counts !== undefined && counts.total === results.length && counts.failed < bad) {
          findings.push(fail(`failed ${bad}, those not run among them`, countsInWords(counts)));
        }
        const other = notRun.find(({ status }) => status !== '424');
        if (findings.length === 0 && other !== undefined) {
          const expected = 'status "424" for an operation that is not run';
          findings.push({ level: 'SHOULD', ...fail(expected, `it is "${other.status ?? ''}"`) });
        }
        for (const search of trace.answered('search')) {
          const place = submission.operations.findIndex(({ userName }) => userName === search.subject);
          const result = results[place];
          if (result !== undefined && failed(result) && (countFound(search) ?? 0) > 0) {
            findings.push(
              fail(`no effect of ${describe(submission, place)}, which was not run`, 'its user exists', [search]),
            );
          }
        }
        return { exercised: 1, findings };
      }),
    ),
});
