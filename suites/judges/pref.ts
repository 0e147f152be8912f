/** PREF-01 to PREF-09: how a request asks for an asynchronous answer as RFC 9967 has it, and how it is accepted. */
import { header, mediaType, respondAsync } from '../../schemas/names.js';
import type { Submission } from '../../schemas/types.js';
import { uriReference } from '../bindings/locations.js';
import { readResultBody } from '../security-events/security-event-token.js';
import { asyncRequestOf } from '../target/security-events.js';
import { hasBody, headerValue, responseHeader, responseMediaType } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from '../trace/trace-view.js';
import { describeBody } from './describe.js';
import {
  judgeEach,
  notApplicable,
  together,
  type Ambiguity,
  type Finding,
  type Judge,
  type Judgement,
} from './judge.js';

/** Requests with the preference of which nothing is wrong, and of which all should be well. */
const goodRequests = (trace: TraceView): { submission: Submission; exchange: Answered }[] =>
  trace
    .submissions()
    .map((submission) => ({ submission, exchange: trace.asking(submission) }))
    .filter(
      ({ submission, exchange }) =>
        exchange.purpose === 'submit' && submission.operations.every(({ expected }) => expected === 'success'),
    );

const normal: Readonly<Record<string, readonly number[]>> = {
  POST: [200, 201, 202],
  PUT: [200, 202],
  PATCH: [200, 202, 204],
  DELETE: [202, 204],
};

/** `Prefer: respond-async` on POST, PUT, PATCH, DELETE answers normally or 202; whatever its spelling, in the same way (SHOULD). */
export const pref01: Judge = (trace) => {
  const requests = goodRequests(trace);
  const plain = requests.find(({ exchange }) => exchange.variant === 'plain');
  return judgeEach(requests, ({ submission, exchange }): Finding | undefined => {
    const { status } = exchange.response;
    const { method } = exchange.request;
    if (normal[method]?.includes(status) !== true) {
      return {
        expected: `the normal answer or 202 to ${method} with Prefer: ${respondAsync}`,
        actual: `the answer is ${status}`,
        exchanges: [exchange],
      };
    }
    // A preference may be ignored, but a field line is as good as another (RFC 7240 §2).
    const isOdd = plain?.submission.accepted === true && !submission.accepted && exchange.variant !== 'wait';
    return isOdd
      ? {
          level: 'SHOULD',
          expected: `202 to the preference ${exchange.variant ?? ''}, as to the plain one`,
          actual: `the answer is ${status}`,
          exchanges: [plain.exchange, exchange],
        }
      : undefined;
  });
};

/** The 202 has no body. */
export const pref02: Judge = (trace) =>
  judgeEach(trace.accepted(), ({ exchange }) =>
    hasBody(exchange)
      ? { expected: 'no body of the 202', actual: `it comes ${describeBody(exchange)}`, exchanges: [exchange] }
      : undefined,
  );

/** The 202 has Set-Txn, unique for each request. */
export const pref03: Judge = (trace) => {
  const accepted = trace.accepted();
  return judgeEach(accepted, ({ exchange, submission }): Finding | undefined => {
    const txn = responseHeader(exchange, header.setTxn);
    if (txn === undefined || txn === '')
      return { expected: 'Set-Txn on the 202', actual: 'it is absent', exchanges: [exchange] };
    const other = accepted.find((each) => each.submission.n < submission.n && each.submission.txn === txn);
    return other === undefined
      ? undefined
      : {
          expected: 'a Set-Txn of its own for each request',
          actual: `two have ${txn}`,
          exchanges: [other.exchange, exchange],
        };
  });
};

/** The 202 has Preference-Applied: respond-async. */
export const pref04: Judge = (trace) =>
  judgeEach(
    // Who was not asked has no preference to apply: a provider that says `long` decides for itself.
    trace.accepted().filter(({ exchange }) => headerValue(exchange.request.headers, header.prefer) !== undefined),
    ({ exchange }) => {
      const value = responseHeader(exchange, header.preferenceApplied);
      const applied = (value ?? '').split(',').map((each) => each.split(/[;=]/)[0]?.trim().toLowerCase());
      return applied.includes(respondAsync)
        ? undefined
        : {
            expected: `${header.preferenceApplied}: ${respondAsync} on the 202`,
            actual: value === undefined ? 'the field is absent' : `it is «${value}»`,
            exchanges: [exchange],
          };
    },
  );

/** Location is where the completion event can be fetched, or the normal SCIM location. */
export const pref05: Judge = (trace) => together(...trace.accepted().map((accepted) => judgeLocation(trace, accepted)));

const judgeLocation = (
  trace: TraceView,
  { submission, exchange }: { submission: Submission; exchange: Answered },
): Judgement => {
  const location = responseHeader(exchange, header.location);
  const fail = (expected: string, actual: string, ...more: Answered[]): Judgement => ({
    exercised: 1,
    findings: [{ expected, actual, exchanges: [exchange, ...more] }],
  });
  if (location === undefined)
    return fail(
      'a Location on the 202: where the completion event can be fetched, or that of the resource',
      'there is none',
    );
  if (!uriReference.test(location)) return fail('a URI reference as Location', `it is «${location}»`);
  const ambiguities = openPoints(trace, submission, location);
  if (submission.location === undefined) {
    const read = trace.variant('at the Location of the 202', 'read').at(-1);
    const isGone = submission.operations.some(({ method, expected }) => method === 'DELETE' || expected === 'failure');
    if (read === undefined || isGone) return { exercised: 0, findings: [], ambiguities };
    return read.response.status === 200
      ? { exercised: 1, findings: [], ambiguities }
      : fail('the Location of the 202 to lead to the resource', `GET of it is answered ${read.response.status}`, read);
  }
  const reads = trace.statusReads(submission).filter(({ credential }) => credential === 'primary');
  // What was fetched once may be gone.
  const last = reads.findLast(({ response }) => response.status === 200) ?? reads.at(-1);
  const settlement = trace.settlement(submission);
  // That it never comes is LIFE-01's; where the suite stopped looking, nobody knows.
  if (last === undefined || settlement === undefined || settlement.outcome === 'deadline')
    return { exercised: 0, findings: [], ambiguities };
  const isThere = last.response.status === 200 && readResultBody(last.response.body).form !== 'nothing';
  return isThere
    ? { exercised: 1, findings: [], ambiguities }
    : fail(
        'a GET of the Location to bring the completion event when the request is done',
        `it is answered ${last.response.status} ${describeBody(last)}`,
        last,
      );
};

/** What RFC 9967 leaves open of a Location and what it leads to (profile §7, clarification 5). */
const openPoints = (trace: TraceView, submission: Submission, location: string): Ambiguity[] => {
  const open: Ambiguity[] = [];
  if (submission.shape === 'bulk' && submission.location === undefined) {
    open.push({
      point: 'what the Location of a bulk request is',
      readings: ['a URI of its results', 'none, because a bulk request has no resource'],
      seen: `sends «${location}»`,
    });
  }
  const reads = trace
    .statusReads(submission)
    .filter(({ credential, request }) => credential === 'primary' && request.method === 'GET');
  const pending = reads.find((read) => trace.isPending(read) && read.response.status !== 200);
  if (pending !== undefined) {
    open.push({
      point: 'what a GET of the result answers while there is none yet',
      readings: ['202 or 204, because the request is under way', '404, because the event does not exist'],
      seen: `answers ${pending.response.status}`,
    });
  }
  const done = reads.findLast(({ response }) => response.status === 200);
  if (done === undefined) return open;
  const { form } = readResultBody(done.response.body);
  const type = responseMediaType(done) ?? 'none';
  if (form === 'token' && type !== mediaType.securityEventToken) {
    open.push({
      point: 'the media type of a completion event at its URI',
      readings: [`${mediaType.securityEventToken}, that of a security event token`, `${mediaType.scim}, that of SCIM`],
      seen: `sends ${type}`,
    });
  }
  if (form === 'tokens') {
    open.push({
      point: 'the form of several completion events at one URI',
      readings: ['as RFC 8936 wraps them, in «sets»', 'one URI for each of them'],
      seen: `sends several in one answer of ${type}`,
    });
  }
  if (form === 'operation' || form === 'operations') {
    open.push({
      point: 'what a GET of the result brings',
      readings: ['a security event token, as its text says', 'its payload alone, because it answers the request'],
      seen: 'sends the result of the operation without a token',
    });
  }
  return open;
};

/** Accept is ignored for the asynchronous answer. A 5xx has other reasons. */
export const pref06: Judge = (trace) =>
  judgeEach(
    trace.submissions().map((submission) => trace.asking(submission)),
    (exchange) =>
      exchange.response.status >= 400 && exchange.response.status < 500
        ? {
            expected: `an answer that ignores ${exchange.variant ?? 'Accept'}`,
            actual: `it is ${exchange.response.status}`,
            exchanges: [exchange],
          }
        : undefined,
  );

/** Part of the wait within which a request is done for sure. */
const well = 0.5;

/** `wait=N` is honoured: a request done within N seconds answers normally. */
export const pref07: Judge = (trace) =>
  judgeEach(
    trace.submissions().filter((submission) => {
      const isLate = submission.accepted && trace.settlement(submission)?.outcome !== 'completed';
      return trace.asking(submission).variant === 'wait' && !isLate && trace.asking(submission).response.status < 300;
    }),
    (submission) => {
      const exchange = trace.asking(submission);
      const settlement = trace.settlement(submission);
      const seconds = Number(/wait=(\d+)/.exec(headerValue(exchange.request.headers, header.prefer) ?? '')?.[1]);
      const took = exchange.took + (settlement?.waited ?? 0);
      return submission.accepted && took < seconds * 1000 * well
        ? {
            expected: `the normal answer, because the request is done within the ${seconds} s of «wait»`,
            actual: `the answer is 202, and ${(took / 1000).toFixed(1)} s after it was asked the result is there`,
            exchanges: [exchange, ...trace.statusReads(submission).slice(-1)],
          }
        : undefined;
    },
  );

/** The URI where the result is fetched needs a credential. */
export const pref08: Judge = (trace) => {
  const tried = trace.answered('result-access');
  if (tried.length === 0 && trace.accepted().length > 0) return notApplicable('The 202 names no URI of a result.');
  return judgeEach(tried, (exchange) =>
    exchange.response.status < 300
      ? {
          expected: `a refusal of ${exchange.request.method} of the result with ${exchange.credential === 'none' ? 'no' : 'a bad'} credential (${exchange.variant ?? ''})`,
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [exchange],
        }
      : undefined,
  );
};

/** Without the preference, and asyncRequest not `long`, the answer is synchronous. */
export const pref09: Judge = (trace) => {
  if (asyncRequestOf(trace.target) === 'long')
    return notApplicable('securityEvents.asyncRequest is `long`: the provider decides.');
  return judgeEach(
    trace
      .answered('create', 'replace', 'patch', 'delete', 'bulk')
      .filter(({ request }) => headerValue(request.headers, header.prefer) === undefined)
      .filter(({ request }) => headerValue(request.headers, header.requestMode) === undefined),
    (exchange) =>
      exchange.response.status === 202 && isOfRespondAsync(trace, exchange)
        ? {
            expected: `a synchronous answer to ${exchange.request.method} without a preference`,
            actual: 'the answer is 202',
            exchanges: [exchange],
          }
        : undefined,
  );
};

/** Whether a 202 that nobody asked for is one of this binding; otherwise it is MODE-02's. */
export const isOfRespondAsync = (trace: TraceView, exchange: Answered): boolean =>
  trace.target.bindings['respond-async'] !== undefined &&
  (responseHeader(exchange, header.setTxn) !== undefined || trace.target.bindings['request-mode'] === undefined);
