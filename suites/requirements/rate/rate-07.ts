/** RATE-07. One poll is looked at, while the burst has exhausted the limiter. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { burst, burstSteps } from '../../scenarios/rate-limit/burst.js';
import { isThrottled } from '../../trace/answers.js';
import { isStep } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';

const askedOf = (trace: TraceView, poll: Exchange): Exchange[] =>
  trace
    .submissions()
    .filter(({ n }) => n === poll.submission)
    .map((submission) => trace.asking(submission));

export const rate07 = defineRequirement({
  id: 'RATE-07',
  since: '1.0',
  level: 'SHOULD',
  title: 'a client that polls no faster than `Retry-After` asks is never throttled',
  source: cite('P-Sec, D10'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'A client that polls exactly as it was asked does nothing wrong.',
      'Where it is throttled, the provider contradicts itself, and the client learns of its result late.',
    ],
    tested: [
      'One request is submitted before the burst.',
      'When the time of its `Retry-After` has passed, and while the limiter is exhausted by the burst, its status is polled for the first time: that poll should be admitted.',
      'A warning at most; inconclusive where that time is longer than the burst lasts, or nothing is throttled.',
    ],
    fix: [
      'Do not count polls that come no sooner than `Retry-After` asked, or give status reads a quota of their own.',
      'Otherwise set `Retry-After` of the 202 and of the status with the state of the limiter in mind.',
    ],
  },
  codes: { 'polite-poll-throttled': 'a poll that comes no sooner than Retry-After asked is throttled' },
  from: [burst],
  judge: (trace) =>
    judgeEach(
      trace
        .all()
        .filter(isAnswered)
        .filter((exchange) => isStep(exchange, burstSteps.politePoll)),
      (exchange) =>
        isThrottled(exchange)
          ? {
              code: 'polite-poll-throttled',
              expected: 'a first poll, no sooner than Retry-After asked, to be admitted',
              actual: `it is answered ${exchange.response.status}`,
              exchanges: [...askedOf(trace, exchange), exchange],
            }
          : undefined,
    ),
});
