/** IDEM, TOK and CNCL: optional features of the request-mode binding. */
import { header } from '../../schemas/names.js';
import { resolveLocation } from '../bindings/locations.js';
import { hasBody, isObject, responseHeader, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { countFound } from '../trace/searches.js';
import { isCut, type TraceView } from '../trace/trace-view.js';
import { describeBody } from './describe.js';
import { judgeEach, together, type Finding, type Judge, type Judgement } from './judge.js';
import { booleansOf, countsOf, said } from './status-members.js';

const retryOf = (trace: TraceView, variant: string): Answered | undefined => trace.variant(variant, 'retry')[0];

interface StatusPlace {
  readonly id: string | undefined;
  /** Absolute. */
  readonly location: string | undefined;
}

const placeOf = (exchange: Answered): StatusPlace => {
  const id = responseObject(exchange)?.id;
  const location = responseHeader(exchange, header.location);
  return {
    id: typeof id === 'string' ? id : undefined,
    location: location === undefined ? undefined : resolveLocation(location, exchange.request.url),
  };
};

/** Which status resource an answer leads to, in words. */
const statusOf = (exchange: Answered): string => {
  const { id, location } = placeOf(exchange);
  return id === undefined ? (location ?? 'an unknown one') : `id ${id}`;
};

/** Whether two answers lead to one status resource, by what both of them say; undefined where there is no telling. */
const isSameStatus = (a: Answered, b: Answered): boolean | undefined => {
  const [first, second] = [placeOf(a), placeOf(b)];
  if (first.id !== undefined && second.id !== undefined) return first.id === second.id;
  if (first.location !== undefined && second.location !== undefined) return first.location === second.location;
  return undefined;
};

/** The same X-Request-ID and body again: the same status resource, no second effect. */
export const idem01: Judge = (trace) => {
  const [first, again] = [retryOf(trace, 'first'), retryOf(trace, 'again')];
  if (first?.response.status !== 202 || again === undefined) return together();
  const submission = trace.submissions().find(({ exchange }) => exchange === first.n);
  const done = submission === undefined ? undefined : trace.completion(submission)?.poll;
  return judgeEach([again], (): Finding | undefined => {
    // That the first was completed by then may be what makes the difference.
    const exchanges = [first, ...(done !== undefined && done.n < again.n ? [done] : []), again];
    // The request is accepted already: its status may be answered as it is.
    if (again.response.status !== 202 && again.response.status !== 200) {
      return { expected: '202 to a safe retry', actual: `the answer is ${again.response.status}`, exchanges };
    }
    if (isSameStatus(first, again) === false) {
      return {
        expected: `the retry to lead to the status resource of the first: ${statusOf(first)}`,
        actual: `it leads to another: ${statusOf(again)}`,
        exchanges,
      };
    }
    const search = trace.answered('search').find(({ subject }) => subject === first.subject);
    const count = search === undefined ? undefined : countFound(search);
    return search !== undefined && count !== undefined && count > 1
      ? { expected: 'one user', actual: `there are ${count}`, exchanges: [...exchanges, search] }
      : undefined;
  });
};

/** The same X-Request-ID with another body: 409, no effect; of what was refused and of another id no trace is kept. */
export const idem02: Judge = (trace) => together(anotherBody(trace), freshId(trace));

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

/** Two clients may use the same X-Request-ID without meeting. */
export const idem03: Judge = (trace) => {
  const [first, second] = [retryOf(trace, 'first client'), retryOf(trace, 'second client')];
  if (first?.response.status !== 202 || second === undefined) return together();
  return judgeEach([second], (): Finding | undefined => {
    const exchanges = [first, second];
    if (second.response.status !== 202) {
      return { expected: '202 to the other client', actual: `the answer is ${second.response.status}`, exchanges };
    }
    if (isSameStatus(first, second) === true) {
      return { expected: 'a status resource of its own for each client', actual: statusOf(second), exchanges };
    }
    // Whether both have their effect is LIFE-06's.
    return undefined;
  });
};

/** Whether a token ended before all uses of it were tried: it reads nothing any more then, and that says nothing. */
const hadExpired = (trace: TraceView): boolean => trace.trace.blocked?.includes('had expired') === true;

/** The 202 body has statusToken {value, expiresAt}; it reads that status resource as a bearer token. */
export const tok01: Judge = (trace) => {
  const [submission] = trace.submissions();
  if (submission?.accepted !== true) return together();
  const asked = trace.asking(submission);
  return together(
    // Without a body it is ACC-03's.
    judgeEach(hasBody(asked) && !isCut(asked) ? [asked] : [], (exchange) => {
      const token = responseObject(exchange)?.statusToken;
      const whole =
        isObject(token) &&
        typeof token.value === 'string' &&
        typeof token.expiresAt === 'string' &&
        !Number.isNaN(Date.parse(token.expiresAt));
      return whole
        ? undefined
        : {
            expected: 'statusToken with value and expiresAt in the body of the 202',
            actual: token === undefined ? describeBody(exchange) : JSON.stringify(token),
            exchanges: [exchange],
          };
    }),
    judgeEach(
      hadExpired(trace)
        ? []
        : trace.answered('status-token').filter(({ variant }) => variant?.startsWith('own status') === true),
      (exchange) =>
        exchange.response.status === 200
          ? undefined
          : {
              expected: `the status token to read its status resource (${exchange.variant ?? ''})`,
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [asked, exchange],
            },
    ),
  );
};

/** It reads no other request's status and cannot write anything: 401 or 403. */
export const tok02: Judge = (trace) =>
  judgeEach(
    trace
      .answered('status-token')
      .filter(({ variant }) =>
        ['another status', 'another status by an alias', 'create', 'list', 'bulk', 'cancel'].includes(variant ?? ''),
      )
      .filter(({ response }) => response.status !== 401 || !hadExpired(trace)),
    (exchange) =>
      exchange.response.status === 401 ||
      exchange.response.status === 403 ||
      // An alias need not be there, and cancel need not be known to a token.
      (exchange.variant === 'another status by an alias' && exchange.response.status === 404) ||
      (exchange.variant === 'cancel' && exchange.response.status === 405)
        ? undefined
        : {
            expected: `401 or 403 to a status token used for ${exchange.variant ?? ''}`,
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [exchange],
          },
  );

/** After expiresAt it answers 401. */
export const tok03: Judge = (trace) =>
  judgeEach(trace.variant('expired', 'status-token'), (exchange) =>
    exchange.response.status === 401
      ? undefined
      : {
          expected: '401 to a status token that has expired',
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [exchange],
        },
  );

/** DELETE on a pending status resource stops what has not run; those operations count as failed. */
export const cncl01: Judge = (trace) =>
  together(
    ...trace
      .answered('cancel')
      .filter(({ variant }) => variant === undefined)
      .map((cancel) => judgeCancel(trace, cancel)),
  );

const judgeCancel = (trace: TraceView, cancel: Answered): Judgement => {
  const submissions = trace.submissions();
  const place = submissions.findIndex(({ n }) => n === cancel.submission);
  // The other request of the same client is asked next to it.
  const [submission, other] = submissions.slice(place, place + 2);
  if (place === -1 || submission === undefined) return together();
  const after = trace.variant('after cancel', 'status-read').find((read) => read.submission === submission.n);
  const before = trace.sightings(submission).findLast(({ exchange }) => exchange.n < cancel.n);
  const completion = trace.completion(submission);
  const pending = before === undefined ? 0 : (countsOf(before.status)?.pending ?? 0);
  if (pending === 0) return together();
  const asked = trace.asking(submission);
  if (cancel.response.status < 300 && completion === undefined) {
    const last = trace.statusReads(submission).at(-1);
    if (after !== undefined && after.response.status >= 400) {
      return judgeEach([after], () => ({
        expected: 'the status of a cancelled request, in which what was stopped counts as failed',
        actual: `GET of it is answered ${after.response.status}`,
        exchanges: [asked, cancel, after],
      }));
    }
    return judgeEach(trace.settlement(submission)?.outcome === 'deadline' ? [cancel] : [], () => ({
      expected: 'what was stopped to count as failed, so that the cancelled request completes',
      actual: 'it is still pending at the deadline',
      exchanges: [asked, cancel, ...(last === undefined ? [] : [last])],
    }));
  }
  const { status } = cancel.response;
  const exchanges = [asked, cancel, ...(completion === undefined ? [] : [completion.poll])];
  // Completed before the DELETE came: there was nothing to stop.
  const wasOver = after !== undefined && booleansOf(responseObject(after) ?? {})?.success === true;
  // Whether it was, is not known where the look after it was too long.
  if (status >= 400 && (wasOver || (after === undefined && trace.hasCut()))) return together();
  return judgeEach([cancel], (): Finding | undefined => {
    if (status >= 300) {
      return {
        expected: 'success of DELETE on a pending status resource',
        actual: `the answer is ${status}`,
        exchanges,
      };
    }
    const stopped = (completion?.results ?? []).filter((result) => Number(result.status) >= 400);
    const counts = completion === undefined ? undefined : countsOf(responseObject(completion.poll) ?? {});
    if (counts !== undefined && counts.failed === 0 && !wasOver) {
      return { expected: 'what had not run to be stopped, and to count as failed', actual: said(counts), exchanges };
    }
    const hit = other === undefined ? undefined : trace.completion(other);
    if (other !== undefined && hit?.results.some((result) => Number(result.status) >= 400) === true) {
      return {
        expected: 'another request of the same client to go on',
        actual: 'its operations are stopped, too',
        exchanges: [trace.asking(other), cancel, hit.poll],
      };
    }
    const places = new Map(stopped.map(({ index }) => [submission.operations[index]?.userName, index]));
    const search = trace.answered('search').find((each) => places.has(each.subject) && (countFound(each) ?? 0) > 0);
    return search === undefined
      ? undefined
      : {
          expected: `operation ${places.get(search.subject) ?? ''}, which was stopped, to have no effect`,
          actual: 'its user exists',
          exchanges: [...exchanges, search],
        };
  });
};
