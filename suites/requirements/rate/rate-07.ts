/** RATE-07. Only one poll is judged: the one that the burst scenario sends while the limiter is exhausted. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { burst, burstSteps } from '../../scenarios/rate-limit/burst.js';
import { isThrottled } from '../../trace/answers.js';
import { isStep } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';

const submitExchangesOf = (trace: TraceView, poll: Exchange): Exchange[] =>
  trace
    .submissions()
    .filter(({ n }) => n === poll.submission)
    .map((submission) => trace.exchangeOf(submission));

export const rate07 = defineRequirement({
  id: 'RATE-07',
  since: '1.0',
  level: 'SHOULD',
  title: 'a client that polls no faster than `Retry-After` asks is never throttled',
  source: cite('P-Sec, D10'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'A client that polls exactly as `Retry-After` says makes no mistake.',
      'If it is throttled, the provider contradicts itself, and the client gets its result late.',
    ],
    tested: [
      'One request is submitted before the burst.',
      'When the time of its `Retry-After` has passed, and while the limiter is exhausted by the burst, its status is polled for the first time: that poll should be admitted.',
      'The outcome is at most a warning; it is inconclusive if that time is longer than the burst, or if nothing is throttled.',
    ],
    fix: [
      'Do not count polls that come after the time of `Retry-After`, or give status reads a separate quota.',
      'Otherwise consider the state of the limiter when you set `Retry-After` of the 202 and of the status.',
    ],
  },
  codes: { 'polite-poll-throttled': 'a poll that comes after the time of Retry-After is throttled' },
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
              expected: 'a first poll, sent after the time of Retry-After, to be admitted',
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [...submitExchangesOf(trace, exchange), exchange],
            }
          : undefined,
    ),
});
