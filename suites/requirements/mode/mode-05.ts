/** MODE-05. A client may ask in both bindings at once: the field tells it which one the provider chose. */
import { header, requestMode } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';
import { responseHeader } from '../../trace/message.js';
import { followed } from '../../scenarios/scenario-sets.js';

export const mode05 = defineRequirement({
  id: 'MODE-05',
  since: '1.0',
  level: 'SHOULD',
  title: 'the 202 says `X-SCIM-Request-Mode: asynchronous`',
  source: cite('D1'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client that sends both the mode header and `Prefer: respond-async` learns from the answer which one the provider chose, and so how to wait for the result.',
    ],
    tested: [
      'Every 202 to an asynchronous create, bulk request, PUT, PATCH or DELETE should carry `X-SCIM-Request-Mode: asynchronous`, in any letter case.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Set `X-SCIM-Request-Mode: asynchronous` on the 202, in the one place that makes it.',
      'If it is set and does not arrive, check the gateway: some remove header fields that they do not know.',
    ],
  },
  codes: {
    'mode-missing': 'the 202 has no X-SCIM-Request-Mode',
    'mode-wrong': 'X-SCIM-Request-Mode of the 202 is not asynchronous',
  },
  from: [...followed, asyncWrite],
  judge: (trace) =>
    judgeEach(trace.acceptances(), ({ exchange }) => {
      const value = responseHeader(exchange, header.requestMode);
      const shown = {
        expected: `${header.requestMode}: ${requestMode.asynchronous} on the 202`,
        exchanges: [exchange],
      };
      if (value === undefined) return { code: 'mode-missing', ...shown, actual: 'the field is absent' };
      return value.trim().toLowerCase() === requestMode.asynchronous
        ? undefined
        : { code: 'mode-wrong', ...shown, actual: `it is «${value}»` };
    }),
});
