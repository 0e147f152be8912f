/** RATE-03. Nothing is found of what was throttled, and it is in nobody's way when it comes again. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { isThrottled } from '../../trace/answers.js';
import { countFound } from '../../trace/searches.js';
import { type Answered, isAnswered } from '../../trace/trace.js';
import { throttledIn } from './throttled-in.js';

/** A create of a name that only this run has, sent again because it was throttled, finds the name free. */
const notInItsOwnWay = (trace: TraceView): Judgement<'retry-refused'> => {
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
      // A name that another request sent before may be taken because of that request.
      const isFirst = creates.every(
        (other) => other.subject !== again.subject || other.n > again.n || firstOf(other) === first,
      );
      return first === again || !isFirst || isThrottled(again) ? [] : [{ first, again }];
    }),
    ({ first, again }) =>
      again.response.status === 409
        ? {
            code: 'retry-refused',
            expected: `no effect of a request that was answered ${first.response?.status ?? ''}`,
            actual: 'the same, sent again as it asked, is answered 409',
            exchanges: [first, again],
          }
        : undefined,
  );
};

/** Creates that were throttled, by name. One that was sent again and not throttled may be there because of that. */
const throttledForGood = (trace: TraceView): ReadonlyMap<string, Answered> => {
  const throttled = new Map<string, Answered>();
  for (const exchange of throttledIn(trace)) {
    if (exchange.request.method === 'POST' && exchange.subject !== undefined) throttled.set(exchange.subject, exchange);
  }
  for (const exchange of trace.all()) {
    const isDone = !isAnswered(exchange) || !isThrottled(exchange);
    if (exchange.request.method === 'POST' && isDone) throttled.delete(exchange.subject ?? '');
  }
  return throttled;
};

const nothingFound = (trace: TraceView): Judgement<'throttled-create-done'> => {
  const throttled = throttledForGood(trace);
  const searches = trace.answered('search').flatMap((search) => {
    const [asked, count] = [throttled.get(search.subject ?? ''), countFound(search)];
    return asked === undefined || count === undefined ? [] : [{ asked, search, count }];
  });
  return judgeEach(searches, ({ asked, search, count }) =>
    count > 0
      ? {
          code: 'throttled-create-done',
          expected: `no effect of a request that was answered ${asked.response.status}`,
          actual: `${search.subject ?? ''} exists`,
          exchanges: [asked, search],
        }
      : undefined,
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
      'Usual causes: the request is enqueued and the answer made afterwards, or a limiter that runs only when the response is sent.',
    ],
  },
  codes: {
    'throttled-create-done': 'a create that was throttled creates the user all the same',
    'retry-refused': 'a create that was throttled is refused with 409 when it is sent again',
  },
  from: 'every',
  first: burst,
  looksAt: 'any',
  judge: (trace) => together(nothingFound(trace), notInItsOwnWay(trace)),
});
