/** RATE-06. One client's burst does not throttle another. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { isThrottled } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';
import { throttledIn } from './rate.js';

export const rate06 = defineRequirement({
  id: 'RATE-06',
  since: '1.0',
  level: 'SHOULD',
  title: "one client's burst does not throttle another (needs a second credential)",
  source: cite('P-Sec'),
  needs: { credential: 'second' },
  guide: {
    why: ['Where one quota is shared, one customer’s import locks all other customers out.'],
    tested: [
      'While the first client is throttled, the second client sends up to six GETs.',
      'More than one of them throttled (or one of fewer than three) is a warning.',
      'It needs a second credential (`--second-token`) and a target that throttles.',
    ],
    fix: [
      'Keep the quota by client or credential, and not by endpoint, host or IP address: clients behind one proxy share an address.',
      'If there is a limit for all of them as well, set it so that one client alone cannot reach it.',
    ],
  },
  from: [burst],
  judge: (trace) => {
    const first = throttledIn(trace).find(({ credential, purpose }) => credential === 'primary' && purpose === 'burst');
    const others = trace
      .all()
      .filter(({ variant, purpose }) => purpose === 'burst' && variant === 'another client')
      .filter(isAnswered);
    const hit = others.filter(isThrottled);
    return judgeEach(first === undefined || others.length === 0 ? [] : [others], (sample) =>
      hit.length > 1 || (hit.length > 0 && sample.length < 3)
        ? {
            expected: 'another client to be admitted during the burst of the first',
            actual: `${hit.length} of its ${sample.length} requests are answered ${hit[0]?.response.status ?? ''}`,
            exchanges: [...(first === undefined ? [] : [first]), ...hit.slice(0, 2)],
          }
        : undefined,
    );
  },
});
