/** RATE-05. What was accepted beside the burst is LIFE-01's. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { throttledIn } from './throttled-in.js';

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
  codes: {
    'never-completed': 'a request that was accepted during the burst is pending for ever',
    'status-unreadable': 'the status of a request that was accepted during the burst cannot be read',
  },
  from: [burst],
  judge: (trace) => {
    if (throttledIn(trace).length === 0) return together();
    const followed = trace.submissions().flatMap((submission) => {
      const asked = trace.exchangeAt(submission.exchange);
      const settlement = trace.settlement(submission);
      const isOfBurst = submission.accepted && asked.purpose === 'burst';
      return isOfBurst && settlement !== undefined ? [{ submission, settlement }] : [];
    });
    return judgeEach(followed, ({ submission, settlement: { outcome, waited } }) => {
      if (outcome === 'completed') return undefined;
      const last = trace.statusReads(submission).at(-1);
      const expected = 'a request that was accepted during the burst to complete';
      const exchanges = [trace.asking(submission), ...(last === undefined ? [] : [last])];
      return outcome === 'deadline'
        ? {
            code: 'never-completed',
            expected,
            actual: `it is still pending after ${(waited / 1000).toFixed(1)} s`,
            exchanges,
          }
        : {
            code: 'status-unreadable',
            expected,
            actual: `its status is answered ${last?.response.status ?? 'not at all'}`,
            exchanges,
          };
    });
  },
});
