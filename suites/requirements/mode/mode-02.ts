/** MODE-02. Without the header, or with `synchronous`, the answer is the normal SCIM answer, never 202. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { requestIdReused } from '../../scenarios/features/safe-retry.js';
import { modeOnRead } from '../../scenarios/request-mode/mode-on-read.js';
import { modeValues } from '../../scenarios/request-mode/mode-values.js';
import { resourceLifecycle } from '../../scenarios/synchronous/resource-lifecycle.js';
import { synchronousBulk } from '../../scenarios/synchronous/synchronous-bulk.js';
import { isOfRespondAsync } from '../../judging/is-of-respond-async.js';

export const mode02 = defineRequirement({
  id: 'MODE-02',
  since: '1.0',
  level: 'MUST',
  title: 'without the header, or with `synchronous`, the answer is the normal SCIM answer, never 202',
  source: cite('P-B'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Clients that know nothing of the asynchronous mode find no `id` in a 202, and take it for a success or for an error.',
      'Integrations that have worked for years break.',
    ],
    tested: [
      'Creates, reads, searches, PUT, PATCH, DELETE and bulk requests are sent without mode header and without `Prefer`: none may be answered 202.',
      'A create with `X-SCIM-Request-Mode: synchronous` has to be answered 201.',
      'Where `idempotency` is advertised, a synchronous create with the `X-Request-ID` of an earlier asynchronous one has to be synchronous as well.',
      'A 202 that bears the marks of RFC 9967, such as `Set-Txn`, is judged by PREF-09.',
    ],
    fix: [
      'Decide by the mode header alone: not by the size of the request, the load of the server, or another field such as `X-Request-ID`.',
      'Treat a missing header and the value `synchronous` alike.',
      'Look for a default, of the framework or of the client’s record, that switches the mode on.',
    ],
  },
  from: [resourceLifecycle, synchronousBulk, modeValues, modeOnRead, requestIdReused],
  looksAt: 'any',
  judge: (trace) =>
    judgeEach(
      trace
        .answered('create', 'read', 'replace', 'patch', 'delete', 'bulk', 'search')
        .filter(({ variant }) => variant !== 'Prefer: respond-async' && variant !== 'with mode')
        // That is PREF-09's, or the provider's own choice.
        .filter((exchange) => exchange.response.status !== 202 || !isOfRespondAsync(trace, exchange)),
      (exchange) => {
        const { status } = exchange.response;
        const said = exchange.variant === 'mode synchronous';
        if (status !== 202 && !(said && status !== 201)) return undefined;
        return {
          expected: said
            ? '201 to a create in mode synchronous'
            : 'a synchronous answer to a request without mode header',
          actual: `the answer is ${status}`,
          exchanges: [exchange],
        };
      },
    ),
});
