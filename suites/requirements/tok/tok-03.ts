/** TOK-03. `expiresAt` is a time of the provider's clock, so the scenario waits by that clock. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { statusToken, statusTokenSteps } from '../../scenarios/features/status-token.js';

export const tok03 = defineRequirement({
  id: 'TOK-03',
  since: '1.0',
  level: 'MUST',
  title: 'after `expiresAt` it answers 401',
  source: cite('P-Sec C'),
  needs: { binding: 'request-mode', feature: 'statusToken' },
  guide: {
    why: [
      'A token that lives on after its end is one that nobody thinks of any more.',
      'Whoever finds it in a log can still use it.',
    ],
    tested: [
      'The suite waits until `expiresAt` by the clock of the provider, which the `Date` of its answers tells, and a quarter of a second more, and reads the status with the token: 401.',
      'A use shortly before may not make it last longer.',
      'Where the token is good for more than 30 seconds, that is not waited for, and the outcome is inconclusive.',
    ],
    fix: [
      'Compare the present time with `expiresAt` at every use, and answer 401 after it; do not rely on a clean-up job or the expiry of a cache.',
      'Do not prolong it when it is used.',
      'Keep the clocks of all nodes together.',
    ],
  },
  codes: {
    'good-beyond-its-end': 'a status token reads the status after expiresAt',
    'refused-otherwise': 'a status token that has expired is refused with another status than 401',
  },
  from: [statusToken],
  judge: (trace) =>
    judgeEach(trace.variant(statusTokenSteps.expired, 'status-token'), (exchange) =>
      exchange.response.status === 401
        ? undefined
        : {
            code: exchange.response.status < 400 ? 'good-beyond-its-end' : 'refused-otherwise',
            expected: '401 to a status token that has expired',
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [exchange],
          },
    ),
});
