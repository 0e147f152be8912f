/** STAT-03. Every answer is judged alone, because a client may see any one of them. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { countedSightings } from '../../judging/counted-sightings.js';
import { countsInWords } from '../../judging/status-members.js';

export const stat03 = defineRequirement({
  id: 'STAT-03',
  since: '1.0',
  level: 'MUST',
  title: 'total = success + failed + pending',
  source: cite('P-C'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Clients compute progress from the counts, and stop waiting when nothing is pending.',
      'If they do not add up, some operation is in none of the counts, and nobody knows its state.',
    ],
    tested: [
      'In every status resource that is seen, in a 202 or by a read, `total` has to be `success` + `failed` + `pending`.',
      'Requests of one operation and of many are polled while they are processed, also several at a time; each answer is judged alone.',
    ],
    fix: [
      'Usually the counters are updated one after the other, and the read happens in between; or an operation that is being processed is in none of the counts.',
      'Read all four from one snapshot: one row, one transaction, one immutable object.',
      'Or keep only `total`, `success` and `failed`, and compute `pending` from them; an operation that is being processed or tried again is pending.',
    ],
  },
  codes: { 'counts-do-not-add-up': 'success, failed and pending do not add up to total' },
  from: settling,
  judge: (trace) =>
    judgeEach(countedSightings(trace.sightings()), ({ counts, exchange }) =>
      counts.total === counts.success + counts.failed + counts.pending
        ? undefined
        : {
            code: 'counts-do-not-add-up',
            expected: 'total = success + failed + pending',
            actual: countsInWords(counts),
            exchanges: [exchange],
          },
    ),
});
