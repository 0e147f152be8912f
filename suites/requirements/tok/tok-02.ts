/** TOK-02. Each forbidden use of a status token is tried once. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { statusToken, statusTokenSteps } from '../../scenarios/features/status-token.js';
import type { Step } from '../../trace/step.js';
import { hadExpired } from './had-expired.js';

interface Misuse {
  readonly step: Step;
  readonly code: 'other-status-read' | 'list-read' | 'write-admitted' | 'cancel-admitted';
  /** A status that is right as well as 401 and 403. */
  readonly alsoRight?: number;
  /** A status of 400 or more that shows that the token was accepted. */
  readonly showsAccess?: number;
}

const steps = statusTokenSteps;

const misuses: readonly Misuse[] = [
  { step: steps.otherStatus, code: 'other-status-read' },
  // The alias is optional.
  { step: steps.otherStatusByAlias, code: 'other-status-read', alsoRight: 404 },
  { step: steps.create, code: 'write-admitted' },
  { step: steps.list, code: 'list-read' },
  { step: steps.bulk, code: 'write-admitted' },
  { step: steps.replace, code: 'write-admitted' },
  { step: steps.patch, code: 'write-admitted' },
  { step: steps.delete, code: 'write-admitted' },
  // 405: the status may not support DELETE. 409: the request may already be done, but then the token was accepted.
  { step: steps.cancel, code: 'cancel-admitted', alsoRight: 405, showsAccess: 409 },
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
      'If it can read more, or write, an untrusted component has a full credential.',
    ],
    tested: [
      'The token of one request is used for the status of another (also by the alias `/provisions/…`), for a create, a list, a bulk request, a PUT, PATCH and DELETE of a user and, if `cancel` is advertised, for DELETE of its own status.',
      'Each has to be answered 401 or 403; 404 is allowed for the alias, and 405 for the cancel.',
      'Judged only if `features` lists `statusToken`.',
    ],
    fix: [
      'Limit the token to one status resource and to GET and HEAD, and check both in the authentication, so that no route can forget it.',
      'Test the alias and DELETE: they often have a different check.',
    ],
  },
  codes: {
    'other-status-read': 'the status of another request can be read with a status token',
    'list-read': 'users can be listed with a status token',
    'write-admitted': 'resources can be written with a status token',
    'cancel-admitted': 'a DELETE with a status token cancels the request, or is answered that it is already done',
    'refused-otherwise': 'a misuse of a status token is refused, but neither with 401 nor with 403',
  },
  from: [statusToken],
  judge: (trace) =>
    together(
      ...misuses.map(({ step, code, alsoRight, showsAccess }) =>
        judgeEach(
          // A 401 to an expired token proves nothing about the misuse.
          trace
            .variant(step, 'status-token')
            .filter(({ response }) => response.status !== 401 || !hadExpired(trace))
            .filter((exchange) => !trace.isForgotten(exchange)),
          (exchange) => {
            const { status } = exchange.response;
            if (status === 401 || status === 403 || status === alsoRight) return undefined;
            return {
              code: status < 400 || status === showsAccess ? code : 'refused-otherwise',
              expected: `401 or 403 to a status token used for ${exchange.variant ?? ''}`,
              actual: `the answer is ${status}`,
              exchanges: [exchange],
            };
          },
        ),
      ),
    ),
});
