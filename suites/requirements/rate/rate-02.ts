/** RATE-02. In RFC 6585 Retry-After is optional; the profile demands it (D10). */
import { header } from '../../../schemas/names.js';
import { retryAfterMs } from '../../client/retry-after.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import type { Answered } from '../../trace/trace.js';
import { dateOf } from '../../trace/answers.js';
import { responseHeader } from '../../trace/message.js';
import { tooManyRequestsIn } from './throttled-in.js';

/** Clocks of a proxy and of the server behind it may differ; a time zone makes a difference of fifteen minutes or more. */
const clocksMayDifferMs = 60_000;

/** Whether a date is clearly over when the answer is made. */
const isOver = (exchange: Answered, value: string): boolean => {
  if (/^\s*\d+\s*$/.test(value)) return false;
  const [until, made] = [Date.parse(value), dateOf(exchange)];
  return until < made - clocksMayDifferMs;
};

export const rate02 = defineRequirement({
  id: 'RATE-02',
  since: '1.0',
  level: 'MUST',
  title: 'the 429 has `Retry-After`',
  source: cite('RFC 6585 §4, D10'),
  needs: {},
  guide: {
    why: [
      'Without `Retry-After` a client does not know how long to wait.',
      'It tries again at once and is throttled again, or it waits far too long.',
    ],
    tested: [
      'Every 429 of the run has to carry `Retry-After`: a whole number of seconds, or an HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT`, which must not be more than a minute before the `Date` of the answer.',
      'Requests are sent as fast as possible until the target throttles; if it never does, the outcome is inconclusive.',
    ],
    fix: [
      'Let the limiter set `Retry-After` to the seconds until it admits this client again, rounded up; if you send a date, give it in GMT, not in local time.',
      'Fields such as `X-RateLimit-Reset` do not replace it; `1.5` and `1s` are not legal values.',
    ],
  },
  codes: {
    'retry-after-missing': 'a 429 has no Retry-After',
    'retry-after-in-the-past': 'the Retry-After of a 429 is a date that is over when the 429 is sent',
    'retry-after-malformed': 'the Retry-After of a 429 is neither a number of seconds nor an HTTP date',
  },
  from: 'every',
  first: burst,
  judge: (trace) =>
    judgeEach(tooManyRequestsIn(trace), (exchange) => {
      const value = responseHeader(exchange, header.retryAfter);
      const expected = 'Retry-After on the 429, in seconds or as an HTTP date';
      if (value === undefined)
        return { code: 'retry-after-missing', expected, actual: 'it is absent', exchanges: [exchange] };
      if (isOver(exchange, value)) {
        const actual = `it is «${value}», and the Date of the answer is «${responseHeader(exchange, header.date) ?? ''}»`;
        return { code: 'retry-after-in-the-past', expected, actual, exchanges: [exchange] };
      }
      return retryAfterMs(value, new Date(0)) === undefined
        ? { code: 'retry-after-malformed', expected, actual: `it is «${value}»`, exchanges: [exchange] }
        : undefined;
    }),
});
