/** RATE-08. The forms of all published versions of the draft are accepted (profile §7, clarification 11). */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, notApplicable, together } from '../../judging/judge.js';
import { mostForOneRequest, requestQuotas, unusedQuotas } from '../../rate-limit/other-limit.js';
import { readRateLimit, type RateLimitFields } from '../../rate-limit/rate-limit-fields.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { succeeded } from '../../trace/answers.js';
import { type Answered, isAnswered } from '../../trace/trace.js';

type Code = 'field-not-parsable' | 'remaining-over-limit' | 'remaining-at-429';

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

const endOf = ({ at, took }: Answered): number => at + took;

/** What remained in the quota of this name when a request was admitted; undefined if the answer does not say. */
const remainingIn = (exchange: Answered, name: string | undefined): number | undefined =>
  requestQuotas(exchange).find((quota) => quota.name === name)?.remaining;

/**
 * A 429 that says that much remains in a quota, between two admitted requests whose answers say that nearly nothing remains
 * in it. The quota cannot have been used up so fast, so the field of the 429 is wrong.
 */
const contradiction = (
  refusal: Answered,
  inOrder: readonly Answered[],
): { before: Answered; after: Answered; claimed: number } | undefined => {
  const place = inOrder.indexOf(refusal);
  for (const { name, remaining: claimed = 0 } of unusedQuotas(refusal)) {
    const tells = (exchange: Answered): boolean => succeeded(exchange) && remainingIn(exchange, name) !== undefined;
    const before = inOrder.slice(0, place).findLast(tells);
    const after = inOrder.slice(place).find(tells);
    if (before === undefined || after === undefined) continue;
    const between = inOrder.indexOf(after) - inOrder.indexOf(before);
    const most = Math.max(remainingIn(before, name) ?? 0, remainingIn(after, name) ?? 0);
    if (most <= mostForOneRequest && claimed - most > mostForOneRequest + between) return { before, after, claimed };
  }
  return undefined;
};

/** Judged only if no 429 says that the advertised quota is used up: otherwise another limit may be the cause of the rest. */
const judgeRefusals = (answered: readonly Answered[]): Judgement<Code> => {
  const refusals = answered.filter(({ response, request }) => response.status === 429 && request.method === 'GET');
  if (refusals.some((refusal) => unusedQuotas(refusal).length === 0)) return together();
  const inOrder = answered.toSorted((a, b) => endOf(a) - endOf(b));
  return judgeEach(refusals, (refusal): Finding<Code> | undefined => {
    const ofClient = inOrder.filter(({ credential }) => credential === refusal.credential);
    const found = contradiction(refusal, ofClient);
    return found === undefined
      ? undefined
      : {
          code: 'remaining-at-429',
          expected:
            'the RateLimit of a 429 to agree with those of the answers before and after it, which say that nothing remains',
          actual: `it says that there remain ${found.claimed}`,
          exchanges: [found.before, found.after, refusal],
        };
  });
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
      'The remaining number must not be more than the limit.',
      'A 429 may come from another limit than the advertised one, such as a number of requests at a time or a daily quota; the report names both. But a 429 must not say that much remains while the answers to admitted requests before and after it say that nearly nothing remains in the same quota.',
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
    'remaining-at-429':
      'the RateLimit field of a 429 says that requests remain, and those of the answers around it say that none do',
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
    return together(judgement, judgeRefusals(readings.map(({ exchange }) => exchange)));
  },
});
