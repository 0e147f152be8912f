/** TOK-02. It reads no other request's status and cannot write anything: 401 or 403. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { statusToken } from '../../scenarios/features/status-token.js';
import { hadExpired } from './had-expired.js';

export const tok02 = defineRequirement({
  id: 'TOK-02',
  since: '1.0',
  level: 'MUST',
  title: "it reads no other request's status and cannot write anything: 401 or 403",
  source: cite('P-Sec C'),
  needs: { binding: 'request-mode', feature: 'statusToken' },
  guide: {
    why: [
      'A status token is given to components that may see one request and nothing else.',
      'Where it reads more or writes, it is a full credential that was handed out carelessly.',
    ],
    tested: [
      'The token of one request is used for the status of another (also by the alias `/provisions/…`), for a create, a list, a bulk request and, where `cancel` is advertised, for DELETE of its own status.',
      'Each has to be answered 401 or 403; 404 is let pass for the alias, and 405 for the cancel.',
      'Only where `features` lists `statusToken`.',
    ],
    fix: [
      'Bind the token to one status resource and to GET and HEAD, and check both in the authentication, where no route can forget it.',
      'Look at the alias and at DELETE: they often go through another check.',
    ],
  },
  from: [statusToken],
  judge: (trace) =>
    judgeEach(
      trace
        .answered('status-token')
        .filter(({ variant }) =>
          ['another status', 'another status by an alias', 'create', 'list', 'bulk', 'cancel'].includes(variant ?? ''),
        )
        .filter(({ response }) => response.status !== 401 || !hadExpired(trace)),
      (exchange) =>
        exchange.response.status === 401 ||
        exchange.response.status === 403 ||
        // An alias need not be there, and cancel need not be known to a token.
        (exchange.variant === 'another status by an alias' && exchange.response.status === 404) ||
        (exchange.variant === 'cancel' && exchange.response.status === 405)
          ? undefined
          : {
              expected: `401 or 403 to a status token used for ${exchange.variant ?? ''}`,
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            },
    ),
});
