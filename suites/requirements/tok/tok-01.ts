/** TOK-01. If the token expired before all uses were tried, its uses are not judged. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { statusToken, statusTokenSteps } from '../../scenarios/features/status-token.js';
import { isCut } from '../../trace/answers.js';
import { readDateTime } from '../../trace/date-time.js';
import { hasBody, isObject, responseObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { hadExpired } from './had-expired.js';

const codes = {
  'status-token-missing': 'the body of the 202 has no statusToken',
  'status-token-incomplete': 'the statusToken of the 202 has no value, or its expiresAt is not a date',
  'own-status-refused': 'a read of the status with the status token of the same request is refused',
};

/** A 202 without a body is left to ACC-03. */
const judgeIssue = (asked: Answered): Judgement<'status-token-missing' | 'status-token-incomplete'> =>
  judgeEach(hasBody(asked) && !isCut(asked) ? [asked] : [], (exchange) => {
    const token = responseObject(exchange)?.statusToken;
    const expected = 'statusToken with value and expiresAt in the body of the 202';
    if (token === undefined)
      return {
        code: 'status-token-missing',
        expected,
        actual: `it comes ${describeBody(exchange)}`,
        exchanges: [exchange],
      };
    const isWhole = isObject(token) && typeof token.value === 'string' && readDateTime(token.expiresAt) !== undefined;
    return isWhole
      ? undefined
      : { code: 'status-token-incomplete', expected, actual: `it is ${JSON.stringify(token)}`, exchanges: [exchange] };
  });

const { ownStatus, ownStatusAgain, ownStatusWhenCompleted, bulkStatus } = statusTokenSteps;

/** The exchange that submitted the request whose status a read was about. */
const askedFor = (trace: TraceView, read: Answered): Answered[] =>
  trace
    .submissions()
    .filter(({ n }) => n === read.submission)
    .map((submission) => trace.exchangeOf(submission));

const judgeReads = (trace: TraceView): Judgement<'own-status-refused'> => {
  const reads = trace
    .answered('status-token')
    .filter((exchange) => isStep(exchange, ownStatus, ownStatusAgain, ownStatusWhenCompleted, bulkStatus))
    .filter((exchange) => !trace.isForgotten(exchange));
  return judgeEach(hadExpired(trace) ? [] : reads, (exchange) =>
    exchange.response.status === 200
      ? undefined
      : {
          code: 'own-status-refused',
          expected: `200 to a read of the status with its status token (${exchange.variant ?? ''})`,
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [...askedFor(trace, exchange), exchange],
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
      'With a status token a less trusted component, such as a dashboard, can read the status of one request without the credential of the client.',
      'If the token does not work, the client gives its own credential to that component instead.',
    ],
    tested: [
      'The body of the 202 to a create and to a bulk request has to hold `statusToken` with the string `value` and the xsd:dateTime `expiresAt`.',
      'A GET of that status resource with the token as bearer token has to answer 200, for a bulk request, too, and for a create more than once, while the request is pending and when it is completed.',
      'Judged only if `features` lists `statusToken`; a 202 without a body is left to ACC-03, and a token that expires before all uses were tried is not judged.',
    ],
    fix: [
      'Add `"statusToken": {"value": "…", "expiresAt": "2024-11-06T08:49:37Z"}` to the body of the 202.',
      'Accept it at every URL where the status can be read, also at an alias, until it expires: more than once, and also after the request is completed.',
      'Make it valid for some minutes: longer than the request takes.',
    ],
  },
  codes,
  from: [statusToken],
  judge: (trace) => {
    const accepted = trace.submissions().filter(({ accepted }) => accepted);
    return together<keyof typeof codes>(
      ...accepted.map((submission) => judgeIssue(trace.exchangeOf(submission))),
      judgeReads(trace),
    );
  },
});
