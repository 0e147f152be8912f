/** Blocks requests that the user's limits forbid. */
import { Blocked } from '../../errors/errors.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';
import { safeMethods } from './safe-methods.js';
import type { Stage } from './stage.js';

type Limits = Pick<RunContext, 'readOnly' | 'maxRequests' | 'tally' | 'admission'>;

/** Why a request may not be sent; undefined if it may. The cleanup is always allowed. */
export const whyForbidden = (
  { readOnly, maxRequests, tally, admission }: Limits,
  { method, url, purpose }: RequestPlan,
): Blocked | undefined => {
  if (purpose === 'cleanup') return undefined;
  if (admission.lost !== undefined) return new Blocked('credential-lost', admission.lost);
  // A poll for security event tokens removes only the tokens that it acknowledges (RFC 8936 §2.2).
  if (readOnly && !safeMethods.includes(method) && purpose !== 'event-poll')
    return new Blocked('read-only', `${method} ${url} was not sent, because --read-only forbids it.`);
  if (tally.begun >= maxRequests)
    return new Blocked(
      'max-requests-reached',
      `${method} ${url} was not sent: --max-requests allows ${maxRequests}, and all of them are used up.`,
    );
  return undefined;
};

export const admit: Stage = (context, next) => (outgoing) => {
  const blocked = whyForbidden(context, outgoing.plan);
  if (blocked !== undefined) return Promise.reject(blocked);
  if (outgoing.plan.purpose !== 'cleanup') context.tally.begun += 1;
  return next(outgoing);
};
