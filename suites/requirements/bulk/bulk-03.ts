/**
 * BULK-03. Operations that are running when the limit is reached may finish; errors of another request do not count.
 */
import type { OperationResult } from '../../bindings/binding.js';
import { endsAtErrors } from '../../bindings/complete-results.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { failOnErrorsScenario } from '../../scenarios/bulk/fail-on-errors.js';
import { responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';
import { countsOf, countsInWords } from '../../judging/status-members.js';
import { bulksOf, describe, failed, findingOf, leftPending, type Bulk } from '../../judging/bulk-requests.js';
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
const judgeLeftPending = (view: TraceView): Judgement<Code> =>
  judgeEach(
    view.submissions().flatMap((submission) => {
      const last = leftPending(view, submission);
      return last === undefined ? [] : [{ submission, last }];
    }),
    ({ submission, last }) => ({
      code: 'not-run-left-pending',
      expected: 'operations that are not run because of failOnErrors to count as failed, so that the request completes',
      actual: `they are still pending at the deadline: ${describeCounts(last)}`,
      exchanges: [view.exchangeOf(submission), last],
    }),
  );

/** A bulk request whose results are complete, with the result of each operation; undefined for one that was left out. */
interface Ended {
  readonly bulk: Bulk;
  readonly limit: number;
  readonly outcomes: readonly { readonly expected: string; readonly result: OperationResult | undefined }[];
}

/** Undefined if the request has no limit, or results are missing for another reason; BULK-06 judges that. */
const endedOf = (bulk: Bulk): Ended | undefined => {
  const { submission, results } = bulk;
  const limit = submission.failOnErrors;
  const isWhole = results.length === submission.operations.length || endsAtErrors(results, submission);
  if (limit === undefined || !isWhole) return undefined;
  const byPlace = new Map(results.map((result) => [result.index, result]));
  const outcomes = submission.operations.map(({ expected }, place) => ({ expected, result: byPlace.get(place) }));
  return { bulk, limit, outcomes };
};

/** Whether the request stopped when it should, and how it reports the operations that were not run. */
const findWrongStop = ({ bulk, limit, outcomes }: Ended): Finding<Code>[] => {
  const { poll } = bulk;
  const fail = findingOf(bulk);
  const isFailed = (result: OperationResult | undefined): boolean => result !== undefined && failed(result);
  // An invalid operation that succeeds is not counted as an error here; ERR-03 judges it.
  const errors = outcomes.filter(({ expected, result }) => expected === 'failure' && isFailed(result)).length;
  const notRun = outcomes.filter(
    ({ expected, result }) => expected === 'success' && (result === undefined || failed(result)),
  );
  const findings: Finding<Code>[] = [];
  if (errors < limit && notRun.length > 0) {
    const expected = `all operations to run, because there were only ${errors} of ${limit} errors`;
    findings.push(fail('stops-too-early', expected, `${notRun.length} valid ones are not run`));
  }
  if (errors >= limit && notRun.length === 0) {
    findings.push(fail('does-not-stop', `the request to stop after ${limit} errors`, 'every valid operation is run'));
  }
  const counts = countsOf(responseObject(poll) ?? {});
  const bad = outcomes.filter(({ result }) => result === undefined || failed(result)).length;
  if (counts !== undefined && counts.total === outcomes.length && counts.failed < bad) {
    findings.push(fail('not-run-not-counted', `failed ${bad}, including those not run`, countsInWords(counts)));
  }
  // A result that is left out is right, too (RFC 7644 §3.7).
  const other = notRun.find(({ result }) => result !== undefined && result.status !== '424')?.result;
  if (findings.length === 0 && other !== undefined) {
    const expected = 'status "424" for an operation that is not run';
    findings.push({ level: 'SHOULD', ...fail('not-run-without-424', expected, `it is "${other.status ?? ''}"`) });
  }
  return findings;
};

const findEffects = (view: TraceView, bulk: Bulk): Finding<Code>[] =>
  view.answered('search').flatMap((search) => {
    const place = bulk.submission.operations.findIndex(({ userName }) => userName === search.subject);
    const result = bulk.results.find(({ index }) => index === place);
    // A synchronous answer has a result of everything that was run (RFC 7644 §3.7.3).
    const isLeftOut = result === undefined && place >= 0 && endedOf(bulk) !== undefined && !bulk.submission.accepted;
    const isNotRun = isLeftOut || (result !== undefined && failed(result));
    if (!isNotRun || (countFound(search) ?? 0) === 0) return [];
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
  alsoSynchronous: true,
  guide: {
    why: [
      'With `failOnErrors` a client stops a bulk request that goes wrong before it does more damage.',
      'If it is ignored, the damage is done; if the other operations stay pending, the client waits forever.',
    ],
    tested: [
      'Requests of about 40 operations with `failOnErrors` 1 or 2 begin with that number of invalid operations; in one request the error is a reference that leads to nothing; one request has fewer errors than the limit.',
      'Once the limit is reached, at least one valid operation must not be run; operations that were already running may finish. Below the limit all have to run. Errors of another request at the same time do not count.',
      'An operation that is not run has to count as failed and to have no effect, and the request has to complete.',
      'The result of an operation that is not run should have `"status": "424"`: another status is a warning. Such results may also be left out.',
      'If the target serves no asynchronous binding, the requests are sent synchronously, and an operation without a result must not have been run.',
    ],
    fix: [
      'Check the number of errors of the request each time before you start the next operation; count failed references, too.',
      'When the limit is reached, write a result with `"status": "424"` for every operation that has not begun, and add those to `failed`, so that `pending` reaches 0.',
      'Stop at exactly n errors: look for `>` in place of `>=`, and for a counter that several requests share.',
    ],
  },
  codes: {
    'not-run-left-pending': 'operations that failOnErrors stopped stay pending, so that the request never completes',
    'stops-too-early': 'valid operations are not run although there were fewer errors than failOnErrors',
    'does-not-stop': 'every operation is run although the number of errors reached failOnErrors',
    'not-run-not-counted': 'operations that were not run do not count as failed',
    'not-run-without-424': 'the result of an operation that was not run has a status other than 424',
    'not-run-has-an-effect': 'an operation that is reported as not run was done',
  },
  from: [failOnErrorsScenario],
  judge: (view) =>
    together<Code>(
      judgeLeftPending(view),
      ...bulksOf(view).map((bulk): Judgement<Code> => {
        const ended = endedOf(bulk);
        return ended === undefined
          ? together()
          : { exercised: 1, findings: [...findWrongStop(ended), ...findEffects(view, bulk)] };
      }),
    ),
});
