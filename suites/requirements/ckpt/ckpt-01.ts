/**
 * CKPT-01. Judged are requests of which something was pending at the last look before the restart. What comes between the
 * command and the first answers afterwards is not recorded: a provider may refuse connections meanwhile.
 */
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { type Counts, countsInWords, countsOf } from '../../judging/status-members.js';
import { isStillMoving } from '../../judging/still-moving.js';
import type { TraceView } from '../../judging/trace-view.js';
import { restart, restartSteps } from '../../scenarios/features/restart.js';
import { isNotFound } from '../../trace/answers.js';
import { responseObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { effectsAfterRestart } from './effects-after-restart.js';

const codes = {
  'never-completed': 'a request that a restart interrupted is not completed within the deadline',
  'status-lost': 'the status of a request that was pending before a restart is answered 404 after it',
  'counts-went-back': 'the counts of a request go back across a restart',
  'effect-lost': 'an operation of an interrupted request is reported as a success and has no effect',
  'done-twice': 'an operation of an interrupted request is done twice',
  'failed-by-restart': 'a valid operation fails with a 5xx status because the provider was restarted',
};

type Code = keyof typeof codes;

/** A request that was pending when the provider was restarted. */
interface Interrupted {
  readonly submission: Submission;
  /** The last look before the restart. */
  readonly before: Answered;
  readonly counts: Counts;
  /** All reads after it; the first one is of the step `afterwards`. */
  readonly later: readonly Answered[];
}

const countsIn = (read: Answered): Counts | undefined => countsOf(responseObject(read) ?? {});

const interruptedOf = (trace: TraceView, submission: Submission): Interrupted[] => {
  const reads = trace.statusReads(submission);
  const before = reads.findLast((read) => isStep(read, restartSteps.before));
  const counts = before === undefined ? undefined : countsIn(before);
  if (before === undefined || counts === undefined || counts.pending === 0) return [];
  const later = reads.filter(({ n }) => n > before.n);
  return later.some((read) => isStep(read, restartSteps.afterwards)) ? [{ submission, before, counts, later }] : [];
};

const lostAt = ({ later }: Interrupted): Answered | undefined => later.slice(0, 1).find(isNotFound);

const wentBackAt = ({ counts, later }: Interrupted): { read: Answered; is: Counts } | undefined => {
  for (const read of later) {
    const is = read.response.status === 200 ? countsIn(read) : undefined;
    if (is !== undefined && (is.success < counts.success || is.failed < counts.failed || is.pending > counts.pending))
      return { read, is };
  }
  return undefined;
};

const isOverdue = (trace: TraceView, { submission }: Interrupted): boolean =>
  trace.settlement(submission)?.outcome === 'deadline' && !isStillMoving(trace, submission);

/** Whether it is known what came of the request. */
const isKnown = (trace: TraceView, one: Interrupted): boolean =>
  lostAt(one) !== undefined ||
  wentBackAt(one) !== undefined ||
  isOverdue(trace, one) ||
  trace.completion(one.submission) !== undefined;

const judgeOne = (trace: TraceView, one: Interrupted, mayFail: boolean): Finding<Code>[] => {
  const { submission, before, counts, later } = one;
  const asked = trace.exchangeOf(submission);
  const lost = lostAt(one);
  if (lost !== undefined) {
    const expected = 'the status of a request that is under way to be there after a restart';
    const actual = `it is answered ${lost.response.status}`;
    return [{ code: 'status-lost', expected, actual, exchanges: [asked, before, lost] }];
  }
  const back = wentBackAt(one);
  const completion = trace.completion(submission);
  return [
    ...(back === undefined
      ? []
      : [
          {
            code: 'counts-went-back' as const,
            expected: `counts that do not go back across a restart, before which they were ${countsInWords(counts)}`,
            actual: `they are ${countsInWords(back.is)}`,
            exchanges: [asked, before, back.read],
          },
        ]),
    ...(isOverdue(trace, one)
      ? [
          {
            code: 'never-completed' as const,
            expected: 'a request that a restart interrupted to complete',
            actual: 'it is still pending at the deadline',
            exchanges: [asked, before, ...later.slice(-1)],
          },
        ]
      : []),
    ...(completion === undefined ? [] : effectsAfterRestart(trace, submission, completion, mayFail)),
  ];
};

export const ckpt01 = defineRequirement({
  id: 'CKPT-01',
  since: '1.0',
  level: 'MUST',
  title: 'a request interrupted by a restart of the provider resumes: completes, nothing lost, nothing twice',
  source: cite('P-Use B'),
  needs: { binding: 'request-mode', feature: 'checkpoint' },
  guide: {
    why: ['If a restart loses or repeats accepted work, a client has to compare all accounts to find out.'],
    tested: [
      'Give the command that restarts the provider with `--restart-command`; without it the outcome is a skip. It may end before the provider is back; if its exit code is not 0, the outcome is inconclusive.',
      'Bulk requests of 20 and 60 operations that create, replace and patch resources (then of 240, if the provider is too fast), and single creates are submitted. When some operations are done and others are not, the provider is restarted. The suite waits until it answers again, and no longer than the deadline; refused connections and 5xx answers are expected meanwhile, and not recorded.',
      'Each request that was pending must still have its status, with counts that have not gone back, and must complete within the deadline. Every resource is searched for or read then: each operation that is reported as a success must have had its effect once. A valid operation must not fail with a 5xx status, unless some had failed before the restart.',
      'A create whose `status` is `"409"` although its resource exists counts as done twice. If nothing was pending at the restart, the outcome is inconclusive. Judged only if `features` lists `checkpoint`.',
    ],
    fix: [
      'Store the request before the 202, and the result of each operation in the same transaction as its effect; at a start, continue with the operations that have no result.',
      'If effect and result cannot be stored together, store before the effect what it will be, such as the `id` of the new resource, and recognise at a start an effect that already exists.',
      'Count from the stored results, not in memory, so that `operationsCount` is the same after a restart.',
      'Do not turn what was running at a shutdown into failed operations: give it back to the queue, or let its lease end.',
    ],
  },
  codes,
  from: [restart],
  judge: (trace) => {
    const interrupted = trace
      .acceptances()
      .flatMap(({ submission }) => interruptedOf(trace, submission))
      .filter((one) => isKnown(trace, one));
    // What fails before a restart does not fail because of it.
    const mayFail = interrupted.some(({ counts }) => counts.failed > 0);
    return judgeEach(interrupted, (one) => judgeOne(trace, one, mayFail));
  },
});
