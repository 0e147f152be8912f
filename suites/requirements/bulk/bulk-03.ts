/**
 * BULK-03. Operations that are in work when the limit is reached may finish; errors of another request do not count.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { failOnErrorsScenario } from '../../scenarios/bulk/fail-on-errors.js';
import { responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';
import { countsOf, countsInWords } from '../../judging/status-members.js';
import {
  bulksOf,
  describe,
  errorLimit,
  failed,
  findingOf,
  leftPending,
  type Bulk,
} from '../../judging/bulk-requests.js';
import type { TraceView } from '../../judging/trace-view.js';

const describeCounts = (poll: Answered): string => {
  const counts = countsOf(responseObject(poll) ?? {});
  return counts === undefined ? 'no counts' : countsInWords(counts);
};

type Code =
  | 'not-run-left-pending'
  | 'stops-too-early'
  | 'does-not-stop'
  | 'not-run-not-counted'
  | 'not-run-without-424'
  | 'not-run-has-an-effect';

/** Requests whose operations that were not run are still pending at the deadline. */
const leftOver = (view: TraceView): Judgement<Code> =>
  judgeEach(
    view.submissions().flatMap((submission) => {
      const last = leftPending(view, submission);
      return last === undefined ? [] : [{ submission, last }];
    }),
    ({ submission, last }) => ({
      code: 'not-run-left-pending',
      expected: 'operations that are not run because of failOnErrors to count as failed, so that the request completes',
      actual: `they are still pending at the deadline: ${describeCounts(last)}`,
      exchanges: [view.asking(submission), last],
    }),
  );

/** Whether it stopped when it should, and what it says of what was not run. */
const stopping = (bulk: Bulk, limit: number): Finding<Code>[] => {
  const { submission, results, poll } = bulk;
  const fail = findingOf(bulk);
  const expectedOf = (place: number): string | undefined => submission.operations[place]?.expected;
  // What was expected to fail and does not is ERR-03's, and no error.
  const errors = results.filter((result, place) => expectedOf(place) === 'failure' && failed(result)).length;
  const notRun = results.filter((result, place) => expectedOf(place) === 'success' && failed(result));
  const findings: Finding<Code>[] = [];
  if (errors < limit && notRun.length > 0) {
    const expected = `all operations to run, because only ${errors} of ${limit} errors came`;
    findings.push(fail('stops-too-early', expected, `${notRun.length} valid ones are not run`));
  }
  if (errors >= limit && notRun.length === 0) {
    findings.push(fail('does-not-stop', `the request to stop after ${limit} errors`, 'every valid operation is run'));
  }
  const counts = countsOf(responseObject(poll) ?? {});
  const bad = results.filter(failed).length;
  if (counts !== undefined && counts.total === results.length && counts.failed < bad) {
    findings.push(fail('not-run-not-counted', `failed ${bad}, those not run among them`, countsInWords(counts)));
  }
  const other = notRun.find(({ status }) => status !== '424');
  if (findings.length === 0 && other !== undefined) {
    const expected = 'status "424" for an operation that is not run';
    findings.push({ level: 'SHOULD', ...fail('not-run-without-424', expected, `it is "${other.status ?? ''}"`) });
  }
  return findings;
};

const effects = (view: TraceView, bulk: Bulk): Finding<Code>[] =>
  view.answered('search').flatMap((search) => {
    const place = bulk.submission.operations.findIndex(({ userName }) => userName === search.subject);
    const result = bulk.results[place];
    if (result === undefined || !failed(result) || (countFound(search) ?? 0) === 0) return [];
    const expected = `no effect of ${describe(bulk.submission, place)}, which was not run`;
    return [findingOf(bulk)('not-run-has-an-effect', expected, 'its user exists', [search])];
  });

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
  codes: {
    'not-run-left-pending': 'operations that failOnErrors stopped stay pending, so that the request never completes',
    'stops-too-early': 'valid operations are not run though fewer errors came than failOnErrors allows',
    'does-not-stop': 'every operation is run though as many errors came as failOnErrors allows',
    'not-run-not-counted': 'operations that were not run do not count as failed',
    'not-run-without-424': 'the result of an operation that was not run has another status than 424',
    'not-run-has-an-effect': 'an operation that is reported as not run was done',
  },
  from: [failOnErrorsScenario],
  judge: (view) =>
    together<Code>(
      leftOver(view),
      ...bulksOf(view).map((bulk): Judgement<Code> => {
        const limit = errorLimit(bulk.asked);
        return limit === undefined || bulk.results.length !== bulk.submission.operations.length
          ? together()
          : { exercised: 1, findings: [...stopping(bulk, limit), ...effects(view, bulk)] };
      }),
    ),
});
