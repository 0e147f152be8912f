/** STAT-06. Every answer is judged alone, because a client may stop polling at any one of them. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { countedSightings } from '../../judging/counted-sightings.js';
import { booleansOf, type Counts } from '../../judging/status-members.js';
import type { LooseStatus } from '../../judging/status-sightings.js';
import { operationResults } from '../../bindings/operation-result.js';

const codes = {
  'success-with-failed-result': 'a single request counts as a success although its result has failed',
  'success-despite-failure': 'success is true although an operation has failed',
  'success-too-early': 'success is true before the request is completed',
  'success-withheld': 'success is false although the request is completed and nothing has failed',
};

/** The status of the only result, if it has failed. BULK-01 compares the counts of bulk requests with their results. */
const failedResult = ({ Operations }: LooseStatus, { total }: Counts): string | undefined => {
  const results = operationResults({ Operations });
  const [{ status } = {}] = results;
  return total === 1 && results.length === 1 && Number(status) >= 400 ? status : undefined;
};

const codeOf = ({ success }: { success: boolean }, { failed }: Counts): keyof typeof codes => {
  if (!success) return 'success-withheld';
  return failed > 0 ? 'success-despite-failure' : 'success-too-early';
};

export const stat06 = defineRequirement({
  id: 'STAT-06',
  since: '1.0',
  level: 'MUST',
  title: 'success exactly when completed and failed is 0',
  source: cite('P-C, D4'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Many clients check only `success`.',
      'If it is true although an operation failed, the failed users are never reported; if it is false although all operations succeeded, there is a false alarm.',
    ],
    tested: [
      'In every status resource that is seen, `status.success` has to be true exactly when `status.completed` is true and `operationsCount.failed` is 0.',
      'While the request is pending it is false. When it is completed, a single request whose result in `Operations` has failed has to count as failed (BULK-01 compares those of bulk requests).',
    ],
    fix: [
      'Derive it from the counts, in the same place as `completed`: `completed && failed === 0`.',
      'Usual causes: the flag means that the job ran without an exception, or that some operation succeeded, or it is set once and never updated.',
    ],
  },
  codes,
  from: settling,
  judge: (trace) =>
    judgeEach(
      countedSightings(trace.sightings()),
      ({ counts, exchange, status }): Finding<keyof typeof codes> | undefined => {
        const booleans = booleansOf(status);
        if (booleans === undefined) return undefined;
        const failed = failedResult(status, counts);
        if (booleans.completed && failed !== undefined && counts.failed === 0)
          return {
            code: 'success-with-failed-result',
            expected: `failed 1, because the result has the status ${failed}`,
            actual: `failed is 0, and success is ${booleans.success}`,
            exchanges: [exchange],
          };
        const success = booleans.completed && counts.failed === 0;
        return booleans.success === success
          ? undefined
          : {
              code: codeOf(booleans, counts),
              expected: `success ${success} with completed ${booleans.completed} and ${counts.failed} failed`,
              actual: `success is ${booleans.success}`,
              exchanges: [exchange],
            };
      },
    ),
});
