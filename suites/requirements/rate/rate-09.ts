/** RATE-09. Only the requests that make the load are judged: they are those of the burst that have no step. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
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
      'After a 429, or a 503 with `Retry-After`, a client waits and tries again.',
      'After a 500 or a dropped connection it does not know whether its request was done.',
    ],
    tested: [
      'Requests are sent as fast as possible, 16 at a time, until the target refuses some.',
      'Every request that is not answered normally has to be answered 429, or 503 with `Retry-After`; another 5xx, a 503 without the field, a dropped connection and a timeout are failures.',
      'If all requests are admitted, the outcome is inconclusive.',
    ],
    fix: [
      'Limit the number of requests that are processed at a time, and refuse the next one with 429 or 503 and `Retry-After`, before connections, threads or memory are exhausted.',
      'Map the exceptions of a full pool or queue to 503, not to 500.',
      'Check the proxy in front: its limits and timeouts may drop connections or answer 502 and 504.',
    ],
  },
  codes: {
    'connection-dropped': 'the connection is dropped without an answer',
    'no-answer-in-time': 'a request gets no answer in time',
    'retry-after-missing-on-503': 'a 503 has no Retry-After',
    'other-server-error': 'overload is answered with a 5xx status other than 503',
  },
  from: [burst],
  judge: (trace) => {
    const requests = trace.all().filter(({ purpose, variant }) => purpose === 'burst' && variant === undefined);
    const overloaded = requests.filter((exchange) =>
      isAnswered(exchange)
        ? isThrottled(exchange) || exchange.response.status >= 500
        : exchange.failure?.code !== 'interrupted',
    );
    return judgeEach(overloaded, (exchange) => {
      const expected = 'overload to be answered 429, or 503 with Retry-After';
      if (!isAnswered(exchange)) {
        return {
          code: exchange.failure?.code === 'timeout' ? 'no-answer-in-time' : 'connection-dropped',
          expected,
          actual: exchange.failure?.message ?? 'there is no answer',
          exchanges: [exchange],
        };
      }
      if (isThrottled(exchange)) return undefined;
      const { status } = exchange.response;
      return {
        code: status === 503 ? 'retry-after-missing-on-503' : 'other-server-error',
        expected,
        actual: `the answer is ${status}`,
        exchanges: [exchange],
      };
    });
  },
});
