/** STAT-08. Only the path of the paper is judged here; DISC-02 judges a statusEndpoint that the provider advertises. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { leadsToStatus } from '../../judging/leads-to-status.js';
import { asyncCreateScenario } from '../../scenarios/request-mode/async-create.js';
import { responseObject, textOf } from '../../trace/message.js';

export const stat08 = defineRequirement({
  id: 'STAT-08',
  since: '1.0',
  level: 'SHOULD',
  title: 'served at `/provision/{id}/status` under the base URL; `/provisions/{id}/status` MAY serve it too',
  source: cite('P-S, P-Sec, D5'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Clients follow `Location`; people and tools that have stored only the `id` build the URL from it.',
      'With one path for all providers they do not have to know each provider.',
    ],
    tested: [
      'When an asynchronous create is completed, the `id` of its status resource is put into `/provision/{id}/status` under the SCIM base URL.',
      'A GET of that should answer 200 and show the same `id`.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Add the route `/provision/{id}/status` under the base URL, with the same handler and the same access rules as the URL in `Location`.',
      'The paper also has `/provisions/{id}/status`: it may be served as well.',
    ],
  },
  codes: {
    'canonical-path-not-served': 'a GET of /provision/{id}/status under the base URL is not answered 200',
    'canonical-path-leads-elsewhere': '/provision/{id}/status does not show the id of the status resource',
  },
  from: [asyncCreateScenario],
  judge: (trace) =>
    judgeEach(
      trace.answered('status-canonical').filter((exchange) => !trace.isForgotten(exchange)),
      (exchange) => {
        const leading = leadsToStatus(trace, exchange);
        return leading === 'there' || leading === 'unknown'
          ? undefined
          : {
              code: leading === 'not served' ? 'canonical-path-not-served' : 'canonical-path-leads-elsewhere',
              expected: 'the status resource at /provision/{id}/status under the base URL',
              actual: `a GET of it is answered ${exchange.response.status}, id: ${textOf(responseObject(exchange)?.id)}`,
              exchanges: [exchange],
            };
      },
    ),
});
