/** RATE-04. One more wait of the same length is allowed (profile §7, clarification 11). */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { burst, burstSteps } from '../../scenarios/rate-limit/burst.js';
import { isThrottled } from '../../trace/answers.js';
import { responseHeader } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';
import { throttledIn } from './throttled-in.js';

export const rate04 = defineRequirement({
  id: 'RATE-04',
  since: '1.0',
  level: 'MUST',
  title: 'after `Retry-After` has passed (with tolerance) a request is admitted',
  source: cite('RFC 9110 §10.2.3, P-Sec'),
  needs: {},
  guide: {
    why: [
      'A client that has waited as long as it was asked to, and is throttled again, cannot tell a limit from an outage.',
    ],
    tested: [
      'After the burst the suite waits as long as the last throttled answer asked, and sends one GET; where that is throttled, it waits as long again and sends one more.',
      'If that one is throttled, too, it fails.',
      'Not judged where `Retry-After` is missing (RATE-02) or asks for more than 60 seconds.',
    ],
    fix: [
      'Compute `Retry-After` from the state of the limiter: the seconds until one whole request fits again, rounded up, and not a constant.',
      'If throttled requests prolong the time, say so in the value: it has to be true for a client that sends nothing meanwhile.',
      'With several nodes, let them share the limiter, or send the longest wait that any of them would ask for.',
    ],
  },
  codes: { 'throttled-after-the-wait': 'a request is throttled though Retry-After has passed twice' },
  from: [burst],
  judge: (trace) => {
    const back = trace.all().filter((exchange) => isStep(exchange, burstSteps.afterWait, burstSteps.afterSecondWait));
    const last = back.findLast(isAnswered);
    const isAdmitted = last !== undefined && !isThrottled(last);
    // Before the second wait is over, nobody knows whether it would have helped.
    const isDecided = isAdmitted || (last !== undefined && isStep(last, burstSteps.afterSecondWait));
    return judgeEach(isDecided ? [last] : [], (exchange) => {
      if (isAdmitted) return undefined;
      // The last that was throttled before anybody came back: it said how long to wait.
      const asked = throttledIn(trace)
        .filter(({ purpose, n }) => purpose === 'burst' && n < (back[0]?.n ?? 0))
        .at(-1);
      return {
        code: 'throttled-after-the-wait',
        expected: `a request to be admitted after Retry-After: ${asked === undefined ? '' : (responseHeader(asked, header.retryAfter) ?? '')}`,
        actual: `it is answered ${exchange.response.status}, and so it is after as long again`,
        exchanges: [...(asked === undefined ? [] : [asked]), ...back],
      };
    });
  },
});
