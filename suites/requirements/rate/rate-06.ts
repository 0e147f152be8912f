/** RATE-06. One throttled answer among several may come from a limit for all clients, which the burst reached for a moment. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { burst, burstSteps } from '../../scenarios/rate-limit/burst.js';
import { isThrottled } from '../../trace/answers.js';
import { isStep } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';
import { throttledIn } from './throttled-in.js';

export const rate06 = defineRequirement({
  id: 'RATE-06',
  since: '1.0',
  level: 'SHOULD',
  title: "one client's burst does not throttle another (needs a second credential)",
  source: cite('P-Sec'),
  needs: { credential: 'second' },
  guide: {
    why: ['If all clients share one quota, the import of one customer blocks all other customers.'],
    tested: [
      'While the first client is throttled, the second client sends up to six GETs.',
      'It is a warning if more than one of them is throttled, or one if fewer than three were sent.',
      'The test needs a second credential (`--second-token`) and a target that throttles.',
    ],
    fix: [
      'Keep a quota for each client or credential, and not for each endpoint, host or IP address: clients behind one proxy share an address.',
      'If there is also a limit for all clients, set it so that one client alone cannot reach it.',
    ],
  },
  codes: { 'other-client-throttled': 'requests of one client are throttled because of the burst of another' },
  from: [burst],
  judge: (trace) => {
    const first = throttledIn(trace).find(({ credential, purpose }) => credential === 'primary' && purpose === 'burst');
    const others = trace
      .all()
      .filter((exchange) => isStep(exchange, burstSteps.anotherClient))
      .filter(isAnswered);
    const hit = others.filter(isThrottled);
    return judgeEach(first === undefined || others.length === 0 ? [] : [others], (sample) =>
      hit.length > 1 || (hit.length > 0 && sample.length < 3)
        ? {
            code: 'other-client-throttled',
            expected: 'a second client to be admitted during the burst of the first',
            actual: `${hit.length} of its ${sample.length} requests are answered ${hit[0]?.response.status ?? ''}`,
            exchanges: [...(first === undefined ? [] : [first]), ...hit.slice(0, 2)],
          }
        : undefined,
    );
  },
});
