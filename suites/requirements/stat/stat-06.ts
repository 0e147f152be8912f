/** STAT-06. Every answer is judged alone, because a client may stop polling at any one of them. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { countedSightings } from '../../judging/counted-sightings.js';
import { booleansOf, type Counts } from '../../judging/status-members.js';

const codes = {
  'success-despite-failure': 'success is true although an operation has failed',
  'success-too-early': 'success is true before the request is completed',
  'success-withheld': 'success is false although the request is completed and nothing has failed',
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
      'While the request is pending it is false.',
    ],
    fix: [
      'Derive it from the counts, in the same place as `completed`: `completed && failed === 0`.',
      'Usual causes: the flag means that the job ran without an exception, or that some operation succeeded, or it is set once and never updated.',
    ],
  },
  codes,
  from: settling,
  judge: (trace) =>
    judgeEach(countedSightings(trace.sightings()), ({ counts, exchange, status }) => {
      const booleans = booleansOf(status);
      if (booleans === undefined) return undefined;
      const success = booleans.completed && counts.failed === 0;
      return booleans.success === success
        ? undefined
        : {
            code: codeOf(booleans, counts),
            expected: `success ${success} with completed ${booleans.completed} and ${counts.failed} failed`,
            actual: `success is ${booleans.success}`,
            exchanges: [exchange],
          };
    }),
});
