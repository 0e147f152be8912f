/** PREF-02. Both bindings answer 202, but only the 202 of request-mode has a body. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { judgeEach } from '../../judging/judge.js';
import { manyAtOnce } from '../../scenarios/lifecycle/many-at-once.js';
import { hasBody } from '../../trace/message.js';
import { preferring } from '../../scenarios/scenario-sets.js';

export const pref02 = defineRequirement({
  id: 'PREF-02',
  since: '1.0',
  level: 'MUST',
  title: 'the 202 has no body',
  source: cite('RFC 9967 §2.5.1.1'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'RFC 9967 says that this 202 is empty.',
      'A client that finds a body may treat it as the created resource or as a status.',
    ],
    tested: ['The body of every 202 to a request with `Prefer: respond-async` has to be empty.'],
    fix: [
      'Send the 202 without a body, with `Content-Length: 0`, and without `{}` or `null`.',
      'If the provider serves the request-mode binding as well, keep the two answers apart: send the status resource only for `X-SCIM-Request-Mode: asynchronous`.',
    ],
  },
  codes: { 'body-on-202': 'the 202 has a body' },
  from: [...preferring, manyAtOnce],
  judge: (trace) =>
    judgeEach(trace.accepted(), ({ exchange }) =>
      hasBody(exchange)
        ? {
            code: 'body-on-202',
            expected: 'a 202 without a body',
            actual: `it comes ${describeBody(exchange)}`,
            exchanges: [exchange],
          }
        : undefined,
    ),
});
