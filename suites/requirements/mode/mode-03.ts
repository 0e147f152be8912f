/** MODE-03. Both the name and the value change their letter case, so a finding does not say which one the provider compares exactly. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { modeSpelling } from '../../scenarios/request-mode/mode-spelling.js';

export const mode03 = defineRequirement({
  id: 'MODE-03',
  since: '1.0',
  level: 'MUST',
  title: 'field name and value are matched without regard to case',
  source: cite('RFC 9110 §5.1, D1'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Libraries and proxies change the letter case of field names, and HTTP/2 makes them all lower case.',
      'If a provider compares exactly, it is asynchronous for one client and silently synchronous for another.',
    ],
    tested: [
      'Creates are sent with the name and the value of the mode header in random letter cases, such as `x-scim-REQUEST-mode: Asynchronous`.',
      'Each has to be answered 202.',
    ],
    fix: [
      'Get the header from the framework without regard to case, and not from a map by its exact spelling.',
      'Trim the value and convert it to lower case before you compare it; names of modes are not case-sensitive in this profile.',
    ],
  },
  codes: { 'letter-case-matters': 'the mode header in other letter cases is not answered 202' },
  from: [modeSpelling],
  judge: (trace) =>
    judgeEach(
      trace.submissions().filter((submission) => trace.exchangeOf(submission).purpose === 'submit'),
      (submission) => {
        const exchange = trace.exchangeOf(submission);
        return submission.accepted
          ? undefined
          : {
              code: 'letter-case-matters',
              expected: `202 to «${exchange.variant ?? ''}»`,
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            };
      },
    ),
});
