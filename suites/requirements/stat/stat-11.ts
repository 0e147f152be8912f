/** STAT-11. Only reads are judged here; ACC-06 judges the 202. */
import { header } from '../../../schemas/names.js';
import { retryAfterMs } from '../../client/retry-after.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { isObject, responseHeader } from '../../trace/message.js';
import { settling } from '../../scenarios/scenario-sets.js';

export const stat11 = defineRequirement({
  id: 'STAT-11',
  since: '1.0',
  level: 'SHOULD',
  title: '`Retry-After` while not completed',
  source: cite('P-S'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'The provider knows best when the next poll makes sense.',
      'Without `Retry-After` clients poll too often or too rarely, and a burst of polls may cost them their quota.',
    ],
    tested: [
      'Every read that shows `completed` false should carry `Retry-After`: a whole number of seconds, 0 included, or an HTTP date.',
      'It is a recommendation: the outcome is at most a warning, and inconclusive if the first read of every request shows it completed.',
    ],
    fix: [
      'Set `Retry-After` on each GET of a status that is not completed, and not only on the 202.',
      'Send whole seconds without a unit, or a date such as `Sun, 06 Nov 1994 08:49:37 GMT`.',
    ],
  },
  codes: {
    'retry-after-missing': 'a status that is not completed has no Retry-After',
    'retry-after-malformed': 'Retry-After of a status is neither a whole number of seconds nor an HTTP date',
  },
  from: settling,
  judge: (trace) =>
    judgeEach(
      trace
        .sightings()
        .filter(({ seen, status }) => seen === 'read' && isObject(status.status) && status.status.completed === false),
      ({ exchange }) => {
        const value = responseHeader(exchange, header.retryAfter);
        const shown = {
          expected: 'Retry-After while the request is not completed, in whole seconds or as an HTTP date',
          exchanges: [exchange],
        };
        if (value === undefined) return { code: 'retry-after-missing', ...shown, actual: 'there is none' };
        return retryAfterMs(value, new Date(0)) === undefined
          ? { code: 'retry-after-malformed', ...shown, actual: `it is «${value}»` }
          : undefined;
      },
    ),
});
