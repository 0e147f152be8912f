/** SEC-03. A provider has to compare the reading client with the submitting client on every route to the status. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { foreignStatus } from '../../scenarios/security/foreign-status.js';
import { succeeded } from '../../trace/answers.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'foreign-status-read': 'a client can read the status resource of another',
  'foreign-status-cancelled': 'a client can cancel the request of another',
  'refused-otherwise-than-403-or-404': 'another client is refused, but neither with 403 nor with 404',
};

const codeOf = (exchange: Answered): keyof typeof codes => {
  if (!succeeded(exchange)) return 'refused-otherwise-than-403-or-404';
  return exchange.request.method === 'DELETE' ? 'foreign-status-cancelled' : 'foreign-status-read';
};

/** 405 to a DELETE or a HEAD discloses nothing: the provider has no such method there, whoever sends it. */
const isRefused = ({ request, response }: Answered): boolean =>
  response.status === 403 || response.status === 404 || (request.method !== 'GET' && response.status === 405);

export const sec03 = defineRequirement({
  id: 'SEC-03',
  since: '1.0',
  level: 'MUST',
  title: "one client's status resource is not readable by another: 403 or 404 (needs a second credential)",
  source: cite('P-Sec'),
  needs: { binding: 'any', credential: 'second' },
  guide: {
    why: [
      'A status resource shows accounts, errors and URLs of resources.',
      'If another client can read it, one customer sees the employees of another; if that client can cancel the request, it stops their work.',
    ],
    tested: [
      'The second client reads the status of a request of the first client: while it is pending, when it is completed, by HEAD, by the alias `/provisions/…`, and with the `X-Original-Request-ID` of that request. If `cancel` is advertised, it also sends DELETE.',
      'Each has to be answered 403 or 404; 405 is allowed for DELETE and HEAD.',
      'The test needs a second credential (`--second-token`), which has to belong to another client.',
    ],
    fix: [
      'Store the client with the request, and compare it in the one place that loads a request by its id, so that every route and method uses this check.',
      'Do not take `X-Original-Request-ID` for a proof of anything: it is in logs and tickets.',
      'Answer 404, so that the answer does not show whether an id exists.',
      'If both tokens belong to one client, or one of them to an administrator, give the suite another one.',
    ],
  },
  codes,
  from: [foreignStatus],
  looksAt: 'any',
  judge: (trace) =>
    judgeEach(
      trace.answered('foreign-status').filter((exchange) => !trace.isForgotten(exchange)),
      (exchange) =>
        isRefused(exchange)
          ? undefined
          : {
              code: codeOf(exchange),
              expected: `403 or 404 to another client's ${exchange.request.method} of a status (${exchange.variant ?? ''})`,
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            },
    ),
});
