/**
 * SEC-04. The field is compared with the X-Request-ID of the 202, which may differ from the one that the client sent
 * (profile §7, clarification 10).
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { originalRequestId, originalRequestIdSteps } from '../../scenarios/security/original-request-id.js';
import type { TraceView } from '../../judging/trace-view.js';
import { succeeded } from '../../trace/answers.js';
import type { Step } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

/** A status that is gone because its request has completed is refused whatever the field says. */
const readsOf = (trace: TraceView, step: Step): Answered[] =>
  trace.variant(step, 'status-read').filter((exchange) => !trace.isForgotten(exchange));

export const sec04 = defineRequirement({
  id: 'SEC-04',
  since: '1.0',
  level: 'MUST',
  title:
    "`X-Original-Request-ID` on a status read, where sent, equals the request's `X-Request-ID`, or the answer is 4xx",
  source: cite('P-Sec, D3'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client that names its request in this field is protected against a mixed-up or guessed status id.',
      'If a wrong value is ignored, the client reads the result of another request and does not notice.',
    ],
    tested: [
      'A status resource is read before and after it is completed, with `X-Original-Request-ID` set to the `X-Request-ID` of its 202: the answer has to be 200.',
      'Then it is read with the last character changed, with the last character missing, and in capitals: each has to be answered 4xx.',
      'Reads without the field are not judged.',
    ],
    fix: [
      'If the field is sent, compare it with the `X-Request-ID` that the 202 returned: the whole value, exactly.',
      'Answer 404 or 403 if it differs; if it is absent, answer the read normally.',
      'If the right value is refused, the id was stored in another form than the 202 returned it.',
    ],
  },
  codes: {
    'right-id-refused': 'a status read with the right X-Original-Request-ID is not answered 200',
    'wrong-id-ignored': 'a status read with a wrong X-Original-Request-ID succeeds',
    'wrong-id-not-4xx': 'a status read with a wrong X-Original-Request-ID fails, but not with 4xx',
  },
  from: [originalRequestId],
  looksAt: 'any',
  judge: (trace) =>
    together(
      judgeEach(readsOf(trace, originalRequestIdSteps.right), (exchange) =>
        exchange.response.status === 200
          ? undefined
          : {
              code: 'right-id-refused',
              expected: '200 to a status read with the right X-Original-Request-ID',
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            },
      ),
      judgeEach(readsOf(trace, originalRequestIdSteps.wrong), (exchange) =>
        exchange.response.status >= 400 && exchange.response.status < 500
          ? undefined
          : {
              code: succeeded(exchange) ? 'wrong-id-ignored' : 'wrong-id-not-4xx',
              expected: '4xx to a status read with a wrong X-Original-Request-ID',
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            },
      ),
    ),
});
