/** ACC-05. * X-Request-ID, where the client sent one, comes back unchanged; where it sent none, one is made (SHOULD). A request
 * refused for a legal id (1 to 128 visible ASCII characters, profile §2) did not bring it back either.
 */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import { asyncCreateScenario } from '../../scenarios/request-mode/async-create.js';
import { requestId } from '../../scenarios/request-mode/request-id.js';
import { responseHeader } from '../../trace/message.js';

export const acc05 = defineRequirement({
  id: 'ACC-05',
  since: '1.0',
  level: 'MUST',
  title: '`X-Request-ID`, where the client sent one, comes back unchanged; where it sent none, one is made (SHOULD)',
  source: cite('P-Sec, D3'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'By this id a client finds its own request again: in its logs, in a support case, after a lost connection.',
      'Where it comes back changed, the two do not match any more.',
    ],
    tested: [
      'Creates are submitted with a UUID, with random ids of every visible ASCII character, and with ids of 128 characters.',
      'The 202 has to bring `X-Request-ID` back unchanged, character by character; a 400 to such an id fails, too.',
      'Where the client sent none, the 202 should have one that the provider made; that is only a warning.',
    ],
    fix: [
      'Copy the value as it came: not in lower case, not cut to the length of a column (1 to 128 characters are legal), not parsed as a UUID and not URL-decoded.',
      'A gateway that overwrites `X-Request-ID` with an id of its own is a common cause; give its id another name.',
      'Where the client sent none, make one, such as a UUID.',
    ],
  },
  from: [asyncCreateScenario, requestId],
  judge: (trace) =>
    together(
      judgeEach(trace.acceptances(), ({ submission, exchange }): Finding | undefined => {
        const value = responseHeader(exchange, header.requestId);
        if (submission.requestId === undefined) {
          return value === undefined
            ? {
                level: 'SHOULD',
                expected: `a ${header.requestId} on the 202`,
                actual: 'there is none',
                exchanges: [exchange],
              }
            : undefined;
        }
        return value === submission.requestId
          ? undefined
          : {
              expected: `the 202 to say ${header.requestId}: ${submission.requestId}`,
              actual: value === undefined ? 'it has no such field' : `it says ${header.requestId}: ${value}`,
              exchanges: [exchange],
            };
      }),
      judgeEach(
        trace.variant('any request id', 'submit').filter(({ response }) => response.status === 400),
        (exchange) => ({
          expected: `a legal ${header.requestId} to be accepted and to come back`,
          actual: 'the request is refused with 400',
          exchanges: [exchange],
        }),
      ),
    ),
});
