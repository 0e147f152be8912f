/** EVT-04. A token that is issued again counts only once; a result without a token counts as an event. */
import type { Exchange, Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf, resultOf, txnOf } from '../../security-events/security-event-token.js';
import { isObject, textOf } from '../../trace/message.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { completions } from './each-token.js';

/** For how many operations a completion event, or a result without a token, was seen, and the exchange that brought the last. */
const resultsSeen = (trace: TraceView, submission: Submission): { count: number; last?: Exchange } => {
  const events = completions(trace, submission);
  if (events.length > 0) {
    const last = trace.exchangeAt(events.at(-1)?.exchange ?? -1);
    // A token that is issued again for the same operation has the same txn (RFC 9967 §2.2).
    const different = new Set(
      events.map(({ claims }) => {
        const payload = completionOf(claims);
        return `${txnOf(claims) ?? ''} ${isObject(payload) ? textOf(payload.bulkId) : ''}`;
      }),
    );
    return { count: different.size, last };
  }
  const last = trace.statusReads(submission).findLast(({ response }) => response.status === 200);
  return last === undefined ? { count: 0 } : { count: resultOf(last.response).operations.length, last };
};

export const evt04 = defineRequirement({
  id: 'EVT-04',
  since: '1.0',
  level: 'MUST',
  title: 'one completion event for each operation of a bulk',
  source: cite('RFC 9967 §2.5.1.2'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'For a client a bulk request is done when it has an event for every operation.',
      'If one event is missing, the client waits until its deadline and does not know whether that user exists.',
    ],
    tested: [
      'After a bulk request there have to be as many different completion events (by `txn` and `bulkId`) as operations, whether these succeeded, failed or were stopped by `failOnErrors`.',
      'The suite waits until the deadline (60 seconds, `--deadline`); if no event comes at all, LIFE-01 judges that.',
      'A token that is sent again counts once.',
    ],
    fix: [
      'Issue an event for every operation at the place in the code that stores its result: for successes, for failures, and for operations that `failOnErrors` stops, with `"status": "424"`.',
      'Often only failures are reported, or a code path that returns early issues none.',
    ],
  },
  codes: {
    'event-missing': 'a bulk request has fewer completion events than operations',
    'event-too-many': 'a bulk request has more completion events than operations',
  },
  from: answered,
  judge: (trace) =>
    judgeEach(
      trace.accepted().filter(({ submission }) => {
        const isSettled = trace.settlement(submission) !== undefined;
        // If nothing came at all, LIFE-01 judges that.
        const hasSome = trace.completion(submission) !== undefined || resultsSeen(trace, submission).count > 0;
        return submission.shape === 'bulk' && isSettled && hasSome;
      }),
      ({ submission, exchange }) => {
        const { count, last } = resultsSeen(trace, submission);
        const wanted = submission.operations.length;
        return count === wanted
          ? undefined
          : {
              code: count < wanted ? 'event-missing' : 'event-too-many',
              expected: `${wanted} completion events, one for each operation`,
              actual: `there are ${count}`,
              exchanges: [exchange, ...(last === undefined ? [] : [last])],
            };
      },
    ),
});
