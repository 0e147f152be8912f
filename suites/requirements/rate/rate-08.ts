/** RATE-08. RateLimit and RateLimit-Policy, where present, parse as structured fields and agree with what happens. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, notApplicable } from '../../judging/judge.js';
import { readRateLimit } from '../../rate-limit/rate-limit-fields.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { isAnswered } from '../../trace/trace.js';

/** Units of a quota that one request may cost: what remains may be too little for it. */
const dearest = 20;

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
      'Clients slow down by these fields before they are throttled.',
      'Where the fields cannot be parsed or say the opposite of what happens, the clients run into the limit or stand still for nothing.',
    ],
    tested: [
      'Only where the target sends `RateLimit` or `RateLimit-Policy`, or the three fields of older drafts; otherwise it is skipped.',
      'They have to parse as structured fields in the form of one draft version: `"default";r=5;t=3`, `limit=10, remaining=5, reset=3`, or `RateLimit-Limit`, `-Remaining` and `-Reset`.',
      'What remains may not be more than the limit, and a 429 to a read may not say that more than 20 remain in every quota of requests (a request may cost several; a write may be refused because of another limit, such as a full queue).',
    ],
    fix: [
      'Names of quotas are strings in quotes, and numbers are whole and bare: `RateLimit: "default";r=0;t=3` and `RateLimit-Policy: "default";q=100;w=60`.',
      'Fill them from the limiter that decides, for the same client and after the request was counted.',
      'Or leave them out: `Retry-After` is enough.',
    ],
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
  },
});
