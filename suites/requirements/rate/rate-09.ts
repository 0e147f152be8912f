/** RATE-09. Only the requests that make the load are judged: they are those of the burst that have no step. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { bursts, expectedLosses, loadAgainSteps } from '../../scenarios/rate-limit/load-again.js';
import { isThrottled } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';

const expected = 'overload to be answered 429, or 503 with Retry-After';

const isLost = (exchange: Exchange): boolean => !isAnswered(exchange) && exchange.failure?.code !== 'interrupted';

/**
 * The requests of the first burst that got no answer, if load was the reason: some of each burst got none, and none of the
 * requests one by one in between was lost, of which some would have been lost if load made no difference.
 */
const lostUnderLoad = (trace: TraceView): Exchange[] => {
  const sent = trace.all().filter(({ purpose }) => purpose === 'burst');
  const calm = sent.filter((exchange) => loadAgainSteps.calm.valueOf(exchange) !== undefined);
  const loads = Array.from({ length: bursts }, (_, index) =>
    sent.filter((exchange) =>
      index === 0 ? exchange.variant === undefined : loadAgainSteps.load.valueOf(exchange) === String(index + 1),
    ),
  );
  if (calm.some(isLost) || !loads.every((load) => load.some(isLost))) return [];
  const all = loads.flat();
  const part = all.filter(isLost).length / all.length;
  return calm.length * part < expectedLosses ? [] : (loads[0] ?? []).filter(isLost);
};

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
      'Requests are sent as fast as possible, as many at a time as `--concurrency` allows (8, at most 16), until the target refuses some.',
      'Every request that is not answered normally has to be answered 429, or 503 with `Retry-After`; another 5xx and a 503 without the field are failures.',
      'If requests get no answer, two more bursts follow, with requests one by one in between. Dropped connections and timeouts are failures if each of the three bursts has some, and the requests in between have none: so many are sent that some would be lost if load made no difference.',
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
    const overloaded = requests
      .filter(isAnswered)
      .filter((exchange) => isThrottled(exchange) || exchange.response.status >= 500);
    const lost = lostUnderLoad(trace);
    return together(
      judgeEach(overloaded, (exchange) => {
        if (isThrottled(exchange)) return undefined;
        const { status } = exchange.response;
        return {
          code: status === 503 ? 'retry-after-missing-on-503' : 'other-server-error',
          expected,
          actual: `the answer is ${status}`,
          exchanges: [exchange],
        };
      }),
      judgeEach(lost, (exchange) => ({
        code: exchange.failure?.code === 'timeout' ? 'no-answer-in-time' : 'connection-dropped',
        expected,
        actual: `${exchange.failure?.message ?? 'there is no answer'}, as in ${bursts - 1} further bursts, and never between them`,
        exchanges: [exchange],
      })),
    );
  },
});
