/** RATE-03. A search must not find a user of a throttled create, and the create must not conflict with its own retry. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { throttledChangesSteps } from '../../scenarios/rate-limit/throttled-changes.js';
import { isNotFound, isThrottled } from '../../trace/answers.js';
import { isObject, requestJson, responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import { type Answered, isAnswered } from '../../trace/trace.js';
import { throttledIn } from './throttled-in.js';

/** When a throttled create of a new name is sent again, the name has to be free. */
const judgeRetries = (trace: TraceView): Judgement<'retry-refused'> => {
  // A retry with a known request id is left out: the id, and not the name, may be the reason for a 409.
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
            actual: 'the same request, sent again after the wait, is answered 409',
            exchanges: [first, again],
          }
        : undefined,
  );
};

/** Creates that were throttled, by name, without those whose retry was admitted: the retry may have created the user. */
const neverAdmitted = (trace: TraceView): ReadonlyMap<string, Answered> => {
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

const judgeSearches = (trace: TraceView): Judgement<'throttled-create-done'> => {
  const throttled = neverAdmitted(trace);
  const searches = trace.answered('search').flatMap((search) => {
    const [create, count] = [throttled.get(search.subject ?? ''), countFound(search)];
    return create === undefined || count === undefined ? [] : [{ create, search, count }];
  });
  return judgeEach(searches, ({ create, search, count }) =>
    count > 0
      ? {
          code: 'throttled-create-done',
          expected: `no effect of a request that was answered ${create.response.status}`,
          actual: `${search.subject ?? ''} exists`,
          exchanges: [create, search],
        }
      : undefined,
  );
};

/** Whether a read shows that a PUT or DELETE was done. Each PUT writes a word of its own. */
const showsDone = ({ request }: Answered, change: unknown, read: Answered): boolean => {
  if (request.method === 'DELETE') return isNotFound(read);
  return (
    isObject(change) && change.displayName !== undefined && responseObject(read)?.displayName === change.displayName
  );
};

const judgeChanges = (trace: TraceView): Judgement<'throttled-change-done'> => {
  const throttled = throttledIn(trace).filter(({ variant }) => variant === throttledChangesSteps.change);
  const reads = trace
    .variant(throttledChangesSteps.afterwards, 'read')
    .flatMap((read) => throttled.filter(({ subject }) => subject === read.subject).map((change) => ({ change, read })));
  return judgeEach(reads, ({ change, read }) =>
    showsDone(change, requestJson(change), read)
      ? {
          code: 'throttled-change-done',
          expected: `no effect of a ${change.request.method} that was answered ${change.response.status}`,
          actual: `a GET of its user is answered ${read.response.status}, and shows that it was done`,
          exchanges: [change, read],
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
      'A client sends a throttled request again after the wait.',
      'If the first one was done although it was throttled, there are two users, or the second is refused because of the first.',
    ],
    tested: [
      'Some requests of the burst are creates of names that are used once: synchronous, asynchronous, and in a bulk request.',
      'After the burst, up to twelve names whose create was throttled are searched for: no search may find a user.',
      'While the target throttles, synchronous PUTs of one user are sent until one is throttled, and a DELETE of another: a GET afterwards must not show that a throttled one was done.',
      'In the whole run, a create that was throttled and sent again must not be answered 409, unless another request used that name before.',
    ],
    fix: [
      'Let the limiter decide before anything else happens: before the queue, the database and the reservation of names or request ids.',
      'Usual causes: the request is enqueued before the limiter is asked, or the limiter runs only when the response is sent.',
    ],
  },
  codes: {
    'throttled-create-done': 'a create that was throttled creates the user',
    'throttled-change-done': 'a PUT or DELETE that was throttled is done',
    'retry-refused': 'a create that was throttled is refused with 409 when it is sent again',
  },
  from: 'every',
  first: burst,
  looksAt: 'any',
  judge: (trace) => together(judgeSearches(trace), judgeChanges(trace), judgeRetries(trace)),
});
