/** ERR-01. Errors made by a framework are judged like those of the application, because a client gets both. */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { isFromParser } from '../../judging/below-application.js';
import { describeBody } from '../../judging/describe.js';
import { findingsByDefect } from '../../judging/findings-by-defect.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { hasBody, isObject, responseJson, withoutNulls } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'error-without-body': 'an error has no body',
  'error-not-json': 'the body of an error is not a JSON object',
  'schemas-wrong': '`schemas` of an error is missing, or lacks the URN of SCIM errors',
  'status-not-a-string': '`status` of an error is missing, or not a string of three digits',
  'status-differs': '`status` of an error differs from the HTTP status of the answer',
  'member-wrong': '`scimType` or `detail` of an error is not a string',
};

type Code = keyof typeof codes;

const codeOfMember: Readonly<Record<string, Code>> = { schemas: 'schemas-wrong', status: 'status-not-a-string' };

const errors = (trace: TraceView): readonly Answered[] =>
  trace
    .answered()
    .filter(({ response }) => response.status >= 400)
    .filter((exchange) => !isFromParser(exchange))
    // STAT-09 judges the 404 of an unknown status.
    .filter(({ purpose }) => purpose !== 'status-unknown')
    .filter(({ request }) => request.method !== 'HEAD')
    .filter((exchange) => trace.isScim(exchange));

export const err01 = defineRequirement({
  id: 'ERR-01',
  since: '1.0',
  level: 'MUST',
  title: 'every answer of 400 or more has a SCIM error body whose `status` is a string equal to the HTTP status',
  source: cite('RFC 7644 §3.12'),
  needs: {},
  guide: {
    why: [
      'Clients read `scimType` and `detail` to decide what to do, and to inform people.',
      'If the body is HTML, empty, or has a number as `status`, they can only say that something went wrong.',
    ],
    tested: [
      'Every answer of 400 or more in the whole run has to have a SCIM error as its body: `schemas` with `urn:ietf:params:scim:api:messages:2.0:Error`, and `status` as a string equal to the HTTP status.',
      'Not judged are answers to HEAD, throttled answers (RATE-01), the 404 of an unknown status (STAT-09), answers to event polls, answers of a result URI of RFC 9967 while there is no result, and what an HTTP parser may refuse before the application sees it: 414, 431 and 505, and a 400 to a URL with an encoded U+0000, line break, slash (also 404), backslash or percent sign, with octets that are no UTF-8, or with a segment of more than 255 characters.',
      'Wrong bodies, filters and header fields reach the application, so the answers to them are judged.',
    ],
    fix: [
      'Check which request it was: a 401 of an authentication filter, a 404 of the router, a 415 or 400 of the body parser and a 405 are made by the framework, not by your code.',
      'Register one handler for all errors, unknown paths included, that sends `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": "…"}`.',
      '`status` is a string: `"404"`, not `404`.',
    ],
  },
  codes,
  from: 'every',
  judge: (trace) =>
    judgeEach(errors(trace), (exchange): readonly Finding<Code>[] => {
      const exchanges = [exchange];
      const { status } = exchange.response;
      const body = responseJson(exchange);
      if (!isObject(body)) {
        return [
          {
            code: hasBody(exchange) ? 'error-not-json' : 'error-without-body',
            expected: `a SCIM error in the body of the ${status}`,
            actual: `it comes ${describeBody(exchange)}`,
            exchanges,
          },
        ];
      }
      const validation = validate('scim/error', withoutNulls(body));
      if (!validation.valid) {
        const shown = { expected: 'a valid SCIM error (RFC 7644 §3.12)', exchanges };
        return findingsByDefect(validation.violations, (member) => codeOfMember[member] ?? 'member-wrong', shown);
      }
      if (validation.value.status === String(status)) return [];
      return [
        {
          code: 'status-differs',
          expected: `status "${status}" in the error, as in the answer`,
          actual: `it is ${JSON.stringify(validation.value.status)}`,
          exchanges,
        },
      ];
    }),
});
