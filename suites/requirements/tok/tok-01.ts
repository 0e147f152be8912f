/** TOK-01. A token that ended before all uses of it were tried says nothing of its uses. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { statusToken, statusTokenSteps } from '../../scenarios/features/status-token.js';
import { isCut } from '../../trace/answers.js';
import { hasBody, isObject, responseObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { hadExpired } from './had-expired.js';

/** A 202 without a body is ACC-03's. */
const issued = (asked: Answered): Judgement<'status-token-missing' | 'status-token-incomplete'> =>
  judgeEach(hasBody(asked) && !isCut(asked) ? [asked] : [], (exchange) => {
    const token = responseObject(exchange)?.statusToken;
    const expected = 'statusToken with value and expiresAt in the body of the 202';
    if (token === undefined)
      return { code: 'status-token-missing', expected, actual: describeBody(exchange), exchanges: [exchange] };
    const isWhole =
      isObject(token) &&
      typeof token.value === 'string' &&
      typeof token.expiresAt === 'string' &&
      !Number.isNaN(Date.parse(token.expiresAt));
    return isWhole
      ? undefined
      : { code: 'status-token-incomplete', expected, actual: JSON.stringify(token), exchanges: [exchange] };
  });

const { ownStatus, ownStatusAgain, ownStatusWhenCompleted } = statusTokenSteps;

const readsItsOwn = (trace: TraceView, asked: Answered): Judgement<'own-status-refused'> => {
  const reads = trace
    .answered('status-token')
    .filter((exchange) => isStep(exchange, ownStatus, ownStatusAgain, ownStatusWhenCompleted));
  return judgeEach(hadExpired(trace) ? [] : reads, (exchange) =>
    exchange.response.status === 200
      ? undefined
      : {
          code: 'own-status-refused',
          expected: `the status token to read its status resource (${exchange.variant ?? ''})`,
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [asked, exchange],
        },
  );
};

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
      'Where the token does not work, the client hands out its own credential instead.',
    ],
    tested: [
      'The body of the 202 to a create has to hold `statusToken` with the string `value` and the date-time `expiresAt`.',
      'As a bearer token it has to read that status resource with 200, more than once, while it is pending and when it is completed.',
      'Only where `features` lists `statusToken`; a 202 without a body is left to ACC-03, and a token that expires before all uses were tried is not judged.',
    ],
    fix: [
      'Add `"statusToken": {"value": "…", "expiresAt": "2024-11-06T08:49:37Z"}` to the body of the 202.',
      'Accept it wherever the status can be read, also at an alias, until it expires: not once, and not only while the request is pending.',
      'Let it be good for some minutes: it has to outlast the request.',
    ],
  },
  codes: {
    'status-token-missing': 'the body of the 202 has no statusToken',
    'status-token-incomplete': 'the statusToken of the 202 has no value, or no date as expiresAt',
    'own-status-refused': 'the status token does not read the status of its own request',
  },
  from: [statusToken],
  judge: (trace) => {
    const [submission] = trace.submissions();
    if (submission?.accepted !== true) return together();
    const asked = trace.asking(submission);
    return together(issued(asked), readsItsOwn(trace, asked));
  },
});
