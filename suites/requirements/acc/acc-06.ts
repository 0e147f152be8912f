/** ACC-06. Only the 202 is judged here; Retry-After on a read of the status is judged by STAT-11. */
import { header } from '../../../schemas/names.js';
import { retryAfterMs } from '../../client/retry-after.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';
import { responseHeader } from '../../trace/message.js';
import { followed } from '../../scenarios/scenario-sets.js';

export const acc06 = defineRequirement({
  id: 'ACC-06',
  since: '1.0',
  level: 'SHOULD',
  title: '`Retry-After` on the 202, a whole number of seconds or an HTTP date',
  source: cite('RFC 9110 §10.2.3'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Without `Retry-After` each client guesses how often to poll.',
      'Some clients poll far too often, and others learn of the result minutes late.',
    ],
    tested: [
      'The 202 to an asynchronous create, bulk request, PUT, PATCH and DELETE should carry `Retry-After`: a whole number of seconds, 0 included, or an HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT`.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Set `Retry-After` on the 202 to the number of seconds after which a poll makes sense, such as `Retry-After: 1`.',
      'Send whole seconds without a unit, or a date in exactly that form: `1s`, `0.5` and `2024-11-06T08:49:37Z` are neither.',
    ],
  },
  codes: {
    'retry-after-missing': 'the 202 has no Retry-After',
    'retry-after-malformed': 'Retry-After of the 202 is neither a whole number of seconds nor an HTTP date',
  },
  from: [...followed, asyncWrite],
  judge: (trace) =>
    judgeEach(trace.acceptances(), ({ exchange }) => {
      const value = responseHeader(exchange, header.retryAfter);
      const expected = 'Retry-After on the 202, a whole number of seconds or an HTTP date';
      if (value === undefined) {
        return { code: 'retry-after-missing', expected, actual: 'there is none', exchanges: [exchange] };
      }
      return retryAfterMs(value, new Date(0)) === undefined
        ? { code: 'retry-after-malformed', expected, actual: `it is «${value}»`, exchanges: [exchange] }
        : undefined;
    }),
});
