/** ACC-01 to ACC-07: the answer that accepts an asynchronous request. */
import { header, mediaType } from '../../schemas/names.js';
import type { Exchange, Submission } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import { retryAfterMs } from '../client/retry-after.js';
import { hasBody, isObject, responseHeader, responseJson, responseMediaType, withoutNulls } from '../trace/message.js';
import { isAnswered } from '../trace/trace.js';
import { isCut, isUnavailable, type TraceView } from '../trace/trace-view.js';
import { describeBody, describeViolations } from './describe.js';
import { judgeEach, together, type Finding, type Judge } from './judge.js';

/** The first GET of the status resource that says something of it: not one that was throttled, nor one that was never sent. */
const firstLook = (trace: TraceView, submission: Submission): Exchange | undefined =>
  trace
    .looks(submission)
    .find(
      (exchange) =>
        exchange.credential === 'primary' &&
        !(isAnswered(exchange) && isUnavailable(exchange)) &&
        !trace.isCancelled(submission.n, exchange.n) &&
        !['foreign-origin', 'interrupted'].includes(exchange.failure?.code ?? ''),
    );

/** Whether the Location of a 202 was looked at, or is such that nobody can. */
const isFollowed = (trace: TraceView, submission: Submission): boolean =>
  submission.location === undefined || firstLook(trace, submission) !== undefined;

/** The 202 has a Location, absolute or relative, and a GET of it at once answers 200. */
export const acc01: Judge = (trace) =>
  judgeEach(
    trace.acceptances().filter(({ submission }) => isFollowed(trace, submission)),
    ({ submission, exchange }) => {
      const location = responseHeader(exchange, header.location);
      if (location === undefined) {
        return { expected: 'a Location on the 202', actual: 'there is none', exchanges: [exchange] };
      }
      if (submission.location === undefined) {
        return { expected: 'a URI reference as Location', actual: `it is «${location}»`, exchanges: [exchange] };
      }
      const first = firstLook(trace, submission);
      if (first === undefined || first.response?.status === 200) return undefined;
      return {
        expected: 'a GET of the Location at once to answer 200',
        actual: first.failure?.message ?? `it is answered ${first.response?.status ?? 'nothing'}`,
        exchanges: [exchange, first],
      };
    },
  );

/** The body of the 202, where present, is a valid status resource in application/scim+json. */
export const acc02: Judge = (trace) =>
  judgeEach(
    trace.acceptances().filter(({ exchange }) => hasBody(exchange) && !isCut(exchange)),
    ({ exchange }) => {
      const findings: Finding[] = [];
      const type = responseMediaType(exchange);
      if (type !== mediaType.scim) {
        findings.push({
          expected: `Content-Type ${mediaType.scim} on the 202`,
          actual: `it is ${type ?? 'absent'}`,
          exchanges: [exchange],
        });
      }
      const body = responseJson(exchange);
      const expected = 'a valid status resource in the body of the 202';
      if (body === undefined) return [...findings, { expected, actual: describeBody(exchange), exchanges: [exchange] }];
      const validation = validate('async/provision-status', withoutNulls(body));
      return validation.valid
        ? findings
        : [...findings, { expected, actual: describeViolations(validation.violations), exchanges: [exchange] }];
    },
  );

/** The body is present. */
export const acc03: Judge = (trace) =>
  judgeEach(trace.acceptances(), ({ exchange }) =>
    hasBody(exchange)
      ? undefined
      : { expected: 'the status resource in the body of the 202', actual: 'the body is empty', exchanges: [exchange] },
  );

const idOf = (exchange: Exchange): unknown => {
  const body = responseJson(exchange);
  return isObject(body) ? body.id : undefined;
};

/** Each accepted request has its own id and Location. */
export const acc04: Judge = (trace) => {
  const acceptances = trace.acceptances();
  return judgeEach(acceptances.slice(1), ({ submission, exchange }) => {
    const others = acceptances.filter((other) => other.submission.n < submission.n);
    const same = others.find(
      (other) =>
        (submission.location !== undefined && other.submission.location === submission.location) ||
        (idOf(exchange) !== undefined && idOf(exchange) === idOf(other.exchange)),
    );
    return same === undefined
      ? undefined
      : {
          expected: 'its own id and Location for each accepted request',
          actual: `two requests have the id ${JSON.stringify(idOf(exchange))} and the Location ${submission.location ?? 'none'}`,
          exchanges: [same.exchange, exchange],
        };
  });
};

/**
 * X-Request-ID, where the client sent one, comes back unchanged; where it sent none, one is made (SHOULD). A request
 * refused for a legal id (1 to 128 visible ASCII characters, profile §2) did not bring it back either.
 */
export const acc05: Judge = (trace) =>
  together(
    judgeEach(trace.acceptances(), ({ submission, exchange }): Finding | undefined => {
      const value = responseHeader(exchange, header.requestId);
      if (submission.requestId === undefined) {
        return value === undefined
          ? {
              level: 'SHOULD',
              expected: `a ${header.requestId} on the 202`,
              actual: 'there is none',
              exchanges: [exchange],
            }
          : undefined;
      }
      return value === submission.requestId
        ? undefined
        : {
            expected: `the 202 to say ${header.requestId}: ${submission.requestId}`,
            actual: value === undefined ? 'it has no such field' : `it says ${header.requestId}: ${value}`,
            exchanges: [exchange],
          };
    }),
    judgeEach(
      trace.variant('any request id', 'submit').filter(({ response }) => response.status === 400),
      (exchange) => ({
        expected: `a legal ${header.requestId} to be accepted and to come back`,
        actual: 'the request is refused with 400',
        exchanges: [exchange],
      }),
    ),
  );

/** Retry-After on the 202, a whole number of seconds or an HTTP date. */
export const acc06: Judge = (trace) =>
  judgeEach(trace.acceptances(), ({ exchange }) => {
    const value = responseHeader(exchange, header.retryAfter);
    if (value !== undefined && retryAfterMs(value, new Date(0)) !== undefined) return undefined;
    return {
      expected: 'Retry-After on the 202, a whole number of seconds or an HTTP date',
      actual: value === undefined ? 'there is none' : `it is «${value}»`,
      exchanges: [exchange],
    };
  });

const pendingOf = (status: { operationsCount?: unknown }): unknown =>
  isObject(status.operationsCount) ? status.operationsCount.pending : undefined;

/** The 202 comes before the work is done: the first status seen has some pending, or acceptance beats the same bulk done synchronously. */
export const acc07: Judge = (trace) =>
  judgeEach(
    trace.acceptances().filter(({ exchange }) => exchange.variant === 'large'),
    ({ submission, exchange }) => {
      const first = trace.sightings(submission)[0];
      const pending = first === undefined ? undefined : pendingOf(first.status);
      const synchronous = trace.variant('large', 'bulk').find(({ response }) => response.status === 200);
      if (typeof pending === 'number' && pending > 0) return undefined;
      if (synchronous === undefined || exchange.took < synchronous.took) return undefined;
      return {
        expected: 'the 202 before the work is done',
        actual: `the first status has nothing pending, and acceptance took ${Math.round(exchange.took)} ms where the same bulk took ${Math.round(synchronous.took)} ms synchronously`,
        exchanges: [synchronous, exchange],
      };
    },
  );
