/** RATE-08. The forms of all published versions of the draft are accepted (profile §7, clarification 11). */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, notApplicable } from '../../judging/judge.js';
import { readRateLimit, type RateLimitFields } from '../../rate-limit/rate-limit-fields.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { type Answered, isAnswered } from '../../trace/trace.js';

type Code = 'field-not-parsable' | 'remaining-over-limit' | 'remaining-at-429';

/** The most units that one request may cost: with no more than these remaining, a 429 may be right. */
const mostForOneRequest = 20;

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

/** Only a GET is judged: a write may be refused because of another limit, such as a full queue, which no field names. */
const remainingAtRefusal = (exchange: Answered, { quotas, version }: RateLimitFields): Finding<Code> | undefined => {
  if (exchange.response.status !== 429 || exchange.request.method !== 'GET') return undefined;
  const left = quotas.filter(({ remaining, unit = 'requests' }) => remaining !== undefined && unit === 'requests');
  return left.length > 0 && left.every(({ remaining }) => (remaining ?? 0) > mostForOneRequest)
    ? {
        code: 'remaining-at-429',
        expected: 'the RateLimit of a 429 to say that nothing remains',
        actual: `it says that there remain ${left.map(({ remaining }) => remaining).join(', ')} (the draft's form ${version})`,
        exchanges: [exchange],
      }
    : undefined;
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
      'The remaining number must not be more than the limit, and a 429 to a read must not say that more than 20 remain in every quota of requests (one request may cost several units; a write may be refused because of another limit, such as a full queue).',
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
    'remaining-at-429': 'the RateLimit field of a 429 says that requests remain',
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
    return judgeEach(readings, ({ exchange, reading }): Finding<Code> | undefined => {
      if (reading.type === 'absent') return undefined;
      if (reading.type === 'invalid') {
        return {
          code: 'field-not-parsable',
          expected: `${reading.field} to be a structured field of the draft`,
          actual: `it is «${reading.value}»: ${reading.why}`,
          exchanges: [exchange],
        };
      }
      return overTheLimit(exchange, reading) ?? remainingAtRefusal(exchange, reading);
    });
  },
});
