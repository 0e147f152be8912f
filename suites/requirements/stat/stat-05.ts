/** STAT-05. Every answer is judged alone, because a client may stop polling at any one of them. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { countedSightings } from '../../judging/counted-sightings.js';
import { booleansOf } from '../../judging/status-members.js';

export const stat05 = defineRequirement({
  id: 'STAT-05',
  since: '1.0',
  level: 'MUST',
  title: 'completed exactly when pending is 0',
  source: cite('P-C, D4'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client waits for `completed`.',
      'If it is true too early, the client reads results that are not there yet; if it stays false, it polls until its own deadline.',
    ],
    tested: [
      'In every status resource that is seen, `status.completed` has to be true exactly when `operationsCount.pending` is 0.',
      'Each answer is judged alone, in all requests that are followed to their end.',
    ],
    fix: [
      'Derive it: `completed` is `pending === 0`, computed from the same snapshot as the counts.',
      'A separate flag, which the queue sets when a job is taken or when the last operation begins, is early or late by a moment, and clients that poll see the difference.',
    ],
  },
  codes: {
    'completed-too-early': 'completed is true while something is pending',
    'completed-too-late': 'completed is false when nothing is pending',
  },
  from: settling,
  judge: (trace) =>
    judgeEach(countedSightings(trace.sightings()), ({ counts, exchange, status }) => {
      const booleans = booleansOf(status);
      return booleans === undefined || booleans.completed === (counts.pending === 0)
        ? undefined
        : {
            code: booleans.completed ? 'completed-too-early' : 'completed-too-late',
            expected: `completed ${counts.pending === 0} with ${counts.pending} pending`,
            actual: `completed is ${booleans.completed}`,
            exchanges: [exchange],
          };
    }),
});
