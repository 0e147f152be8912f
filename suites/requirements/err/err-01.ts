/** ERR-01. Every answer of 400 or more has a SCIM error body whose status is a string equal to the HTTP status. The 404 of an unknown status is STAT-09's. */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody, describeViolations } from '../../judging/describe.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { isObject, responseJson, withoutNulls } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/**
 * Errors that the application made. Hostile ids and fuzz may be answered below it (profile §7, clarification 3).
 */
const errors = (trace: TraceView): Answered[] =>
  trace
    .answered()
    .filter(({ response, purpose }) => response.status >= 400 && purpose !== 'hostile-id' && purpose !== 'fuzz');

export const err01 = defineRequirement({
  id: 'ERR-01',
  since: '1.0',
  level: 'MUST',
  title: 'every answer of 400 or more has a SCIM error body whose `status` is a string equal to the HTTP status',
  source: cite('RFC 7644 §3.12'),
  needs: {},
  guide: {
    why: [
      'Clients read `scimType` and `detail` to decide what to do, and to tell people.',
      'Where the body is HTML, empty, or has a number as `status`, all that they can say is that something went wrong.',
    ],
    tested: [
      'Every answer of 400 or more in the whole run has to have a SCIM error as its body: `schemas` with `urn:ietf:params:scim:api:messages:2.0:Error`, and `status` as a string equal to the HTTP status.',
      'Left out are HEAD, throttled answers (RATE-01), the 404 of an unknown status (STAT-09), answers to event polls, what a result URI of RFC 9967 says while there is no result, and answers to hostile ids and fuzzed requests.',
    ],
    fix: [
      'See which request it was: a 401 of an authentication filter, a 404 of the router, a 415 or 400 of the body parser and a 405 are made by the framework, not by your code.',
      'Register one handler for all errors, unknown paths included, that sends `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": "…"}`.',
      '`status` is a string: `"404"`, not `404`.',
    ],
  },
  from: 'every',
  judge: (trace) =>
    judgeEach(
      errors(trace)
        .filter(({ purpose, request }) => purpose !== 'status-unknown' && request.method !== 'HEAD')
        .filter((exchange) => trace.isScim(exchange)),
      (exchange) => {
        const { status } = exchange.response;
        const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
        const body = responseJson(exchange);
        if (!isObject(body))
          return fail(`a SCIM error in the body of the ${status}`, `it comes ${describeBody(exchange)}`);
        const validation = validate('scim/error', withoutNulls(body));
        if (!validation.valid)
          return fail('a valid SCIM error (RFC 7644 §3.12)', describeViolations(validation.violations));
        return validation.value.status === String(status)
          ? undefined
          : fail(
              `status "${status}" in the error, as in the answer`,
              `it is ${JSON.stringify(validation.value.status)}`,
            );
      },
    ),
});
