/** STAT-04. A total that is right in every answer never changes. */
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
      'By `total` a client sees that all it sent has arrived.',
      'Where it differs or grows, the client cannot tell whether operations were dropped or done twice.',
    ],
    tested: [
      'In every status resource that is seen, `total` has to be the number of operations in the request: 1 for a single POST, PUT, PATCH or DELETE, the length of `Operations` for a bulk request.',
      'Operations that fail, or that `failOnErrors` or a cancel stops, count as well.',
    ],
    fix: [
      'Set `total` when the request is accepted, from the number of its operations, and never touch it again.',
      'Usual causes: operations are counted as workers take them up, a retry counts as a new one, or those that do not validate are left out.',
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
            exchanges: [trace.asking(submission), exchange],
          },
    ),
});
