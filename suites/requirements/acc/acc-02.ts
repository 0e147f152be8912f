/** ACC-02. The body of the 202, where present, is a valid status resource in application/scim+json. */
import { mediaType } from '../../../schemas/names.js';
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody, describeViolations } from '../../judging/describe.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';
import { isCut } from '../../trace/answers.js';
import { hasBody, responseJson, responseMediaType, withoutNulls } from '../../trace/message.js';
import { followed } from '../../scenarios/scenario-sets.js';

export const acc02 = defineRequirement({
  id: 'ACC-02',
  since: '1.0',
  level: 'MUST',
  title: 'the body, where present, is a valid status resource in `application/scim+json`',
  source: cite('P-C'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client that reads the body of the 202 learns the `id` and the counts without a poll.',
      'Where the body is not a status resource, the client stops at a parse error although its request was accepted, and sends it again.',
    ],
    tested: [
      'The body of the 202 to a create, a bulk request, PUT, PATCH and DELETE, where there is one.',
      '`Content-Type` has to be `application/scim+json`.',
      'The body has to hold `schemas` with `urn:ietf:params:scim:schemas:extension:2.0:Provision:Status`, an `id` that is not empty, `operationsCount` with `total`, `success`, `failed` and `pending` as whole numbers of 0 or more, and `status` with the booleans `completed` and `success`.',
      'A member that is null counts as absent, and unknown members are ignored; an empty body is left to ACC-03.',
    ],
    fix: [
      'Render the 202 with the code that renders the GET of the status resource, so that both are the same.',
      'Look at the counts: they are JSON numbers and no strings, and 0 where nothing has happened yet.',
      'Set the content type yourself; the default of most frameworks is `application/json`.',
    ],
  },
  from: [...followed, asyncWrite],
  judge: (trace) =>
    judgeEach(
      trace.acceptances().filter(({ exchange }) => hasBody(exchange) && !isCut(exchange)),
      ({ exchange }) => {
        const findings: Finding[] = [];
        const type = responseMediaType(exchange);
        if (type !== mediaType.scim) {
          findings.push({
            expected: `Content-Type ${mediaType.scim} on the 202`,
            actual: `it is ${type ?? 'absent'}`,
            exchanges: [exchange],
          });
        }
        const body = responseJson(exchange);
        const expected = 'a valid status resource in the body of the 202';
        if (body === undefined)
          return [...findings, { expected, actual: describeBody(exchange), exchanges: [exchange] }];
        const validation = validate('async/provision-status', withoutNulls(body));
        return validation.valid
          ? findings
          : [...findings, { expected, actual: describeViolations(validation.violations), exchanges: [exchange] }];
      },
    ),
});
