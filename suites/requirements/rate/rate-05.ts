/** RATE-05. Every request accepted during a burst completes. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { throttledIn } from './rate.js';

export const rate05 = defineRequirement({
  id: 'RATE-05',
  since: '1.0',
  level: 'MUST',
  title: 'every request accepted during a burst completes',
  source: cite('P-Sec'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'Under pressure is when a client most needs to rely on a 202.',
      'A request that was accepted and dropped is a user who is missing, and nobody tries again.',
    ],
    tested: [
      'Requests that were answered 202 during the burst are followed to their end.',
      'One that is still pending at the deadline, or whose status cannot be read, fails.',
      'Judged only where the target throttled; otherwise it is inconclusive.',
    ],
    fix: [
      'Say no before you say 202: a queue that is full has to answer 429 or 503, not to drop the oldest or the newest job.',
      'Look for jobs that are kept in memory only, for a timeout of the enqueueing that nobody handles, and for a status that is written after the 202.',
    ],
  },
  from: [burst],
  judge: (trace) => {
    if (throttledIn(trace).length === 0) return together();
    const during = trace.submissions().filter(({ accepted, exchange }) => {
      const asked = trace.trace.entries[exchange];
      return accepted && asked?.type === 'exchange' && asked.purpose === 'burst';
    });
    return judgeEach(during, (submission) => {
      const settlement = trace.settlement(submission);
      if (settlement === undefined || settlement.outcome === 'completed') return undefined;
      const last = trace.statusReads(submission).at(-1);
      const { response } = last ?? {};
      return {
        expected: 'a request that was accepted during the burst to complete',
        actual:
          settlement.outcome === 'deadline'
            ? `it is still pending after ${(settlement.waited / 1000).toFixed(1)} s`
            : `its status is answered ${response?.status ?? 'not at all'}`,
        exchanges: [trace.asking(submission), ...(last === undefined ? [] : [last])],
      };
    });
  },
});
