/** DISC-03. securityEvents, where present, has asyncRequest in none, long, request, and eventUris as strings. */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeViolations } from '../../judging/describe.js';
import { judgeEach, notApplicable } from '../../judging/judge.js';
import { discovery } from '../../scenarios/synchronous/discovery.js';
import { withoutNulls } from '../../trace/message.js';

export const disc03 = defineRequirement({
  id: 'DISC-03',
  since: '1.0',
  level: 'MUST',
  title: '`securityEvents`, where present, has `asyncRequest` in none, long, request, and `eventUris` as strings',
  source: cite('RFC 9967 §4'),
  needs: {},
  guide: {
    why: [
      'By `securityEvents` a client of RFC 9967 decides whether to send `Prefer: respond-async` and which events to expect.',
      'Where it cannot be read, the client stays synchronous or waits for events that never come.',
    ],
    tested: [
      'Where ServiceProviderConfig holds `securityEvents`, its `asyncRequest` has to be `none`, `long` or `request` (in any letter case), and `eventUris` a list of strings (absent, it is an empty one).',
      'Where there is no `securityEvents`, an `asyncRequest` of these values at another place, such as under an extension, fails, too: no client looks for it there.',
      'Where there is neither, it is skipped.',
    ],
    fix: [
      'Put `securityEvents` at the top level of ServiceProviderConfig: `"securityEvents": {"asyncRequest": "request", "eventUris": ["urn:ietf:params:scim:event:misc:asyncresp"]}`.',
      'Write `eventUris` as a list even where there is one URI, and as `[]` where there is none; both members are needed.',
    ],
  },
  from: [discovery],
  judge: (trace) => {
    const { securityEvents } = trace.target;
    const { asyncRequestElsewhere: elsewhere } = trace.target;
    if (securityEvents === undefined && elsewhere === undefined)
      return notApplicable('securityEvents is not advertised.');
    return judgeEach(trace.answered('discover'), (exchange) => {
      if (elsewhere !== undefined) {
        return {
          expected: 'asyncRequest in securityEvents, where RFC 9967 §4 has it',
          actual: `it is in ${elsewhere === 'asyncRequest' ? 'the resource itself' : elsewhere}`,
          exchanges: [exchange],
        };
      }
      const validation = validate('async/security-events', withoutNulls(securityEvents));
      return validation.valid
        ? undefined
        : {
            expected: 'securityEvents with asyncRequest none, long or request, and eventUris as strings',
            actual: describeViolations(validation.violations),
            exchanges: [exchange],
          };
    });
  },
});
