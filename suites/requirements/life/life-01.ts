/**
 * LIFE-01. Left to other requirements: requests of a burst (RATE-05), operations that were stopped (BULK-03, CNCL-01), and
 * requests of which only some completion events came (EVT-04).
 */
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { completionOf } from '../../security-events/security-event-token.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { leftPending } from '../../judging/bulk-requests.js';
import { isStillMoving } from '../../judging/still-moving.js';
import { booleansOf } from '../../judging/status-members.js';

/** Whether completion events came for some operations of a bulk request, but not for all, and no more of them come. */
const hasOnlySomeEvents = (trace: TraceView, submission: Submission): boolean =>
  submission.shape === 'bulk' &&
  trace.completion(submission) === undefined &&
  !isStillMoving(trace, submission) &&
  trace.tokens(submission).some(({ claims }) => completionOf(claims) !== undefined);

/** The last read that showed a request pending, and the 404 after it: only a completed request may be deleted. */
const lostWhilePending = (trace: TraceView, submission: Submission): Answered[] => {
  // At a result URI a 404 may mean that the request is pending (profile §7, clarification 5).
  if (submission.binding !== 'request-mode') return [];
  const reads = trace.statusReads(submission).filter(({ credential }) => credential === 'primary');
  const last = reads.at(-1);
  const before = reads.at(-2);
  const wasPending = before !== undefined && booleansOf(responseObject(before) ?? {})?.completed === false;
  return last?.response.status === 404 && wasPending && !trace.isForgotten(last) ? [before, last] : [];
};

/** Whether the suite never came before the promised retention was over: it does not know whether there was an end. */
const cameTooLate = (trace: TraceView, submission: Submission): boolean => {
  const reads = trace.statusReads(submission).filter(({ credential }) => credential === 'primary');
  return reads.length > 0 && reads.every((read) => trace.isForgotten(read));
};

/** Whether a result that holds less than all operations is the end, because failOnErrors is 0 (profile 1.1, clarification 2). */
const mayHaveEnded = (trace: TraceView, submission: Submission): boolean =>
  submission.binding === 'respond-async' &&
  submission.failOnErrors === 0 &&
  trace.statusReads(submission).at(-1)?.response.status === 200;

export const life01 = defineRequirement({
  id: 'LIFE-01',
  since: '1.0',
  level: 'MUST',
  title: 'every accepted request completes within the deadline (default 60 s, a flag)',
  source: cite('Fig1, P-D'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'An accepted request that never ends is lost work: the user cannot sign in, and there is no error.',
      'The client cannot safely send it again either, because the first one may still be done.',
    ],
    tested: [
      'Every accepted request of the run is polled as its `Retry-After` asks, or its completion events are awaited, until it is done or the deadline has passed: 60 seconds, or what `--deadline` says.',
      'It is a failure if a request is still pending then, or if a status that was pending is answered 404.',
      'After two overdue requests the suite waits less for the next ones (a sixth of the deadline, at least 5 seconds).',
      'Left to other requirements: requests of the burst (RATE-05), operations left pending by `failOnErrors` (BULK-03) or a cancel (CNCL-01), and requests of which only some events came and then no more (EVT-04).',
    ],
    fix: [
      'Check how a job leaves the queue. Usual causes: the job is acknowledged before it is done, or its worker dies of an exception that is not turned into a result.',
      'Catch every exception of an operation and store it as a failed result, such as `"status": "500"`.',
      'Store the job in the same transaction as its status, before the 202, and give it to another worker when its worker is gone.',
      'If the provider is only slow, give `--deadline` more seconds.',
    ],
  },
  codes: {
    'still-pending': 'an accepted request is not completed within the deadline',
    'lost-while-pending': 'the status of a request that was pending is answered 404',
  },
  from: 'every',
  judge: (trace) =>
    judgeEach(
      (trace.isOf(burst) ? [] : trace.submissions()).flatMap((submission) => {
        const settlement = trace.settlement(submission);
        const lost = lostWhilePending(trace, submission);
        return settlement === undefined ||
          // If the suite could not read the end of a request, it does not know whether there was one.
          (settlement.outcome === 'unreadable' && lost.length === 0) ||
          trace.isCancelled(submission.n) ||
          cameTooLate(trace, submission) ||
          hasOnlySomeEvents(trace, submission) ||
          mayHaveEnded(trace, submission) ||
          leftPending(trace, submission) !== undefined
          ? []
          : [{ submission, settlement, lost }];
      }),
      ({ submission, settlement, lost }): Finding<'still-pending' | 'lost-while-pending'> | undefined => {
        const expected = 'the accepted request to complete';
        const asked = trace.exchangeOf(submission);
        if (settlement.outcome === 'deadline') {
          const actual = `it is still pending after ${(settlement.waited / 1000).toFixed(1)} s`;
          return {
            code: 'still-pending',
            expected,
            actual,
            exchanges: [asked, ...trace.statusReads(submission).slice(-1)],
          };
        }
        return settlement.outcome === 'unreadable' && lost.length > 0
          ? {
              code: 'lost-while-pending',
              expected,
              actual: 'its status was pending, and is answered 404',
              exchanges: [asked, ...lost],
            }
          : undefined;
      },
    ),
});
