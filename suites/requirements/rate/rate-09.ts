/** RATE-09. Overload answers 429 or 503 with Retry-After, never a dropped connection or a lost request. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { isThrottled } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';

export const rate09 = defineRequirement({
  id: 'RATE-09',
  since: '1.0',
  level: 'MUST',
  title: 'overload answers 429 or 503 with `Retry-After`, never a dropped connection or a lost request',
  source: cite('P-Sec'),
  needs: {},
  guide: {
    why: [
      'To 429, or 503 with `Retry-After`, a client reacts by waiting.',
      'After a 500 or a dropped connection it does not know whether its request was done.',
    ],
    tested: [
      'Requests are sent as fast as possible, 16 at a time, until the target has enough.',
      'Every one that is not answered normally has to be answered 429, or 503 with `Retry-After`; another 5xx, a 503 without the field and a connection that is dropped or times out fail.',
      'Where all requests are admitted, it is inconclusive.',
    ],
    fix: [
      'Limit the requests in work, and refuse the next one with 429 or 503 and `Retry-After`, before the pool of connections, threads or memory is exhausted.',
      'Map what a full pool or queue throws to 503, not to 500.',
      'Look at the proxy in front: its limits and timeouts drop connections or answer 502 and 504.',
    ],
  },
  from: [burst],
  judge: (trace) => {
    const burst = trace.all().filter(({ purpose, variant }) => purpose === 'burst' && variant === undefined);
    const enough = burst.filter(
      (exchange) => !isAnswered(exchange) || isThrottled(exchange) || exchange.response.status >= 500,
    );
    return judgeEach(enough, (exchange): Finding | undefined => {
      const expected = 'overload to be answered 429, or 503 with Retry-After';
      if (!isAnswered(exchange)) {
        if (exchange.failure?.code === 'interrupted') return undefined;
        return { expected, actual: exchange.failure?.message ?? 'there is no answer', exchanges: [exchange] };
      }
      return isThrottled(exchange)
        ? undefined
        : { expected, actual: `the answer is ${exchange.response.status}`, exchanges: [exchange] };
    });
  },
});
