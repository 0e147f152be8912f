/** IDEM-02. An id that differs, or that came only with a refused request, must not block a new request. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { requestIdReused, requestIdReusedSteps } from '../../scenarios/features/request-id-reused.js';
import { countFound } from '../../trace/searches.js';
import { describeStatus, isSameStatus } from './is-same-status.js';

/** A refused request does not use up its id: the id can be sent again (profile §7, clarification 8). */
const judgeIdAfterRefusal = (trace: TraceView): Judgement<'id-used-up-by-a-refusal'> => {
  const [refused] = trace.variant(requestIdReusedSteps.refused, 'retry');
  const [after] = trace.variant(requestIdReusedSteps.afterRefusal, 'retry');
  const wasRefused = refused !== undefined && refused.response.status >= 400 && refused.response.status < 500;
  return judgeEach(wasRefused && after !== undefined ? [after] : [], (exchange) =>
    exchange.response.status === 202
      ? undefined
      : {
          code: 'id-used-up-by-a-refusal',
          expected: '202 to a request whose X-Request-ID was only used in a refused request',
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [...(refused === undefined ? [] : [refused]), exchange],
        },
  );
};

/** A different id means a different request, even if the two ids are very similar. */
const judgeSimilarIds = (trace: TraceView): Judgement<'id-not-compared-whole'> => {
  const [first] = trace.variant(requestIdReusedSteps.first, 'retry');
  const [other] = trace.variant(requestIdReusedSteps.anotherId, 'retry');
  return judgeEach(first?.response.status === 202 && other !== undefined ? [other] : [], (exchange) =>
    exchange.response.status === 202 && first !== undefined && isSameStatus(exchange, first) !== true
      ? undefined
      : {
          code: 'id-not-compared-whole',
          expected: '202 and a new status resource to a request with another X-Request-ID',
          actual:
            exchange.response.status === 202
              ? `it has the status resource of the first: ${describeStatus(exchange)}`
              : `the answer is ${exchange.response.status}`,
          exchanges: [...(first === undefined ? [] : [first]), exchange],
        },
  );
};

const judgeAnotherBody = (trace: TraceView): Judgement<'reuse-not-answered-409' | 'refused-and-done'> => {
  const [first] = trace.variant(requestIdReusedSteps.first, 'retry');
  const others = [requestIdReusedSteps.anotherBody, requestIdReusedSteps.anotherOrder].flatMap((step) =>
    trace.variant(step, 'retry').slice(0, 1),
  );
  if (first?.response.status !== 202) return together();
  return judgeEach(others, (other) => {
    const exchanges = [first, other];
    if (other.response.status !== 409) {
      return {
        code: 'reuse-not-answered-409',
        expected: '409 to another request with the same X-Request-ID',
        actual: `the answer is ${other.response.status}`,
        exchanges,
      };
    }
    // A user of the first request, too, was created by that one.
    if (other.subject === first.subject) return undefined;
    const search = trace.answered('search').find(({ subject }) => subject === other.subject);
    return search !== undefined && (countFound(search) ?? 0) > 0
      ? {
          code: 'refused-and-done',
          expected: 'a request that was answered 409 to have no effect',
          actual: 'its user exists',
          exchanges: [...exchanges, search],
        }
      : undefined;
  });
};

export const idem02 = defineRequirement({
  id: 'IDEM-02',
  since: '1.0',
  level: 'MUST',
  title: 'the same `X-Request-ID` with another body: 409, no effect',
  source: cite('D3'),
  needs: { binding: 'request-mode', feature: 'idempotency' },
  guide: {
    why: [
      'A client that uses one `X-Request-ID` for two different requests makes a mistake.',
      'If the provider treats the second request as a retry of the first, the second is silently lost.',
    ],
    tested: [
      'A used `X-Request-ID` is sent with another user, and with the same user with one value changed, for a PUT with the same body of another user, for a DELETE of another user, and for a bulk request of some ten thousand characters with another last operation, and with its operations in another order: it has to be answered 409, and without effect.',
      'An id that was only used in a refused request (no `userName`, or invalid JSON) can be used again: the next request with it has to be answered 202.',
      'Two ids of more than a hundred characters that differ only at the end, and two that differ only in letter case, are different ids: the second request has to be answered 202, too.',
      'Judged only if `features` lists `idempotency`.',
    ],
    fix: [
      'Compare method, path and the whole body (as JSON, without regard to the order of members) with those stored under the id, to its end, and answer 409 if they differ. The order of members is free, that of operations and other lists is not.',
      'Store the id only when the request is accepted.',
      'Store the whole id, of up to 128 characters: a column that is too short cuts ids, and two of them become equal.',
    ],
  },
  codes: {
    'reuse-not-answered-409': 'a used X-Request-ID with another body is not answered 409',
    'refused-and-done': 'a request that was answered 409 because of its X-Request-ID is done',
    'id-used-up-by-a-refusal': 'an X-Request-ID that was only used in a refused request cannot be used again',
    'id-not-compared-whole': 'two X-Request-IDs that differ only at the end or in letter case are treated as the same',
  },
  from: [requestIdReused],
  judge: (trace) => together(judgeAnotherBody(trace), judgeIdAfterRefusal(trace), judgeSimilarIds(trace)),
});
