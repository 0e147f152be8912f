/** BULK-07. Judged by a history of writes and reads. Operations of different requests may take effect in any order. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { storiesOf } from '../../judging/history/anomalies.js';
import { bulkOrder } from '../../scenarios/bulk/bulk-order.js';
import { interleaving } from '../../scenarios/lifecycle/interleaving.js';
import { readWhileProcessing } from '../../scenarios/lifecycle/read-while-processing.js';
import { anomalies, evidence, shown, written } from '../../judging/history/effects.js';

export const bulk07 = defineRequirement({
  id: 'BULK-07',
  since: '1.0',
  level: 'MUST',
  title: "operations on one resource within a bulk take effect in the request's order",
  source: cite('RFC 7644 §3.7'),
  needs: { binding: 'any', capability: 'bulk' },
  guide: {
    why: [
      'A client that changes a user twice in one request wants the last change to remain.',
      'If the order is lost, an old value remains, or an account that was deleted at the end still exists.',
    ],
    tested: [
      'Bulk requests hold up to 24 PUTs and PATCHes of one user, each with a different value, or a PUT and then a DELETE.',
      'When the request is completed, a read of the user has to show the value of the last successful operation, or 404 after a DELETE.',
      'Requests that write several users in random interleavings are judged in the same way; operations of different requests may come in any order.',
    ],
    fix: [
      'Run operations in parallel only if they are on different resources: keep those with the same `path`, or the same `bulkId` reference, in one lane and in their order.',
      'Look for a limit at which a lane is split (a batch size, a partition), and for DELETEs that go another, faster way.',
    ],
  },
  codes: { 'out-of-order': 'operations on one resource take effect in another order than that of the request' },
  from: [bulkOrder, readWhileProcessing, interleaving],
  judge: (trace) => {
    const stories = storiesOf(trace).filter(({ writes }) =>
      writes.some((write) => write.index > 0 && writes.some(({ submission }) => submission === write.submission)),
    );
    return {
      exercised: stories.length,
      findings: anomalies(trace, ['disordered']).map((anomaly) => ({
        code: 'out-of-order' as const,
        expected: `${written(anomaly.writes.filter(({ outcome, index }) => outcome === 'success' && index > 0).at(-1))}, the last operation on it`,
        actual: shown(anomaly),
        exchanges: evidence(anomaly),
      })),
    };
  },
});
