/** MODE-02. A 202 of the respond-async binding is left to PREF-09. */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { isOfRespondAsync } from '../../judging/is-of-respond-async.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import { requestIdReused } from '../../scenarios/features/request-id-reused.js';
import { modeOnRead, modeOnReadSteps } from '../../scenarios/request-mode/mode-on-read.js';
import { modeValues, modeValuesSteps } from '../../scenarios/request-mode/mode-values.js';
import { resourceLifecycle } from '../../scenarios/synchronous/resource-lifecycle.js';
import { synchronousBulk, synchronousBulkSteps } from '../../scenarios/synchronous/synchronous-bulk.js';
import { headerValue } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'unasked-202': 'a request without mode header is answered 202',
  'synchronous-mode-202': 'a request with the mode synchronous is answered 202',
  'known-request-id-202':
    'a request without mode header is answered 202, because an asynchronous one had the same X-Request-ID',
  'synchronous-mode-refused': 'a create with the mode synchronous is answered neither 201 nor 202',
};

const acceptedFinding = (exchange: Answered): Finding<keyof typeof codes> => {
  const shown = { actual: 'the answer is 202', exchanges: [exchange] };
  if (isStep(exchange, modeValuesSteps.synchronous, synchronousBulkSteps.inModeSynchronous)) {
    return {
      code: 'synchronous-mode-202',
      expected: 'a synchronous answer to a request in mode synchronous',
      ...shown,
    };
  }
  const isKnown = headerValue(exchange.request.headers, header.requestId) !== undefined;
  return {
    code: isKnown ? 'known-request-id-202' : 'unasked-202',
    expected: 'a synchronous answer to a request without mode header',
    ...shown,
  };
};

export const mode02 = defineRequirement({
  id: 'MODE-02',
  since: '1.0',
  level: 'MUST',
  title: 'without the header, or with `synchronous`, the answer is the normal SCIM answer, never 202',
  source: cite('P-B'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Clients that do not know the asynchronous mode find no `id` in a 202, and treat it as a success or as an error.',
      'Integrations that have worked for years stop working.',
    ],
    tested: [
      'Creates, reads, searches, PUT, PATCH, DELETE and bulk requests are sent without mode header and without `Prefer`: none may be answered 202.',
      'A create with `X-SCIM-Request-Mode: synchronous` has to be answered 201.',
      'If `idempotency` is advertised, a synchronous create with the `X-Request-ID` of an earlier asynchronous one has to be synchronous as well.',
      'A 202 with header fields of RFC 9967, such as `Set-Txn`, is left to PREF-09.',
    ],
    fix: [
      'Decide by the mode header alone: not by the size of the request, the load of the server, or another field such as `X-Request-ID`.',
      'Treat a missing header like the value `synchronous`.',
      'Look for a default in the framework or in the settings of the client that switches the mode on.',
    ],
  },
  codes,
  from: [resourceLifecycle, synchronousBulk, modeValues, modeOnRead, requestIdReused],
  looksAt: 'any',
  judge: (trace) =>
    judgeEach(
      trace
        .answered('create', 'read', 'replace', 'patch', 'delete', 'bulk', 'search')
        .filter((exchange) => !isStep(exchange, modeOnReadSteps.withMode))
        // A 202 of respond-async is judged by PREF-09, or is the provider's own choice.
        .filter((exchange) => exchange.response.status !== 202 || !isOfRespondAsync(trace, exchange)),
      (exchange): Finding<keyof typeof codes> | undefined => {
        const { status } = exchange.response;
        if (status === 202) return acceptedFinding(exchange);
        return status === 201 || !isStep(exchange, modeValuesSteps.synchronous)
          ? undefined
          : {
              code: 'synchronous-mode-refused',
              expected: '201 to a create in mode synchronous',
              actual: `the answer is ${status}`,
              exchanges: [exchange],
            };
      },
    ),
});
