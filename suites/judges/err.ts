/** ERR-01 to ERR-10: how a provider refuses. */
import { header, scimTypes, urn } from '../../schemas/names.js';
import type { Submission } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import { operationResults } from '../bindings/operation-result.js';
import { completionOf } from '../security-events/security-event-token.js';
import { isObject, responseHeader, responseJson, responseObject, withoutNulls } from '../trace/message.js';
import { isAnswered, type Answered } from '../trace/trace.js';
import { isThrottled, isUnavailable, type TraceView } from '../trace/trace-view.js';
import { describeBody, describeViolations } from './describe.js';
import { judgeEach, together, type Finding, type Judge } from './judge.js';
import { leakedInternals } from './leaked-internals.js';
import { findsUser } from './mode.js';

/**
 * Errors that the application made. Hostile ids and fuzz may be answered below it (profile §7, clarification 3).
 */
const errors = (trace: TraceView): Answered[] =>
  trace
    .answered()
    .filter(({ response, purpose }) => response.status >= 400 && purpose !== 'hostile-id' && purpose !== 'fuzz');

/** Every answer of 400 or more has a SCIM error body whose status is a string equal to the HTTP status. The 404 of an unknown status is STAT-09's. */
export const err01: Judge = (trace) =>
  judgeEach(
    errors(trace)
      .filter(({ purpose, request }) => purpose !== 'status-unknown' && request.method !== 'HEAD')
      .filter((exchange) => trace.isScim(exchange)),
    (exchange) => {
      const { status } = exchange.response;
      const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
      const body = responseJson(exchange);
      if (!isObject(body))
        return fail(`a SCIM error in the body of the ${status}`, `it comes ${describeBody(exchange)}`);
      const validation = validate('scim/error', withoutNulls(body));
      if (!validation.valid)
        return fail('a valid SCIM error (RFC 7644 §3.12)', describeViolations(validation.violations));
      return validation.value.status === String(status)
        ? undefined
        : fail(`status "${status}" in the error, as in the answer`, `it is ${JSON.stringify(validation.value.status)}`);
    },
  );

/** Malformed JSON answers 400 (invalidSyntax SHOULD), never 202. */
export const err02: Judge = (trace) =>
  judgeEach(trace.answered('malformed'), (exchange): Finding | undefined => {
    const { status } = exchange.response;
    const damage = exchange.variant ?? '';
    if (status !== 400) {
      return {
        expected: `400 to malformed JSON (${damage})`,
        actual: `the answer is ${status}`,
        exchanges: [exchange],
      };
    }
    const scimType = responseObject(exchange)?.scimType;
    return scimType === 'invalidSyntax'
      ? undefined
      : {
          level: 'SHOULD',
          expected: 'scimType invalidSyntax',
          actual: `it is ${JSON.stringify(scimType)}`,
          exchanges: [exchange],
        };
  });

interface OperationOutcome {
  readonly status: string | undefined;
  readonly response: unknown;
  readonly exchanges: Answered[];
}

/** How a single submission ended: the answer itself where it was refused at once, else the result of its operation; undefined while unknown. */
const outcomeOf = (trace: TraceView, submission: Submission): OperationOutcome | undefined => {
  const asking = trace.asking(submission);
  if (!submission.accepted) {
    return { status: String(asking.response.status), response: responseJson(asking), exchanges: [asking] };
  }
  if (trace.settlement(submission)?.outcome !== 'completed') return undefined;
  const completion = trace.completion(submission);
  if (completion === undefined) return undefined;
  const { poll, results } = completion;
  const [result] = results;
  // Without Operations (LIFE-10 wants them) the counts say only whether it succeeded.
  const counts = responseObject(poll)?.operationsCount;
  if (result === undefined && !(isObject(counts) && counts.success === 1)) return undefined;
  return { status: result?.status ?? 'success', response: result?.response, exchanges: [asking, poll] };
};

/** Outcomes of everything that this purpose asked, synchronously or not. What a provider does not implement (501) it did not judge. */
const outcomes = (
  trace: TraceView,
  purpose: 'refusal' | 'duplicate' | 'unknown-resource',
  variant?: string,
): OperationOutcome[] => {
  const submissions = trace.submissions();
  const asked = new Set(submissions.map(({ exchange }) => exchange));
  const wanted = (exchange: Answered): boolean =>
    exchange.purpose === purpose && (variant === undefined || exchange.variant === variant);
  const synchronous = trace
    .answered(purpose)
    // A 202 that nobody asked for is MODE-02's.
    .filter((exchange) => wanted(exchange) && !asked.has(exchange.n) && exchange.response.status !== 202)
    .map((exchange) => ({
      status: String(exchange.response.status),
      response: responseJson(exchange),
      exchanges: [exchange],
    }));
  const asynchronous = submissions
    .filter((submission) => wanted(trace.asking(submission)))
    .flatMap((submission) => outcomeOf(trace, submission) ?? []);
  return [...synchronous, ...asynchronous].filter(({ status }) => status !== '501');
};

/** A missing required attribute fails: 400 at once, or 202 and a failed operation with 400. */
export const err03: Judge = (trace) =>
  judgeEach(outcomes(trace, 'refusal', 'without userName'), ({ status, exchanges }) =>
    status === '400'
      ? undefined
      : {
          expected: `400 to ${exchanges[0]?.request.method ?? ''} of a user without userName, at once or in the operation’s result`,
          actual: `it is ${status ?? 'unknown'}`,
          exchanges,
        },
  );

/** A content type that is not JSON answers 415. */
export const err04: Judge = (trace) =>
  judgeEach(trace.variant('content type', 'refusal'), (exchange) =>
    exchange.response.status === 415
      ? undefined
      : {
          expected: '415 to a content type that is not JSON',
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [exchange],
        },
  );

/** Registered after RFC 7644: cursor pagination (RFC 9865 §3). */
const laterScimTypes = ['expiredCursor', 'invalidCursor', 'invalidCount'];
const knownScimTypes: readonly string[] = [...scimTypes, ...laterScimTypes];

/** SCIM errors that an answer holds: itself, or those in results of operations. */
const errorsIn = (trace: TraceView, exchange: Answered): Record<string, unknown>[] => {
  const body = responseObject(exchange);
  const nested = body === undefined ? [] : operationResults(body).map(({ response }) => response);
  const inEvents = trace
    .tokensBy(exchange)
    .map(({ claims }) => completionOf(claims))
    .map((payload) => (isObject(payload) ? payload.response : undefined));
  return [body, ...nested, ...inEvents]
    .filter(isObject)
    .filter(({ schemas }) => Array.isArray(schemas) && schemas.includes(urn.error));
};

/** scimType, where present, is one of RFC 7644 table 9 (or a registered one). */
export const err05: Judge = (trace) =>
  judgeEach(
    trace
      .answered()
      .filter((exchange) =>
        errorsIn(trace, exchange).some(({ scimType }) => scimType !== undefined && scimType !== null),
      ),
    (exchange) => {
      const unknown = errorsIn(trace, exchange).find(
        ({ scimType }) =>
          scimType !== undefined &&
          scimType !== null &&
          !(typeof scimType === 'string' && knownScimTypes.includes(scimType)),
      );
      return unknown === undefined
        ? undefined
        : {
            expected: 'a scimType of RFC 7644 table 9',
            actual: `it is ${JSON.stringify(unknown.scimType)}`,
            exchanges: [exchange],
          };
    },
  );

/** A duplicate userName fails with 409 (uniqueness SHOULD), at once or in the operation's result. */
export const err06: Judge = (trace) => together(earlierOne(trace), atATime(trace));

/** Of several creates of one userName at a time, one may succeed. */
const atATime: Judge = (trace) => {
  const rivals = trace.submissions().filter((submission) => trace.asking(submission).variant === 'together');
  const made = rivals.filter((submission) => outcomeOf(trace, submission)?.status === '201');
  return judgeEach(made.slice(0, 1), () =>
    made.length === 1
      ? undefined
      : {
          expected: `one of ${rivals.length} creates of one userName at a time to succeed, and 409 to the others`,
          actual: `${made.length} of them succeed`,
          exchanges: made.slice(0, 2).flatMap((submission) => outcomeOf(trace, submission)?.exchanges ?? []),
        },
  );
};

const earlierOne: Judge = (trace) =>
  judgeEach(outcomes(trace, 'duplicate'), ({ status, response, exchanges: of }): Finding | undefined => {
    const [asked] = of;
    // Who sends the duplicate again needs what it is a duplicate of.
    const taken = trace.answered('create').find(({ subject, n }) => subject === asked?.subject && n < (asked?.n ?? 0));
    const exchanges = taken === undefined ? of : [taken, ...of];
    // A userName that cannot be changed at all is not compared with others.
    const isImmutable = isObject(response) && response.scimType === 'mutability' && asked?.request.method === 'PUT';
    if (isImmutable && status === '400') return undefined;
    if (status !== '409') {
      return {
        expected: `409 to ${asked?.variant ?? 'a create'} with a userName that is taken, at once or in the operation’s result`,
        actual: `it is ${status ?? 'unknown'}`,
        exchanges,
      };
    }
    // That there is no error at all is the business of others.
    if (!isObject(response)) return undefined;
    const { scimType } = response;
    return scimType === 'uniqueness'
      ? undefined
      : { level: 'SHOULD', expected: 'scimType uniqueness', actual: `it is ${JSON.stringify(scimType)}`, exchanges };
  });

/** An operation on an unknown resource fails with 404, at once or in the operation's result. */
export const err07: Judge = (trace) =>
  judgeEach(outcomes(trace, 'unknown-resource'), ({ status, exchanges }) =>
    status === '404'
      ? undefined
      : {
          expected: `404 to ${exchanges[0]?.request.method ?? ''} of a resource that is not there, at once or in the operation’s result`,
          actual: `it is ${status ?? 'unknown'}`,
          exchanges,
        },
  );

/** No error shows a stack trace, a file path or a query. */
export const err08: Judge = (trace) =>
  judgeEach(
    trace.answered().filter((exchange) => exchange.response.status >= 400 || errorsIn(trace, exchange).length > 0),
    (exchange) => {
      const shown =
        exchange.response.status >= 400 ? exchange.response.body : JSON.stringify(errorsIn(trace, exchange));
      const leak = leakedInternals(shown, `${exchange.request.url} ${exchange.request.body ?? ''}`);
      return leak === undefined
        ? undefined
        : {
            expected: 'no internals in an error',
            actual: `it shows ${leak.kind}: «${leak.text}»`,
            exchanges: [exchange],
          };
    },
  );

/** 501 says that something is not supported. */
const isServerError = ({ response }: Answered): boolean => response.status >= 500 && response.status !== 501;

/** Fuzz that is answered 503 without a word on when to come back, by a provider that has not got too much to do. */
const brokenDown = (trace: TraceView): Answered[] =>
  trace.variant('afterwards', 'probe').length === 0
    ? []
    : trace
        .all()
        .filter(isAnswered)
        .filter((exchange) => exchange.purpose === 'fuzz' && isUnavailable(exchange) && !isThrottled(exchange));

/**
 * No input from a client causes a 5xx (501 apart), and the provider answers normally afterwards. What a burst is
 * answered is RATE-09's, and so is a 503, unless fuzz is answered it and the request after the fuzz is not.
 */
export const err09: Judge = (trace) =>
  together(
    judgeEach([...trace.answered().filter(({ purpose }) => purpose !== 'burst'), ...brokenDown(trace)], (exchange) =>
      isServerError(exchange)
        ? {
            expected: 'no 5xx, whatever a client sends',
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [exchange],
          }
        : undefined,
    ),
    judgeEach(
      trace.all().filter(({ purpose, failure }) => purpose === 'fuzz' && failure?.code === 'connection'),
      (exchange) => ({
        expected: 'an answer, whatever a client sends',
        actual: exchange.failure?.message ?? 'there is none',
        exchanges: [exchange],
      }),
    ),
    judgeEach(
      trace
        .all()
        .filter((exchange) => exchange.variant === 'afterwards' && !(isAnswered(exchange) && isUnavailable(exchange)))
        .filter(({ failure }) => failure?.code !== 'interrupted'),
      (exchange) =>
        exchange.response !== undefined && exchange.response.status < 500
          ? undefined
          : {
              expected: 'a normal answer afterwards',
              actual: exchange.failure?.message ?? `the answer is ${exchange.response?.status ?? 'none'}`,
              exchanges: [exchange],
            },
    ),
  );

/** A request refused at once (400 to 499) leaves no status resource and no effect. */
export const err10: Judge = (trace) => {
  const refused = trace
    .submissions()
    .map((submission) => trace.asking(submission))
    .filter(({ purpose, response }) => purpose === 'refusal' && response.status >= 400 && response.status < 500);
  return judgeEach(refused, (exchange): Finding | undefined => {
    const body = responseObject(exchange);
    if (Array.isArray(body?.schemas) && body.schemas.includes(urn.provisionStatus)) {
      return {
        expected: 'no status resource of a refused request',
        actual: 'the refusal carries one',
        exchanges: [exchange],
      };
    }
    const led = trace.variant('Location of a refusal', 'probe')[0];
    if (responseHeader(exchange, header.location) !== undefined && led?.response.status === 200) {
      return {
        expected: 'no status resource of a refused request',
        actual: 'the Location of the refusal leads to one',
        exchanges: [exchange, led],
      };
    }
    const search = trace.answered('search').find(({ subject, n }) => subject === exchange.subject && n > exchange.n);
    return search !== undefined && findsUser(responseJson(search), exchange.subject)
      ? { expected: 'no effect of a refused request', actual: 'the user exists', exchanges: [exchange, search] }
      : undefined;
  });
};
