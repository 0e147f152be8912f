/** LIFE-12. Whether If-Match is honoured at all is not judged here: asynchronous writes are compared with synchronous ones. */
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, notApplicable, together } from '../../judging/judge.js';
import { stateIn } from '../../judging/shown-state.js';
import type { TraceView } from '../../judging/trace-view.js';
import { conditionalWrites, conditionalWritesSteps as steps } from '../../scenarios/lifecycle/conditional-writes.js';
import { succeeded } from '../../trace/answers.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { isDone, outcomeOf, type OperationOutcome } from '../err/operation-outcome.js';

const codes = {
  'stale-write-done': 'an asynchronous write with the ETag of an older version is done',
  'stale-write-has-effect': 'an asynchronous write is refused with 412, and its effect is there all the same',
  'stale-refused-otherwise': 'an asynchronous write with the ETag of an older version is refused, but not with 412',
  'current-write-refused': 'an asynchronous write with the current ETag is refused with 412',
  'list-of-tags-refused': 'an asynchronous write with a list of ETags that holds the current one is refused with 412',
  'any-version-refused': 'an asynchronous write with `If-Match: *` of what is there is refused with 412',
  'overwritten-with-one-tag': 'of several asynchronous writes with the same ETag, more than one is done',
};

type Code = keyof typeof codes;

/** The synchronous write of this step. */
const control = (trace: TraceView, step: keyof typeof steps): Answered | undefined =>
  trace.variant(steps[step], 'replace')[0];

/** A bulk request that was not accepted shows the status of its operation in another form, and is left out. */
const submissionsOf = (trace: TraceView, step: keyof typeof steps): Submission[] =>
  trace
    .submissions()
    .filter((submission) => isStep(trace.exchangeOf(submission), steps[step]))
    .filter(({ accepted, shape }) => accepted || shape === 'single');

/** The read after a write, if it shows another state than the read before it. */
const changedBy = (trace: TraceView): Answered | undefined => {
  const [before] = trace.variant(steps.beforeStale, 'read');
  const [after] = trace.variant(steps.afterStale, 'read');
  return before === undefined || after === undefined || stateIn(before) === stateIn(after) ? undefined : after;
};

const findStale = (trace: TraceView, twin: Answered, outcome: OperationOutcome): Finding<Code> | undefined => {
  const changed = changedBy(trace);
  const exchanges = [twin, ...outcome.exchanges, ...(changed === undefined ? [] : [changed])];
  const expected =
    '412 to an asynchronous write with the ETag of an older version, as to the same write made synchronously';
  if (isDone(outcome)) return { code: 'stale-write-done', expected, actual: 'it is done', exchanges };
  if (outcome.status !== '412')
    // RFC 9110 §13.1.1 demands that it is not done; 412 is what a server may answer.
    return {
      code: 'stale-refused-otherwise',
      level: 'SHOULD',
      expected,
      actual: `its status is ${outcome.status ?? ''}`,
      exchanges,
    };
  return changed === undefined
    ? undefined
    : { code: 'stale-write-has-effect', expected: 'no effect of a write with 412', actual: 'it is applied', exchanges };
};

/** The synchronous write with the old tag has to be answered 412, or the provider does not honour If-Match at all. */
const judgeStale = (trace: TraceView): Judgement<Code> => {
  const twin = control(trace, 'synchronousStale');
  if (twin === undefined) return together();
  if (twin.response.status !== 412) return notApplicable('If-Match is not honoured by synchronous writes either.');
  return judgeEach(
    submissionsOf(trace, 'stale')
      .flatMap((submission) => outcomeOf(trace, submission) ?? [])
      // 501 says that such writes are not supported (profile §7, clarification 14), and ERR-09 judges other errors of 5xx.
      .filter(({ status }) => status?.startsWith('5') !== true),
    (outcome) => findStale(trace, twin, outcome),
  );
};

/** Each operation of the request that was done. */
const donesOf = (trace: TraceView, submission: Submission): readonly Answered[][] => {
  if (submission.shape === 'single') {
    const outcome = outcomeOf(trace, submission);
    return outcome === undefined ? [] : [isDone(outcome) ? [...outcome.exchanges] : []];
  }
  const completion = trace.completion(submission);
  return (completion?.results ?? []).map(({ status }) =>
    completion !== undefined && /^2/.test(status ?? '') ? [trace.exchangeOf(submission), completion.poll] : [],
  );
};

/**
 * Writes by other methods than the synchronous one, and in larger bulk requests, must not be done. How they are refused is
 * not judged: a provider may not serve them at all.
 */
const judgeAlsoStale = (trace: TraceView): Judgement<Code> => {
  const twin = control(trace, 'synchronousStale');
  if (twin?.response.status !== 412) return together();
  return judgeEach(
    submissionsOf(trace, 'alsoStale').flatMap((submission) => donesOf(trace, submission)),
    (done): Finding<Code> | undefined =>
      done.length === 0
        ? undefined
        : {
            code: 'stale-write-done',
            expected: 'no write by any method, alone or in a bulk request, with the ETag of an older version',
            actual: 'it is done',
            exchanges: [twin, ...done],
          },
  );
};

/** Writes whose condition holds, if the same write made synchronously succeeds. */
const fulfilled = [
  { twin: 'synchronousCurrent', step: 'current', code: 'current-write-refused', field: 'the current ETag' },
  { twin: 'synchronousList', step: 'list', code: 'list-of-tags-refused', field: 'a list that holds the current ETag' },
  { twin: 'synchronousStar', step: 'star', code: 'any-version-refused', field: '`If-Match: *`' },
] as const;

const judgeFulfilled = (trace: TraceView): Judgement<Code> =>
  together(
    ...fulfilled.map(({ twin: twinStep, step, code, field }) => {
      const twin = control(trace, twinStep);
      const outcomes = submissionsOf(trace, step).flatMap((submission) => outcomeOf(trace, submission) ?? []);
      return judgeEach(twin !== undefined && succeeded(twin) ? outcomes : [], (outcome): Finding<Code> | undefined =>
        outcome.status === '412' && twin !== undefined
          ? {
              code,
              expected: `an asynchronous write with ${field} to be done, as the same write made synchronously`,
              actual: 'its status is 412',
              exchanges: [twin, ...outcome.exchanges],
            }
          : undefined,
      );
    }),
  );

/** The first of these writes changes the tag: a second one that is done overwrites it without a word. */
const judgeTogether = (trace: TraceView): Judgement<Code> => {
  if (control(trace, 'synchronousStale')?.response.status !== 412) return together();
  const outcomes = submissionsOf(trace, 'together').flatMap((submission) => outcomeOf(trace, submission) ?? []);
  return judgeEach(outcomes.length > 1 ? [outcomes.filter(isDone)] : [], (done): Finding<Code> | undefined => {
    const [first, ...others] = done.flatMap(({ exchanges }) => exchanges);
    return done.length < 2 || first === undefined
      ? undefined
      : {
          code: 'overwritten-with-one-tag',
          expected: `one of ${outcomes.length} asynchronous writes with the same ETag to be done, and 412 to the others`,
          actual: `${done.length} are done`,
          exchanges: [first, ...others],
        };
  });
};

export const life12 = defineRequirement({
  id: 'LIFE-12',
  since: '1.1',
  level: 'MUST',
  title:
    '`If-Match` (and `version` of a bulk operation) is honoured by asynchronous writes: 412, at once or in the result',
  source: cite('RFC 7644 §3.14, §3.7'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'With `If-Match` a client changes a user only if nobody else has changed it meanwhile.',
      'An asynchronous write waits in a queue, so that another write may come first; if the condition is lost there, the change of somebody else is overwritten without a word.',
    ],
    tested: [
      'A user or group is replaced, so that its ETag changes. Then a PUT, PATCH or DELETE of the user, or a PUT of the group, is submitted with the old ETag in `If-Match`, or a bulk request with a PUT, PATCH or DELETE that has the old one as `version`.',
      'Each has to be refused with 412, at once or as the status of its result, and a read afterwards must not show it; another status than 412 is a warning.',
      'A PATCH and a DELETE of the group with the old ETag, and bulk requests with a PUT, PATCH and DELETE that all have it, must not be done either.',
      'With the current ETag the write must not be refused with 412, nor with a list of ETags that holds the current one, nor with `*`.',
      'Three writes with the same current ETag are sent at once: not more than one may be done.',
      'The same is done synchronously first: where a synchronous PUT with the old ETag is not answered 412, nothing is judged here; and the current ETag, the list and `*` are judged only if the synchronous PUT with it succeeds.',
      'Skipped if users have neither an `ETag` nor a `meta.version` that changes.',
    ],
    fix: [
      'Store the value of `If-Match`, or `version`, with the operation, and compare it when the operation runs, in the transaction that writes; not only when the request is accepted.',
      'Read `If-Match` as a list of tags or `*` (RFC 9110 §13.1.1), and check every operation of a bulk request.',
      'Report a difference as a result with `"status": "412"` and a SCIM error.',
    ],
  },
  codes,
  from: [conditionalWrites],
  judge: (trace) =>
    // If a tag is missing later, what came before it is judged all the same.
    ['no-etag', 'etag-unchanged'].includes(trace.trace.blockedBy ?? '') &&
    control(trace, 'synchronousStale') === undefined
      ? notApplicable(trace.trace.blocked ?? '')
      : together(judgeStale(trace), judgeAlsoStale(trace), judgeFulfilled(trace), judgeTogether(trace)),
});
