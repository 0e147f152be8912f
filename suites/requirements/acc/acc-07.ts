/** ACC-07. Where nothing is pending any more, the same work done synchronously is the measure. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import {
  acceptanceBeforeWork,
  acceptanceBeforeWorkSteps,
} from '../../scenarios/request-mode/acceptance-before-work.js';
import { isObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';

const pendingOf = (status: { operationsCount?: unknown }): unknown =>
  isObject(status.operationsCount) ? status.operationsCount.pending : undefined;

export const acc07 = defineRequirement({
  id: 'ACC-07',
  since: '1.0',
  level: 'SHOULD',
  title:
    'the 202 comes before the work is done: with many operations, the first status seen still has some pending, or acceptance is faster than the same bulk done synchronously',
  source: cite('P-A'),
  needs: { binding: 'request-mode', capability: 'bulk' },
  guide: {
    why: [
      'The client asked for an asynchronous answer so that it need not wait.',
      'Where the work is done before the 202 is sent, large requests run into the same timeouts as before.',
    ],
    tested: [
      'A bulk request of 50 creates (fewer, where `bulk.maxOperations` is less) is submitted while nothing else is in flight, and its status is read at once; then as many are sent in a synchronous bulk request.',
      'It passes if the first status that is seen, in the 202 or by the read, has something pending, or if the 202 came sooner than the synchronous answer.',
      'It needs bulk, and is at most a warning.',
    ],
    fix: [
      'Check the envelope of the request, store it, put it in the queue and answer; the work belongs to a worker.',
      'Usual causes: an `await` on the work, a queue that runs jobs inline in this configuration, or a 202 that is sent only when the transaction of the work is committed.',
    ],
  },
  codes: { 'accepted-after-the-work': 'the 202 comes when the work is done already' },
  from: [acceptanceBeforeWork],
  judge: (trace) =>
    judgeEach(
      trace.acceptances().filter(({ exchange }) => isStep(exchange, acceptanceBeforeWorkSteps.large)),
      ({ submission, exchange }) => {
        const first = trace.sightings(submission)[0];
        const pending = first === undefined ? undefined : pendingOf(first.status);
        const synchronous = trace
          .variant(acceptanceBeforeWorkSteps.large, 'bulk')
          .find(({ response }) => response.status === 200);
        if (typeof pending === 'number' && pending > 0) return undefined;
        if (synchronous === undefined || exchange.took < synchronous.took) return undefined;
        return {
          code: 'accepted-after-the-work',
          expected: 'the 202 before the work is done',
          actual: `the first status has nothing pending, and acceptance took ${Math.round(exchange.took)} ms where the same bulk took ${Math.round(synchronous.took)} ms synchronously`,
          exchanges: [synchronous, exchange],
        };
      },
    ),
});
