/** RATE-08. The forms of all published versions of the draft are accepted (profile §7, clarification 11). */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, notApplicable } from '../../judging/judge.js';
import { countsRequests, readRateLimit, type RateLimitFields } from '../../rate-limit/rate-limit-fields.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { type Answered, isAnswered } from '../../trace/trace.js';

type Code = 'field-not-parsable' | 'remaining-over-limit' | 'remaining-at-429';

/** So many units more than a moment before are a contradiction: a request that is refused brings none back, only time does. */
const least = 20;

/** Milliseconds of «a moment before», and the number of refusals that no new window can explain. */
const contradiction = { within: 500, times: 3 };

const overTheLimit = (exchange: Answered, { quotas }: RateLimitFields): Finding<Code> | undefined => {
  const over = quotas.find(({ limit, remaining }) => limit !== undefined && (remaining ?? 0) > limit);
  return over === undefined
    ? undefined
    : {
        code: 'remaining-over-limit',
        expected: `remaining to be at most the quota of ${over.limit ?? ''}`,
        actual: `it is ${over.remaining ?? ''}`,
        exchanges: [exchange],
      };
};

interface Read {
  readonly exchange: Answered;
  readonly fields: RateLimitFields;
}

/** The smallest number of requests that remain in a quota, by the fields of an answer. */
const remainingIn = ({ fields: { quotas } }: Read): number | undefined => {
  const left = quotas.filter((quota) => quota.remaining !== undefined && countsRequests(quota));
  return left.length === 0 ? undefined : Math.min(...left.map(({ remaining = 0 }) => remaining));
};

/** The most units that come back in so many milliseconds, by what the fields of an answer say. */
const broughtBack = ({ fields: { quotas } }: Read, milliseconds: number): number =>
  Math.max(
    0,
    ...quotas.map(({ limit = 0, window, reset = 0 }) => {
      const seconds = window ?? reset;
      return seconds === 0 ? 0 : (limit * milliseconds) / 1000 / seconds;
    }),
  );

/** The last answer to this client that was no 429, shortly before this one. */
const admittedBefore = (reads: readonly Read[], { exchange }: Read): Read | undefined =>
  reads.findLast(
    ({ exchange: other }) =>
      other.n < exchange.n &&
      other.response.status !== 429 &&
      other.credential === exchange.credential &&
      exchange.at - other.at < contradiction.within,
  );

/**
 * What remains is no guarantee: a request may cost more than that, or another limit may refuse it, which no field names. But
 * if again and again more remains at a 429 than the answer before it said, one of the two is wrong.
 */
const remainingAtRefusals = (reads: readonly Read[]): Finding<Code> | undefined => {
  const pairs = reads
    .filter(({ exchange }) => exchange.response.status === 429)
    .flatMap((refusal) => {
      const before = admittedBefore(reads, refusal);
      const [was, is] = [before === undefined ? undefined : remainingIn(before), remainingIn(refusal)];
      if (before === undefined || was === undefined || is === undefined) return [];
      const between = refusal.exchange.at + refusal.exchange.took - before.exchange.at;
      return is > was + least + broughtBack(refusal, between) ? [{ before, refusal, was, is }] : [];
    });
  const last = pairs[contradiction.times - 1];
  return last === undefined
    ? undefined
    : {
        code: 'remaining-at-429',
        expected: `the RateLimit of a 429 to say no more than the answer before it, which is ${last.was}`,
        actual: `it says that there remain ${last.is} (the draft's form ${last.refusal.fields.version})`,
        exchanges: [last.before.exchange, last.refusal.exchange],
      };
};

export const rate08 = defineRequirement({
  id: 'RATE-08',
  since: '1.0',
  level: 'MUST',
  title:
    '`RateLimit` and `RateLimit-Policy` fields, where present, parse as structured fields and agree with what happens',
  source: cite('draft-ietf-httpapi-ratelimit-headers'),
  needs: {},
  guide: {
    why: [
      'With these fields clients slow down before they are throttled.',
      'If the fields cannot be parsed or are wrong, clients reach the limit, or wait without a reason.',
    ],
    tested: [
      'Judged only if the target sends `RateLimit` or `RateLimit-Policy`, or the three fields of older drafts; otherwise skipped.',
      'They have to parse as structured fields in the form of one draft version: `"default";r=5;t=3` (the name with or without quotes), `limit=10, remaining=5, reset=3`, or `RateLimit-Limit`, `-Remaining` and `-Reset`.',
      'The remaining number must not be more than the limit, and 429s must not say again and again that more remains than the answer before them said. What remains is no guarantee: one request may cost several units, and another limit may refuse it.',
    ],
    fix: [
      'Names of quotas are strings in quotes, and numbers are whole numbers without quotes: `RateLimit: "default";r=0;t=3` and `RateLimit-Policy: "default";q=100;w=60`.',
      'Take the values from the limiter that decides, for the same client and after the request was counted.',
      'Or leave the fields out: `Retry-After` is enough.',
    ],
  },
  codes: {
    'field-not-parsable': 'a RateLimit field does not have the form of any draft version',
    'remaining-over-limit': 'a RateLimit field says that more remains than the limit',
    'remaining-at-429': 'the RateLimit fields of several 429s say that more remains than the answers before them say',
  },
  from: 'every',
  first: burst,
  judge: (trace) => {
    const readings = trace
      .all()
      .filter(isAnswered)
      .map((exchange) => ({ exchange, reading: readRateLimit(exchange.response.headers) }))
      .filter(({ reading }) => reading.type !== 'absent');
    if (readings.length === 0) return notApplicable('The target sends no RateLimit fields.');
    const reads = readings.flatMap(({ exchange, reading }) =>
      reading.type === 'fields' ? [{ exchange, fields: reading }] : [],
    );
    const contradicting = remainingAtRefusals(reads);
    const judgement = judgeEach(readings, ({ exchange, reading }): Finding<Code> | undefined => {
      if (reading.type === 'absent') return undefined;
      if (reading.type === 'invalid') {
        return {
          code: 'field-not-parsable',
          expected: `${reading.field} to be a structured field of the draft`,
          actual: `it is «${reading.value}»: ${reading.why}`,
          exchanges: [exchange],
        };
      }
      return overTheLimit(exchange, reading);
    });
    return contradicting === undefined ? judgement : { ...judgement, findings: [...judgement.findings, contradicting] };
  },
});
