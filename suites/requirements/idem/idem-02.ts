/** IDEM-02. The same X-Request-ID with another body: 409, no effect; of what was refused and of another id no trace is kept. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import { requestIdReused } from '../../scenarios/features/safe-retry.js';
import { countFound } from '../../trace/searches.js';
import { isSameStatus, retryOf, statusOf } from './same-status.js';

/** Requests that no earlier one may stand in the way of (profile §7, clarification 8). */
const freshId: Judge = (trace) => {
  const [refused, after] = [retryOf(trace, 'refused'), retryOf(trace, 'after the refusal')];
  const [first, other] = [retryOf(trace, 'first'), retryOf(trace, 'another id')];
  const wasRefused = refused !== undefined && refused.response.status >= 400 && refused.response.status < 500;
  return together(
    judgeEach(wasRefused && after !== undefined ? [after] : [], (exchange) =>
      exchange.response.status === 202
        ? undefined
        : {
            expected: '202 to a request whose X-Request-ID came only with one that was refused',
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [...(refused === undefined ? [] : [refused]), exchange],
          },
    ),
    judgeEach(first?.response.status === 202 && other !== undefined ? [other] : [], (exchange) =>
      exchange.response.status === 202 && first !== undefined && isSameStatus(exchange, first) !== true
        ? undefined
        : {
            expected: '202 and a status resource of its own to a request with another X-Request-ID',
            actual:
              exchange.response.status === 202
                ? `it is that of the first: ${statusOf(exchange)}`
                : `the answer is ${exchange.response.status}`,
            exchanges: [...(first === undefined ? [] : [first]), exchange],
          },
    ),
  );
};

const anotherBody: Judge = (trace) => {
  const [first, other] = [retryOf(trace, 'first'), retryOf(trace, 'another body')];
  if (first?.response.status !== 202 || other === undefined) return together();
  return judgeEach([other], (): Finding | undefined => {
    const exchanges = [first, other];
    if (other.response.status !== 409) {
      const expected = '409 to another request with the same X-Request-ID';
      return { expected, actual: `the answer is ${other.response.status}`, exchanges };
    }
    const search = trace.answered('search').find(({ subject }) => subject === other.subject);
    return search !== undefined && (countFound(search) ?? 0) > 0
      ? {
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
      'An id that came only with a request that was refused (no `userName`, no JSON) has to be free, and one that differs from another in its last character of more than a hundred has to be another: both have to be answered 202.',
      'Only where `features` lists `idempotency`.',
    ],
    fix: [
      'Compare method, path and the whole body (as JSON, without regard to the order of members) with those stored under the id, and answer 409 where they differ.',
      'Store the id only when the request is accepted.',
      'Store the whole id, of up to 128 characters: a column that is too short cuts it, and two become one.',
    ],
  },
  from: [requestIdReused],
  judge: (trace) => together(anotherBody(trace), freshId(trace)),
});
