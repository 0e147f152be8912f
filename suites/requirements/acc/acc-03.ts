/** ACC-03. Only the presence of the body is judged here; ACC-02 judges its content. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';
import { hasBody } from '../../trace/message.js';
import { followed } from '../../scenarios/scenario-sets.js';

export const acc03 = defineRequirement({
  id: 'ACC-03',
  since: '1.0',
  level: 'SHOULD',
  title: 'the body is present',
  source: cite('D2'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'With the body a client has the `id` and the size of its request at once.',
      'Without it, every request costs one more poll, at the moment when the provider is busiest.',
    ],
    tested: [
      'The 202 to an asynchronous create, bulk request, PUT, PATCH and DELETE should have a body.',
      'Its content is judged by ACC-02. The body is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Send the status resource as the body of the 202, as a GET of its `Location` would show it at that moment.',
      'Helpers such as `Accepted()` or `sendStatus(202)` send none: use the one that takes a body.',
    ],
  },
  codes: { 'body-missing': 'the 202 has no body' },
  from: [...followed, asyncWrite],
  judge: (trace) =>
    judgeEach(trace.acceptances(), ({ exchange }) =>
      hasBody(exchange)
        ? undefined
        : {
            code: 'body-missing',
            expected: 'the status resource in the body of the 202',
            actual: 'the body is empty',
            exchanges: [exchange],
          },
    ),
});
