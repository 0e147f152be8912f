/** TOK-02. Each use that a status token is not for is tried once. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { statusToken, statusTokenSteps } from '../../scenarios/features/status-token.js';
import type { Step } from '../../trace/step.js';
import { hadExpired } from './had-expired.js';

interface Misuse {
  readonly step: Step;
  readonly code: 'other-status-read' | 'list-read' | 'write-admitted' | 'cancel-admitted';
  /** A status that is right beside 401 and 403. */
  readonly alsoRight?: number;
  /** A status of 400 or more that is only given to who was let in. */
  readonly saysAsMuch?: number;
}

const steps = statusTokenSteps;

const misuses: readonly Misuse[] = [
  { step: steps.otherStatus, code: 'other-status-read' },
  // An alias need not be there.
  { step: steps.otherStatusByAlias, code: 'other-status-read', alsoRight: 404 },
  { step: steps.create, code: 'write-admitted' },
  { step: steps.list, code: 'list-read' },
  { step: steps.bulk, code: 'write-admitted' },
  // DELETE may be a method that the status does not have. Whether the request is done already, when the cancel comes, is
  // a matter of time.
  { step: steps.cancel, code: 'cancel-admitted', alsoRight: 405, saysAsMuch: 409 },
];

export const tok02 = defineRequirement({
  id: 'TOK-02',
  since: '1.0',
  level: 'MUST',
  title: "it reads no other request's status and cannot write anything: 401 or 403",
  source: cite('P-Sec C'),
  needs: { binding: 'request-mode', feature: 'statusToken' },
  guide: {
    why: [
      'A status token is given to components that may see one request and nothing else.',
      'Where it reads more or writes, it is a full credential that was handed out carelessly.',
    ],
    tested: [
      'The token of one request is used for the status of another (also by the alias `/provisions/…`), for a create, a list, a bulk request and, where `cancel` is advertised, for DELETE of its own status.',
      'Each has to be answered 401 or 403; 404 is let pass for the alias, and 405 for the cancel.',
      'Only where `features` lists `statusToken`.',
    ],
    fix: [
      'Bind the token to one status resource and to GET and HEAD, and check both in the authentication, where no route can forget it.',
      'Look at the alias and at DELETE: they often go through another check.',
    ],
  },
  codes: {
    'other-status-read': 'a status token reads the status of another request',
    'list-read': 'a status token lists users',
    'write-admitted': 'a status token writes',
    'cancel-admitted': 'a status token cancels its request, or is told that it is done already',
    'refused-otherwise': 'a misuse of a status token is refused with another status than 401 or 403',
  },
  from: [statusToken],
  judge: (trace) =>
    together(
      ...misuses.map(({ step, code, alsoRight, saysAsMuch }) =>
        judgeEach(
          // A token that has ended is refused because of that.
          trace.variant(step, 'status-token').filter(({ response }) => response.status !== 401 || !hadExpired(trace)),
          (exchange) => {
            const { status } = exchange.response;
            if (status === 401 || status === 403 || status === alsoRight) return undefined;
            return {
              code: status < 400 || status === saysAsMuch ? code : 'refused-otherwise',
              expected: `401 or 403 to a status token used for ${exchange.variant ?? ''}`,
              actual: `the answer is ${status}`,
              exchanges: [exchange],
            };
          },
        ),
      ),
    ),
});
