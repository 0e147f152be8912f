/** TOK-01. The 202 body has statusToken {value, expiresAt}; it reads that status resource as a bearer token. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { judgeEach, together } from '../../judging/judge.js';
import { statusToken } from '../../scenarios/features/status-token.js';
import { isCut } from '../../trace/answers.js';
import { hasBody, isObject, responseObject } from '../../trace/message.js';
import { hadExpired } from './had-expired.js';

export const tok01 = defineRequirement({
  id: 'TOK-01',
  since: '1.0',
  level: 'MUST',
  title: 'the 202 body has `statusToken` {`value`, `expiresAt`}; it reads that status resource as a bearer token',
  source: cite('P-Sec C'),
  needs: { binding: 'request-mode', feature: 'statusToken' },
  guide: {
    why: [
      'With a status token a client lets a less trusted component, such as a dashboard, watch one request without its own credential.',
      'A token that does not work makes it hand out the real one.',
    ],
    tested: [
      'The body of the 202 to a create has to hold `statusToken` with the string `value` and the date-time `expiresAt`.',
      'As a bearer token it has to read that status resource with 200, more than once, while it is pending and when it is completed.',
      'Only where `features` lists `statusToken`; a 202 without a body is left to ACC-03, and a token that expires before all uses were tried is not judged.',
    ],
    fix: [
      'Add `"statusToken": {"value": "…", "expiresAt": "2024-11-06T08:49:37Z"}` to the body of the 202.',
      'Accept it wherever the status can be read, also at an alias, until it expires: not once, and not only while the request is pending.',
      'Give it a life of some minutes; it has to outlast the request.',
    ],
  },
  from: [statusToken],
  judge: (trace) => {
    const [submission] = trace.submissions();
    if (submission?.accepted !== true) return together();
    const asked = trace.asking(submission);
    return together(
      // Without a body it is ACC-03's.
      judgeEach(hasBody(asked) && !isCut(asked) ? [asked] : [], (exchange) => {
        const token = responseObject(exchange)?.statusToken;
        const whole =
          isObject(token) &&
          typeof token.value === 'string' &&
          typeof token.expiresAt === 'string' &&
          !Number.isNaN(Date.parse(token.expiresAt));
        return whole
          ? undefined
          : {
              expected: 'statusToken with value and expiresAt in the body of the 202',
              actual: token === undefined ? describeBody(exchange) : JSON.stringify(token),
              exchanges: [exchange],
            };
      }),
      judgeEach(
        hadExpired(trace)
          ? []
          : trace.answered('status-token').filter(({ variant }) => variant?.startsWith('own status') === true),
        (exchange) =>
          exchange.response.status === 200
            ? undefined
            : {
                expected: `the status token to read its status resource (${exchange.variant ?? ''})`,
                actual: `the answer is ${exchange.response.status}`,
                exchanges: [asked, exchange],
              },
      ),
    );
  },
});
