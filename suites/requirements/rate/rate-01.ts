/** RATE-01. Answers to HEAD have no body, and answers outside SCIM, such as those to event polls, need no SCIM error. */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody, describeViolations } from '../../judging/describe.js';
import { type Judge, judgeEach, together } from '../../judging/judge.js';
import { throttledOtherwise } from '../../rate-limit/burst-kinds.js';
import { burst } from '../../scenarios/rate-limit/burst.js';
import { isCut } from '../../trace/answers.js';
import { responseJson, withoutNulls } from '../../trace/message.js';
import { tooManyRequestsIn } from './throttled-in.js';

const codes = {
  'no-scim-error': 'the body of a 429 is not a valid SCIM error',
  'other-status-in-error': 'the SCIM error in a 429 has another status',
  'throttled-with-another-status': 'a request is throttled with another status than 429 or 503',
};

type Code = keyof typeof codes;

const judgeErrors: Judge<Code> = (trace) =>
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
  );

const judgeOtherStatuses: Judge<Code> = (trace) => {
  const requests = trace.all().filter(({ purpose, credential }) => purpose === 'burst' && credential === 'primary');
  return judgeEach(throttledOtherwise(requests), ({ before, refused, after }) => ({
    code: 'throttled-with-another-status',
    expected: '429 to a request that is throttled: requests like it are admitted before and after it',
    actual: `the answer is ${refused.response.status}`,
    exchanges: [before, after, refused],
  }));
};

export const rate01 = defineRequirement({
  id: 'RATE-01',
  since: '1.0',
  level: 'MUST',
  title: 'a throttled request answers 429 with a SCIM error',
  source: cite('RFC 6585 §4, P-Sec'),
  needs: {},
  guide: {
    why: [
      'A client that finds no SCIM error in a 429 may treat the provider as broken, and give up instead of waiting.',
      'If the status is 400 or 403, it never tries again, because the request seems to be wrong or forbidden.',
    ],
    tested: [
      'Near its end the run sends requests, as many at a time as `--concurrency` allows (8, at most 16), until the target throttles or `--burst` requests (1500) have been sent; 429s before that are judged as well.',
      'Every 429 (except to HEAD, to a poll for events or at a result URI) has to have a valid SCIM error as its body, with `"status": "429"`.',
      'If a request of the burst is answered with another 4xx, such as 400 or 403, while equal ones are admitted before and after it, it was throttled with the wrong status.',
      'If nothing is ever throttled, the outcome is inconclusive.',
    ],
    fix: [
      'The limiter is often in front of the application, in a gateway or a filter, and answers with its own page: configure its body and content type.',
      'Send `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "429", "detail": "…"}` as `application/scim+json`.',
    ],
  },
  codes,
  from: 'every',
  first: burst,
  judge: (trace) => together(judgeErrors(trace), judgeOtherStatuses(trace)),
});
