/** EVT-04. A token that is issued again counts once; a result without a token counts as an event. */
import type { Exchange, Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf, readResultBody, txnOf } from '../../security-events/security-event-token.js';
import { isObject, textOf } from '../../trace/message.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { completions } from './each-token.js';

/** For how many operations there was a completion event, or a result without a token, and what brought the last. */
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
  return last === undefined ? { count: 0 } : { count: readResultBody(last.response.body).operations.length, last };
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
      'A client is done with a bulk request when it has heard of every operation.',
      'Where one event is missing, it waits until its deadline and does not know whether that user exists.',
    ],
    tested: [
      'After a bulk request there have to be as many different completion events (by `txn` and `bulkId`) as operations, whether these succeeded, failed or were stopped by `failOnErrors`.',
      'The suite waits until the deadline (60 seconds, `--deadline`); where nothing comes at all, it is LIFE-01’s.',
      'A token that is sent again counts once.',
    ],
    fix: [
      'Issue an event for every operation, in the same place where its result is stored: successes, failures, and those that `failOnErrors` stops, with `"status": "424"`.',
      'Often only failures are reported, or a code path that returns early issues none.',
    ],
  },
  codes: {
    'event-missing': 'there are fewer completion events than operations of a bulk request',
    'event-too-many': 'there are more completion events than operations of a bulk request',
  },
  from: answered,
  judge: (trace) =>
    judgeEach(
      trace.accepted().filter(({ submission }) => {
        const isSettled = trace.settlement(submission) !== undefined;
        // Where nothing came at all, it is LIFE-01's.
        const some = trace.completion(submission) !== undefined || resultsSeen(trace, submission).count > 0;
        return submission.shape === 'bulk' && isSettled && some;
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
