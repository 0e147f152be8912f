/** EVT-04. Only tokens are counted: results in another form are no events. A token that is issued again counts once. */
import type { Exchange, ReceivedToken } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf, txnOf } from '../../security-events/security-event-token.js';
import { isObject, textOf } from '../../trace/message.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { completions, hasOnlyBareResults, noToken } from './each-token.js';

/** The exchange that brought the last completion event of a submission. */
const lastExchange = (trace: TraceView, events: readonly ReceivedToken[]): readonly Exchange[] => {
  const last = events.at(-1);
  return last === undefined ? [] : [trace.exchangeAt(last.exchange)];
};

/** The number of operations that events report. */
const countDifferent = (events: readonly ReceivedToken[]): number => {
  // A token that is issued again for the same operation has the same txn (RFC 9967 §2.2).
  const different = new Set(
    events.map(({ claims }) => {
      const payload = completionOf(claims);
      return `${txnOf(claims) ?? ''} ${isObject(payload) ? textOf(payload.bulkId) : ''}`;
    }),
  );
  return different.size;
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
      'A token that is sent again counts once. Only tokens are counted: results in another form are not judged here.',
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
  judge: (trace) => {
    if (hasOnlyBareResults(trace)) return notApplicable(noToken);
    const bulks = trace
      .accepted()
      .filter(({ submission }) => submission.shape === 'bulk' && trace.settlement(submission) !== undefined)
      .map(({ submission, exchange }) => ({ submission, exchange, events: completions(trace, submission) }));
    return judgeEach(
      // If no event came at all, LIFE-01 judges that.
      bulks.filter(({ events }) => events.length > 0),
      ({ submission, exchange, events }) => {
        const count = countDifferent(events);
        const wanted = submission.operations.length;
        return count === wanted
          ? undefined
          : {
              code: count < wanted ? 'event-missing' : 'event-too-many',
              expected: `${wanted} completion events, one for each operation`,
              actual: `there are ${count}`,
              exchanges: [exchange, ...lastExchange(trace, events)],
            };
      },
    );
  },
});
