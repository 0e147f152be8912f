/** TOK-03. `expiresAt` is a time of the provider's clock, so the scenario waits by that clock and not by its own. */
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
    why: ['Nobody protects a token after its end.', 'If it still works, anybody who finds it in a log can use it.'],
    tested: [
      'The suite waits until a quarter of a second after `expiresAt`, by the clock of the provider (the `Date` of its answers), and reads the status with the token: the answer has to be 401.',
      'A use shortly before `expiresAt` must not extend the lifetime.',
      'If the token is valid for more than 30 seconds, the suite does not wait, and the outcome is inconclusive.',
    ],
    fix: [
      'Compare the present time with `expiresAt` at every use, and answer 401 after it; do not rely on a clean-up job or the expiry of a cache.',
      'Do not extend the lifetime when the token is used.',
      'Synchronise the clocks of all nodes.',
    ],
  },
  codes: {
    'good-beyond-its-end': 'the status can be read with a status token after its expiresAt',
    'refused-otherwise': 'a status token that has expired is refused, but not with 401',
  },
  from: [statusToken],
  judge: (trace) =>
    judgeEach(
      trace.variant(statusTokenSteps.expired, 'status-token').filter((exchange) => !trace.isForgotten(exchange)),
      (exchange) =>
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
