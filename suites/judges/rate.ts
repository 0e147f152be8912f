/** RATE-01 to RATE-09: how a provider says that it has enough, and what becomes of what it did not admit. */
import { header } from '../../schemas/names.js';
import { validate } from '../../schemas/validators.js';
import type { Exchange } from '../../schemas/types.js';
import { retryAfterMs } from '../client/retry-after.js';
import { readRateLimit } from '../limits/rate-limit-fields.js';
import { responseHeader, responseJson, withoutNulls } from '../trace/message.js';
import { isAnswered, type Answered } from '../trace/trace.js';
import { countFound } from '../trace/searches.js';
import { isCut, isThrottled, type TraceView } from '../trace/trace-view.js';
import { describeBody, describeViolations } from './describe.js';
import { judgeEach, notApplicable, together, type Finding, type Judge } from './judge.js';

const answeredWith = (trace: TraceView, status: number): Answered[] =>
  trace
    .all()
    .filter(isAnswered)
    .filter(({ response, purpose }) => response.status === status && purpose !== 'cleanup');

const throttledIn = (trace: TraceView): Answered[] => trace.all().filter(isAnswered).filter(isThrottled);

/** A throttled request answers 429 with a SCIM error. */
export const rate01: Judge = (trace) =>
  judgeEach(
    answeredWith(trace, 429)
      .filter((exchange) => !isCut(exchange) && exchange.request.method !== 'HEAD')
      .filter((exchange) => trace.isScim(exchange)),
    (exchange): Finding | undefined => {
      const expected = 'a SCIM error in the body of the 429';
      const validation = validate('scim/error', withoutNulls(responseJson(exchange)));
      if (!validation.valid) {
        const why = describeViolations(validation.violations);
        return { expected, actual: `it comes ${describeBody(exchange)}: ${why}`, exchanges: [exchange] };
      }
      return validation.value.status === '429'
        ? undefined
        : {
            expected: 'status "429" in the error',
            actual: `it is "${validation.value.status}"`,
            exchanges: [exchange],
          };
    },
  );

/** The 429 has Retry-After. */
export const rate02: Judge = (trace) =>
  judgeEach(answeredWith(trace, 429), (exchange) => {
    const value = responseHeader(exchange, header.retryAfter);
    const expected = 'Retry-After on the 429, in seconds or as an HTTP date';
    if (value === undefined) return { expected, actual: 'it is absent', exchanges: [exchange] };
    return retryAfterMs(value, new Date(0)) === undefined
      ? { expected, actual: `it is «${value}»`, exchanges: [exchange] }
      : undefined;
  });

/** A throttled request has no effect, now or later: nothing of it is found, and it is in nobody's way when it comes again. */
export const rate03: Judge = (trace) => together(nothingFound(trace), notInItsOwnWay(trace));

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

/** After Retry-After has passed, a request is admitted; one more wait of the same length is allowed (clarification 11). */
export const rate04: Judge = (trace) => {
  const back = trace.all().filter(({ variant }) => variant?.startsWith('after Retry-After') === true);
  const last = back.at(-1);
  return judgeEach(last === undefined ? [] : [last], (exchange) => {
    if (!isAnswered(exchange) || !isThrottled(exchange)) return undefined;
    // The last that was throttled before anybody came back: it said how long to wait.
    const asked = throttledIn(trace)
      .filter(({ purpose, n }) => purpose === 'burst' && n < (back[0]?.n ?? 0))
      .at(-1);
    return {
      expected: `a request to be admitted after Retry-After: ${asked === undefined ? '' : (responseHeader(asked, header.retryAfter) ?? '')}`,
      actual: `it is answered ${exchange.response.status}, and so it is after as long again`,
      exchanges: [...(asked === undefined ? [] : [asked]), ...back],
    };
  });
};

/** Every request accepted during a burst completes. */
export const rate05: Judge = (trace) => {
  if (throttledIn(trace).length === 0) return together();
  const during = trace.submissions().filter(({ accepted, exchange }) => {
    const asked = trace.trace.entries[exchange];
    return accepted && asked?.type === 'exchange' && asked.purpose === 'burst';
  });
  return judgeEach(during, (submission) => {
    const settlement = trace.settlement(submission);
    if (settlement === undefined || settlement.outcome === 'completed') return undefined;
    const last = trace.statusReads(submission).at(-1);
    const { response } = last ?? {};
    return {
      expected: 'a request that was accepted during the burst to complete',
      actual:
        settlement.outcome === 'deadline'
          ? `it is still pending after ${(settlement.waited / 1000).toFixed(1)} s`
          : `its status is answered ${response?.status ?? 'not at all'}`,
      exchanges: [trace.asking(submission), ...(last === undefined ? [] : [last])],
    };
  });
};

/** One client's burst does not throttle another. */
export const rate06: Judge = (trace) => {
  const first = throttledIn(trace).find(({ credential, purpose }) => credential === 'primary' && purpose === 'burst');
  const others = trace
    .all()
    .filter(({ variant, purpose }) => purpose === 'burst' && variant === 'another client')
    .filter(isAnswered);
  const hit = others.filter(isThrottled);
  return judgeEach(first === undefined || others.length === 0 ? [] : [others], (sample) =>
    hit.length > 1 || (hit.length > 0 && sample.length < 3)
      ? {
          expected: 'another client to be admitted during the burst of the first',
          actual: `${hit.length} of its ${sample.length} requests are answered ${hit[0]?.response.status ?? ''}`,
          exchanges: [...(first === undefined ? [] : [first]), ...hit.slice(0, 2)],
        }
      : undefined,
  );
};

/** A client that polls no faster than Retry-After asks is never throttled. */
export const rate07: Judge = (trace) =>
  judgeEach(
    trace
      .all()
      .filter(isAnswered)
      .filter(({ variant, purpose }) => purpose === 'poll' && variant === 'polite'),
    (exchange) =>
      isThrottled(exchange)
        ? {
            expected: 'a first poll, no sooner than Retry-After asked, to be admitted',
            actual: `it is answered ${exchange.response.status}`,
            exchanges: [...askedOf(trace, exchange), exchange],
          }
        : undefined,
  );

const askedOf = (trace: TraceView, poll: Exchange): Exchange[] =>
  trace
    .submissions()
    .filter(({ n }) => n === poll.submission)
    .map((submission) => trace.asking(submission));

/** Units of a quota that one request may cost: what remains may be too little for it. */
const dearest = 20;

/** RateLimit and RateLimit-Policy, where present, parse as structured fields and agree with what happens. */
export const rate08: Judge = (trace) => {
  const readings = trace
    .all()
    .filter(isAnswered)
    .map((exchange) => ({ exchange, reading: readRateLimit(exchange.response.headers) }))
    .filter(({ reading }) => reading.type !== 'absent');
  if (readings.length === 0) return notApplicable('The target sends no RateLimit fields.');
  return judgeEach(readings, ({ exchange, reading }): Finding | undefined => {
    if (reading.type === 'absent') return undefined;
    if (reading.type === 'invalid') {
      return {
        expected: `${reading.field} to be a structured field of the draft`,
        actual: `«${reading.value}»: ${reading.why}`,
        exchanges: [exchange],
      };
    }
    const over = reading.quotas.find(({ limit, remaining }) => limit !== undefined && (remaining ?? 0) > limit);
    if (over !== undefined) {
      return {
        expected: `remaining of at most the quota of ${over.limit ?? ''}`,
        actual: `it is ${over.remaining ?? ''}`,
        exchanges: [exchange],
      };
    }
    const left = reading.quotas.filter(
      ({ remaining, unit = 'requests' }) => remaining !== undefined && unit === 'requests',
    );
    // A write may be refused because of another limit, such as a full queue, which no field has to name.
    return exchange.response.status === 429 &&
      exchange.request.method === 'GET' &&
      left.length > 0 &&
      left.every(({ remaining }) => (remaining ?? 0) > dearest)
      ? {
          expected: 'the RateLimit of a 429 to say that nothing remains',
          actual: `it says ${left.map(({ remaining }) => remaining).join(', ')} (the draft's form ${reading.version})`,
          exchanges: [exchange],
        }
      : undefined;
  });
};

/** Overload answers 429 or 503 with Retry-After, never a dropped connection or a lost request. */
export const rate09: Judge = (trace) => {
  const burst = trace.all().filter(({ purpose, variant }) => purpose === 'burst' && variant === undefined);
  const enough = burst.filter(
    (exchange) => !isAnswered(exchange) || isThrottled(exchange) || exchange.response.status >= 500,
  );
  return judgeEach(enough, (exchange): Finding | undefined => {
    const expected = 'overload to be answered 429, or 503 with Retry-After';
    if (!isAnswered(exchange)) {
      if (exchange.failure?.code === 'interrupted') return undefined;
      return { expected, actual: exchange.failure?.message ?? 'there is no answer', exchanges: [exchange] };
    }
    return isThrottled(exchange)
      ? undefined
      : { expected, actual: `the answer is ${exchange.response.status}`, exchanges: [exchange] };
  });
};
