/**
 * A connection may be lost without any fault of the target, and a target may restart. So a request that got no answer is
 * sent again where that changes nothing. If it never gets one, other requests show whether the target is there.
 */
import type { Exchange } from '../../../schemas/types.js';
import { stillThere } from '../../trace/lost-requests.js';
import { isAnswered } from '../../trace/trace.js';
import type { RequestPlan } from '../request-plan.js';
import { safeMethods } from './safe-methods.js';

export const lossPatience = {
  /** Milliseconds before each further attempt after a connection was lost. */
  lost: [50, 200, 500, 1000],
  /** The same after a request that got no answer in time: each attempt takes long. */
  late: [50],
  /** After a request that found no connection, which a target that restarts needs some time for. */
  unsent: { attempts: 40, pauseMs: 500 },
};

/**
 * Whether sending it again changes nothing (RFC 9110 §9.2.1), or does not matter: what fuzz requests change is of no
 * interest. DELETE and PUT are not sent again, because their second answer may be another one.
 */
export const mayBeSentAgain = ({ failure, request, purpose }: Exchange): boolean =>
  (failure?.code === 'connection' || failure?.code === 'timeout') &&
  (purpose === 'fuzz' || safeMethods.includes(request.method));

/** Sends usual requests until one gets no answer, or enough of them got one (`suites/trace/lost-requests.ts`). */
export const askOthers = async (
  once: (plan: RequestPlan, retryOf: undefined) => Promise<Exchange>,
  { purpose }: Exchange,
  signal: AbortSignal,
): Promise<void> => {
  if (purpose === 'cleanup') return;
  const { step: variant, enough } = stillThere;
  for (let sent = 0; sent < enough && !signal.aborted; sent += 1) {
    const url = '/ServiceProviderConfig';
    if (!isAnswered(await once({ method: 'GET', url, purpose: 'probe', variant, once: true }, undefined))) return;
  }
};
