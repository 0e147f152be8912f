/** RATE-03. A throttled request has no effect, now or later: nothing of it is found, and it is in nobody's way when it comes again. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Judge, judgeEach, together } from '../../judging/judge.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { isThrottled } from '../../trace/answers.js';
import { countFound } from '../../trace/searches.js';
import { isAnswered } from '../../trace/trace.js';
import { throttledIn } from './rate.js';

/** A create of a name that only this run has, sent again because it was throttled, finds the name free. */
const notInItsOwnWay: Judge = (trace) => {
  // A request id that was used before may be what stands in the way of a retry.
  const creates = trace
    .all()
    .filter(
      ({ request, subject, purpose }) => request.method === 'POST' && subject !== undefined && purpose !== 'retry',
    );
  const firstOf = (exchange: Exchange): Exchange => {
    const earlier = creates.find(({ n }) => n === exchange.retryOf);
    return earlier === undefined ? exchange : firstOf(earlier);
  };
  return judgeEach(
    creates.filter(isAnswered).flatMap((again) => {
      const first = firstOf(again);
      // Whose name was sent by another request before, may be refused because of that one.
      const isFirst = creates.every(
        (other) => other.subject !== again.subject || other.n > again.n || firstOf(other) === first,
      );
      return first === again || !isFirst || isThrottled(again) ? [] : [{ first, again }];
    }),
    ({ first, again }) =>
      again.response.status === 409
        ? {
            expected: `no effect of a request that was answered ${first.response?.status ?? ''}`,
            actual: 'the same, sent again as it asked, is answered 409',
            exchanges: [first, again],
          }
        : undefined,
  );
};

const nothingFound: Judge = (trace) => {
  const refused = new Map(
    throttledIn(trace)
      .filter(({ request, subject }) => request.method === 'POST' && subject !== undefined)
      .map((exchange) => [exchange.subject ?? '', exchange]),
  );
  // Where the same was sent again and admitted, its effect is that of the second time.
  for (const { subject, request } of trace.answered()) if (request.method === 'POST') refused.delete(subject ?? '');
  return judgeEach(
    trace.answered('search').filter(({ subject, response }) => refused.has(subject ?? '') && response.status === 200),
    (search) => {
      const asked = refused.get(search.subject ?? '');
      return (countFound(search) ?? 0) > 0 && asked !== undefined
        ? {
            expected: `no effect of a request that was answered ${asked.response.status}`,
            actual: `${search.subject ?? ''} exists`,
            exchanges: [asked, search],
          }
        : undefined;
    },
  );
};

export const rate03 = defineRequirement({
  id: 'RATE-03',
  since: '1.0',
  level: 'MUST',
  title: 'a throttled request has no effect, now or later',
  source: cite('D10'),
  needs: {},
  guide: {
    why: [
      'A client sends a throttled request again, as it was told.',
      'Where the first one was done all the same, there are two users, or the second is refused because of the first.',
    ],
    tested: [
      'Some requests of the burst are creates, synchronous and asynchronous, of names that are used once.',
      'After the burst, up to eight names whose create was throttled are searched for: none may be there.',
      'In the whole run, a create that was throttled and sent again may not be answered 409, unless that name was sent by another request before.',
    ],
    fix: [
      'Let the limiter decide before anything else happens: before the queue, the database and the reservation of names or request ids.',
      'Usual causes: the request is enqueued and the answer made afterwards, or a limiter that looks only at the response.',
    ],
  },
  from: 'every',
  first: burst,
  looksAt: 'any',
  judge: (trace) => together(nothingFound(trace), notInItsOwnWay(trace)),
});
