/** BULK-07. Judged as a history. Operations of different requests may come in any order. */
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
      'A client that changes a user twice in one request means the last change to stand.',
      'Where the order is lost, an old value wins, or an account that was deleted at the end is left.',
    ],
    tested: [
      'Bulk requests hold up to 24 PUTs and PATCHes of one user, each with a value of its own, or a PUT and then a DELETE.',
      'When the request is completed, the user has to show what the last successful operation wrote, or to be gone.',
      'Requests that write several users in random interleavings are judged in the same way; operations of different requests may come in any order.',
    ],
    fix: [
      'Run operations in parallel only where they are on different resources: let those with one `path`, or one `bulkId` reference, stand in one lane and keep their order.',
      'Look for a limit beyond which the lanes are split (a batch size, a partition), and for DELETEs that take a faster way.',
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
