/**
 * ACC-07. A first status with nothing pending may only mean that the work is fast. In that case the time until the 202
 * is compared with the time of the same bulk request done synchronously.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import {
  acceptanceBeforeWork,
  acceptanceBeforeWorkSteps,
} from '../../scenarios/request-mode/acceptance-before-work.js';
import { isObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';

/** A 202 that comes within so many milliseconds makes nobody wait, and the network alone may take as long. */
const soonMs = 20;

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
      'The client asked for an asynchronous answer so that it does not have to wait.',
      'If the work is done before the 202 is sent, large requests run into the same timeouts as before.',
    ],
    tested: [
      'A bulk request of 50 creates (fewer if `bulk.maxOperations` is less) is submitted while nothing else is in flight, and its status is read at once; then the same number of creates is sent in a synchronous bulk request.',
      'The requirement is met if the first status, in the 202 or from the read, has operations pending, or if the 202 came faster than the synchronous answer or within 20 ms.',
      'The test needs bulk, and its outcome is at most a warning.',
    ],
    fix: [
      'Check the form of the request, store it, put it in the queue and answer; leave the work to a worker.',
      'Usual causes: an `await` on the work, a queue that runs jobs inline in this configuration, or a 202 that is sent only when the transaction of the work is committed.',
    ],
  },
  codes: { 'accepted-after-the-work': 'the 202 comes when the work is already done' },
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
        if (synchronous === undefined || exchange.took < Math.max(synchronous.took, soonMs)) return undefined;
        return {
          code: 'accepted-after-the-work',
          expected: 'the 202 to come before the work is done',
          actual: `the first status has nothing pending, and the 202 took ${Math.round(exchange.took)} ms, while the same bulk request took ${Math.round(synchronous.took)} ms synchronously`,
          exchanges: [synchronous, exchange],
        };
      },
    ),
});
