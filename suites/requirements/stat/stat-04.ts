/** STAT-04. Each answer is compared with the request; a total that is right in every answer has never changed. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { countedSightings } from '../../judging/counted-sightings.js';

export const stat04 = defineRequirement({
  id: 'STAT-04',
  since: '1.0',
  level: 'MUST',
  title: 'total is the number of operations submitted (1 for a single request) and never changes',
  source: cite('P-C'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'From `total` a client sees that all of its operations have arrived.',
      'If it differs or grows, the client cannot tell whether operations were dropped or done twice.',
    ],
    tested: [
      'In every status resource that is seen, `total` has to be the number of operations in the request: 1 for a single POST, PUT, PATCH or DELETE, the length of `Operations` for a bulk request.',
      'Operations that fail, or that `failOnErrors` or a cancel stops, count as well.',
    ],
    fix: [
      'Set `total` when the request is accepted, from the number of its operations, and never change it again.',
      'Usual causes: operations are counted when workers start them, a retry counts as a new operation, or invalid operations are left out.',
    ],
  },
  codes: { 'total-wrong': 'total is not the number of operations submitted' },
  from: settling,
  judge: (trace) =>
    judgeEach(countedSightings(trace.sightings()), ({ counts, exchange, submission }) =>
      counts.total === submission.operations.length
        ? undefined
        : {
            code: 'total-wrong',
            expected: `total ${submission.operations.length}, the number of operations submitted`,
            actual: `it is ${counts.total}`,
            exchanges: [trace.exchangeOf(submission), exchange],
          },
    ),
});
