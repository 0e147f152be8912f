/** ACC-02. A 202 whose body was too long to be kept whole is not judged: a missing member may be in the cut part. */
import { mediaType } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { statusDefects, statusDefectsOf, type StatusDefect } from '../../judging/status-defects.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';
import { followed } from '../../scenarios/scenario-sets.js';
import { isCut } from '../../trace/answers.js';
import { hasBody, responseMediaType } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const mediaTypeFinding = (exchange: Answered): Finding<'content-type-wrong'>[] => {
  const type = responseMediaType(exchange);
  return type === mediaType.scim
    ? []
    : [
        {
          code: 'content-type-wrong',
          expected: `Content-Type ${mediaType.scim} on the 202`,
          actual: `it is ${type ?? 'absent'}`,
          exchanges: [exchange],
        },
      ];
};

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
      'If the body is not a status resource, the client stops at a parse error although its request was accepted, and sends it again.',
    ],
    tested: [
      'The body of the 202 to a create, a bulk request, PUT, PATCH and DELETE, where there is one.',
      '`Content-Type` has to be `application/scim+json`.',
      'The body has to hold `schemas` with `urn:ietf:params:scim:schemas:extension:2.0:Provision:Status`, an `id` that is not empty, `operationsCount` with `total`, `success`, `failed` and `pending` as whole numbers of 0 or more, and `status` with the booleans `completed` and `success`.',
      'A member that is null counts as absent, and unknown members are ignored; an empty body is left to ACC-03.',
    ],
    fix: [
      'Render the 202 with the code that renders the GET of the status resource, so that both are the same.',
      'Check the counts: they are JSON numbers, not strings, and 0 while nothing has happened yet.',
      'Set the content type yourself; the default of most frameworks is `application/json`.',
    ],
  },
  codes: { ...statusDefects, 'content-type-wrong': 'the 202 with a body has another Content-Type, or none' },
  from: [...followed, asyncWrite],
  judge: (trace) =>
    judgeEach(
      trace.acceptances().filter(({ exchange }) => hasBody(exchange) && !isCut(exchange)),
      ({ exchange }): Finding<StatusDefect | 'content-type-wrong'>[] => [
        ...mediaTypeFinding(exchange),
        ...statusDefectsOf(exchange, 'a valid status resource in the body of the 202'),
      ],
    ),
});
