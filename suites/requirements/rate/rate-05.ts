/** RATE-05. Only requests of the burst itself are judged; LIFE-01 judges all others. */
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
      'A client has to rely on a 202 most of all when the provider is under load.',
      'If an accepted request is dropped, a user is missing, and nobody tries again.',
    ],
    tested: [
      'Requests that were answered 202 during the burst are followed to their end.',
      'It is a failure if one is still pending at the deadline, or if its status cannot be read.',
      'Judged only if the target throttled; otherwise the outcome is inconclusive.',
    ],
    fix: [
      'Refuse instead of sending a 202: if the queue is full, answer 429 or 503, and do not drop the oldest or the newest job.',
      'Look for jobs that are kept in memory only, for a timeout during enqueueing that no code handles, and for a status that is written after the 202.',
    ],
  },
  codes: {
    'never-completed': 'a request that was accepted during the burst is still pending at the deadline',
    'status-unreadable': 'the status of a request that was accepted during the burst cannot be read',
  },
  from: [burst],
  judge: (trace) => {
    if (throttledIn(trace).length === 0) return together();
    const followed = trace.submissions().flatMap((submission) => {
      const { purpose } = trace.exchangeAt(submission.exchange);
      const settlement = trace.settlement(submission);
      const isOfBurst = submission.accepted && purpose === 'burst';
      return isOfBurst && settlement !== undefined ? [{ submission, settlement }] : [];
    });
    return judgeEach(followed, ({ submission, settlement: { outcome, waited } }) => {
      if (outcome === 'completed') return undefined;
      const last = trace.statusReads(submission).at(-1);
      const expected = 'a request that was accepted during the burst to complete';
      const exchanges = [trace.exchangeOf(submission), ...(last === undefined ? [] : [last])];
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
            actual: `a GET of its status is answered ${last?.response.status ?? 'not at all'}`,
            exchanges,
          };
    });
  },
});
