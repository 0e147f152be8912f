/** RATE-01. An answer to HEAD has no body, and answers that are not SCIM need no SCIM error. */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody, describeViolations } from '../../judging/describe.js';
import { judgeEach } from '../../judging/judge.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { isCut } from '../../trace/answers.js';
import { responseJson, withoutNulls } from '../../trace/message.js';
import { tooManyRequestsIn } from './throttled-in.js';

export const rate01 = defineRequirement({
  id: 'RATE-01',
  since: '1.0',
  level: 'MUST',
  title: 'a throttled request answers 429 with a SCIM error',
  source: cite('RFC 6585 §4, P-Sec'),
  needs: {},
  guide: {
    why: [
      'A client that does not find a SCIM error in a 429 takes it for a broken provider, and gives up instead of waiting.',
    ],
    tested: [
      'Near its end the run sends requests, 16 at a time, until the target throttles or `--burst` requests (1500) are spent; 429s that come before are looked at as well.',
      'Every 429 of SCIM (not to HEAD, to a poll for events or at a result URI) has to have a valid SCIM error as its body, with `"status": "429"`.',
      'Where nothing is ever throttled, it is inconclusive.',
    ],
    fix: [
      'The limiter often stands before the application, in a gateway or a filter, and answers with its own page: configure its body and content type.',
      'Send `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "429", "detail": "…"}` as `application/scim+json`.',
    ],
  },
  codes: {
    'no-scim-error': 'the body of a 429 is no valid SCIM error',
    'other-status-in-error': 'the SCIM error in a 429 names another status',
  },
  from: 'every',
  first: burst,
  judge: (trace) =>
    judgeEach(
      tooManyRequestsIn(trace)
        .filter((exchange) => !isCut(exchange) && exchange.request.method !== 'HEAD')
        .filter((exchange) => trace.isScim(exchange)),
      (exchange) => {
        const expected = 'a SCIM error in the body of the 429';
        const validation = validate('scim/error', withoutNulls(responseJson(exchange)));
        if (!validation.valid) {
          const why = describeViolations(validation.violations);
          return {
            code: 'no-scim-error',
            expected,
            actual: `it comes ${describeBody(exchange)}: ${why}`,
            exchanges: [exchange],
          };
        }
        return validation.value.status === '429'
          ? undefined
          : {
              code: 'other-status-in-error',
              expected: 'status "429" in the error',
              actual: `it is "${validation.value.status}"`,
              exchanges: [exchange],
            };
      },
    ),
});
