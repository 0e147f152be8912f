/** ACC-05. A 400 to a legal id (1 to 128 visible ASCII characters, profile §2) is a failure, too: the id does not come back. */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { requestIdReused, requestIdShared } from '../../scenarios/features/request-id-reused.js';
import { safeRetry } from '../../scenarios/features/safe-retry.js';
import { asyncBulk } from '../../scenarios/request-mode/async-bulk.js';
import { asyncCreateScenario } from '../../scenarios/request-mode/async-create.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';
import { requestId, requestIdSteps } from '../../scenarios/request-mode/request-id.js';
import { originalRequestId } from '../../scenarios/security/original-request-id.js';
import { responseHeader } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const findNotMade = (exchange: Answered): Finding<'request-id-not-made'> | undefined =>
  responseHeader(exchange, header.requestId) !== undefined
    ? undefined
    : {
        code: 'request-id-not-made',
        level: 'SHOULD',
        expected: `a ${header.requestId} on the 202`,
        actual: 'there is none',
        exchanges: [exchange],
      };

const findNotReturned = (
  sent: string,
  exchange: Answered,
): Finding<'request-id-not-returned' | 'request-id-changed'> | undefined => {
  const value = responseHeader(exchange, header.requestId);
  if (value === sent) return undefined;
  const expected = `the 202 to have ${header.requestId}: ${sent}`;
  return value === undefined
    ? { code: 'request-id-not-returned', expected, actual: 'it has no such header field', exchanges: [exchange] }
    : {
        code: 'request-id-changed',
        expected,
        actual: `it has ${header.requestId}: ${value}`,
        exchanges: [exchange],
      };
};

const refused = (trace: TraceView): Answered[] =>
  trace.variant(requestIdSteps.anyId, 'submit').filter(({ response }) => response.status === 400);

export const acc05 = defineRequirement({
  id: 'ACC-05',
  since: '1.0',
  level: 'MUST',
  title: '`X-Request-ID`, where the client sent one, comes back unchanged; where it sent none, one is made (SHOULD)',
  source: cite('P-Sec, D3'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'With this id a client finds its own request again: in its logs, in a support case, after a lost connection.',
      'If it comes back changed, the client cannot tell which request was answered.',
    ],
    tested: [
      'Creates are submitted with a UUID, with random ids of every visible ASCII character, and with ids of 128 characters that look percent-encoded; PUT, PATCH, DELETE and bulk requests with a UUID.',
      'The 202 has to return `X-Request-ID` unchanged, character by character; a 400 to such an id is a failure, too.',
      'If the client sent none, the 202 should have one that the provider made; if it has none, that is only a warning.',
    ],
    fix: [
      'Copy the value exactly: do not change it to lower case, cut it to the length of a column (1 to 128 characters are legal), parse it as a UUID or URL-decode it.',
      'A gateway that overwrites `X-Request-ID` with an id of its own is a common cause; give its id another name.',
      'If the client sent none, make one, such as a UUID.',
      'Do this where every 202 is made, not in the handler of POST alone: PUT, PATCH, DELETE and `/Bulk` need it, too.',
    ],
  },
  codes: {
    'request-id-not-returned': 'the client sent an X-Request-ID, and the 202 has none',
    'request-id-changed': 'the X-Request-ID of the 202 is not the one that the client sent',
    'request-id-refused': 'a request with a legal X-Request-ID is answered 400',
    'request-id-not-made': 'the client sent no X-Request-ID, and the 202 has none either',
  },
  from: [
    requestId,
    asyncCreateScenario,
    asyncWrite,
    asyncBulk,
    originalRequestId,
    safeRetry,
    requestIdReused,
    requestIdShared,
  ],
  judge: (trace) =>
    together(
      judgeEach(trace.acceptances(), ({ submission, exchange }) =>
        submission.requestId === undefined ? findNotMade(exchange) : findNotReturned(submission.requestId, exchange),
      ),
      judgeEach(refused(trace), (exchange) => ({
        code: 'request-id-refused',
        expected: `a legal ${header.requestId} to be accepted and returned`,
        actual: 'the request is refused with 400',
        exchanges: [exchange],
      })),
    ),
});
