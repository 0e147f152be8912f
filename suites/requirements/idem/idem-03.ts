/** IDEM-03. Whether both users are created is left to LIFE-06. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { requestIdShared, requestIdSharedSteps } from '../../scenarios/features/request-id-reused.js';
import { describeStatus, isSameStatus } from './is-same-status.js';

export const idem03 = defineRequirement({
  id: 'IDEM-03',
  since: '1.0',
  level: 'MUST',
  title: 'two clients may use the same `X-Request-ID` without meeting',
  source: cite('D3'),
  needs: { binding: 'request-mode', feature: 'idempotency', credential: 'second' },
  guide: {
    why: [
      'Clients choose their request ids freely, and two clients may choose the same id.',
      'If the ids collide, one client gets the status of the other, and its own request is not done.',
    ],
    tested: [
      'Two clients submit different creates with one `X-Request-ID`.',
      'The second has to be answered 202 with its own status resource, unless that client is refused with an id of its own, too. Whether both users are created is judged by LIFE-06.',
      'Judged only if `features` lists `idempotency`, and with a second credential (`--second-token`).',
    ],
    fix: [
      'Make the client part of the key: unique by client and `X-Request-ID` together.',
      'Take the client from the credential, not from a field of the request.',
    ],
  },
  codes: {
    'second-client-refused': 'a client is refused because another client has used its X-Request-ID',
    'status-shared': 'two clients with one X-Request-ID get the same status resource',
  },
  from: [requestIdShared],
  judge: (trace) => {
    const [first] = trace.variant(requestIdSharedSteps.firstClient, 'retry');
    const [second] = trace.variant(requestIdSharedSteps.secondClient, 'retry');
    const [alone] = trace.variant(requestIdSharedSteps.secondClientAlone, 'retry');
    if (first?.response.status !== 202 || second === undefined) return together();
    // A client that may not write at all shows nothing.
    if (second.response.status !== 202 && alone?.response.status !== 202) return together();
    return judgeEach([second], () => {
      const exchanges = [first, second];
      if (second.response.status !== 202 && alone?.response.status === 202) {
        return {
          code: 'second-client-refused',
          expected: '202 to the second client',
          actual: `the answer is ${second.response.status}`,
          exchanges,
        };
      }
      if (isSameStatus(first, second) === true) {
        return {
          code: 'status-shared',
          expected: 'a different status resource for each client',
          actual: `both have ${describeStatus(second)}`,
          exchanges,
        };
      }
      return undefined;
    });
  },
});
