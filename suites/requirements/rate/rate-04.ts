/** RATE-04. The tolerance is one more wait of the same length (profile §7, clarification 11). */
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
      'A client that has waited as long as `Retry-After` said, and is throttled again, cannot tell a limit from an outage.',
    ],
    tested: [
      'After the burst the suite waits as long as `Retry-After` of the last throttled answer says, and sends one GET; if that is throttled, it waits as long again and sends one more.',
      'If that one is throttled, too, the requirement fails.',
      'Not judged if `Retry-After` is missing (RATE-02) or longer than 60 seconds.',
    ],
    fix: [
      'Compute `Retry-After` from the state of the limiter: the seconds until one whole request fits again, rounded up, and not a constant.',
      'If throttled requests make the wait longer, include that in the value: it has to be right for a client that sends nothing during the wait.',
      'With several nodes, let them share the limiter, or send the longest wait of all nodes.',
    ],
  },
  codes: { 'throttled-after-the-wait': 'a request is throttled although Retry-After has passed twice' },
  from: [burst],
  judge: (trace) => {
    const afterWaits = trace
      .all()
      .filter((exchange) => isStep(exchange, burstSteps.afterWait, burstSteps.afterSecondWait));
    const last = afterWaits.findLast(isAnswered);
    const isAdmitted = last !== undefined && !isThrottled(last);
    // Without the request after the second wait, a failure is not certain.
    const isDecided = isAdmitted || (last !== undefined && isStep(last, burstSteps.afterSecondWait));
    return judgeEach(isDecided ? [last] : [], (exchange) => {
      if (isAdmitted) return undefined;
      // The last throttled answer of the burst said how long to wait.
      const throttled = throttledIn(trace)
        .filter(({ purpose, n }) => purpose === 'burst' && n < (afterWaits[0]?.n ?? 0))
        .at(-1);
      return {
        code: 'throttled-after-the-wait',
        expected: `a request to be admitted after Retry-After: ${throttled === undefined ? '' : (responseHeader(throttled, header.retryAfter) ?? '')}`,
        actual: `the answer is ${exchange.response.status}, also after a second wait`,
        exchanges: [...(throttled === undefined ? [] : [throttled]), ...afterWaits],
      };
    });
  },
});
