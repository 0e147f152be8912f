/** IDEM-02. What is not the same id, or came only with a refused request, is in nobody's way. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { requestIdReused, requestIdReusedSteps } from '../../scenarios/features/safe-retry.js';
import { countFound } from '../../trace/searches.js';
import { isSameStatus, statusOf } from './is-same-status.js';

/** Of a request that was refused, nothing is kept: its id is free (profile §7, clarification 8). */
const freeAfterRefusal = (trace: TraceView): Judgement<'id-used-up-by-a-refusal'> => {
  const [refused] = trace.variant(requestIdReusedSteps.refused, 'retry');
  const [after] = trace.variant(requestIdReusedSteps.afterRefusal, 'retry');
  const wasRefused = refused !== undefined && refused.response.status >= 400 && refused.response.status < 500;
  return judgeEach(wasRefused && after !== undefined ? [after] : [], (exchange) =>
    exchange.response.status === 202
      ? undefined
      : {
          code: 'id-used-up-by-a-refusal',
          expected: '202 to a request whose X-Request-ID came only with one that was refused',
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [...(refused === undefined ? [] : [refused]), exchange],
        },
  );
};

/** Another id is another request, however much alike the two are. */
const wholeIdCounts = (trace: TraceView): Judgement<'id-not-compared-whole'> => {
  const [first] = trace.variant(requestIdReusedSteps.first, 'retry');
  const [other] = trace.variant(requestIdReusedSteps.anotherId, 'retry');
  return judgeEach(first?.response.status === 202 && other !== undefined ? [other] : [], (exchange) =>
    exchange.response.status === 202 && first !== undefined && isSameStatus(exchange, first) !== true
      ? undefined
      : {
          code: 'id-not-compared-whole',
          expected: '202 and a status resource of its own to a request with another X-Request-ID',
          actual:
            exchange.response.status === 202
              ? `it is that of the first: ${statusOf(exchange)}`
              : `the answer is ${exchange.response.status}`,
          exchanges: [...(first === undefined ? [] : [first]), exchange],
        },
  );
};

const anotherBody = (trace: TraceView): Judgement<'reuse-not-answered-409' | 'refused-and-done'> => {
  const [first] = trace.variant(requestIdReusedSteps.first, 'retry');
  const [other] = trace.variant(requestIdReusedSteps.anotherBody, 'retry');
  if (first?.response.status !== 202 || other === undefined) return together();
  return judgeEach([other], () => {
    const exchanges = [first, other];
    if (other.response.status !== 409) {
      return {
        code: 'reuse-not-answered-409',
        expected: '409 to another request with the same X-Request-ID',
        actual: `the answer is ${other.response.status}`,
        exchanges,
      };
    }
    const search = trace.answered('search').find(({ subject }) => subject === other.subject);
    return search !== undefined && (countFound(search) ?? 0) > 0
      ? {
          code: 'refused-and-done',
          expected: 'no effect of a request answered 409',
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
      'An `X-Request-ID` that is used for something else is a mistake of the client.',
      'Where the second request is taken for a retry of the first, it is silently lost.',
    ],
    tested: [
      'A used `X-Request-ID` is sent with another user, and with one value inside changed: it has to be answered 409, and without effect.',
      'An id that came only with a request that was refused (no `userName`, or no JSON) can be used again: the next request with it has to be answered 202.',
      'Two ids of more than a hundred characters that differ only at the end are two ids: the second has to be answered 202, too.',
      'Only where `features` lists `idempotency`.',
    ],
    fix: [
      'Compare method, path and the whole body (as JSON, without regard to the order of members) with those stored under the id, and answer 409 where they differ.',
      'Store the id only when the request is accepted.',
      'Store the whole id, of up to 128 characters: a column that is too short cuts it, and two become one.',
    ],
  },
  codes: {
    'reuse-not-answered-409': 'a used X-Request-ID with another body is not answered 409',
    'refused-and-done': 'a request that was answered 409 because of its X-Request-ID is done all the same',
    'id-used-up-by-a-refusal': 'an X-Request-ID that came only with a refused request cannot be used',
    'id-not-compared-whole': 'two X-Request-IDs that differ at their ends are taken for one',
  },
  from: [requestIdReused],
  judge: (trace) => together(anotherBody(trace), freeAfterRefusal(trace), wholeIdCounts(trace)),
});
