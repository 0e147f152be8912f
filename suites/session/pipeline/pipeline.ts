/** The way of a request to the target and of its answer into the trace. */
import type { Exchange } from '../../../schemas/types.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';
import { address, stayAtHome } from './address.js';
import { admit } from './admit.js';
import { credentials } from './credentials.js';
import { recordOf } from './redact.js';
import { retry } from './retry.js';
import type { Outgoing, Stage } from './stage.js';
import { takeTurn } from './take-turn.js';
import { transmit } from './transmit.js';

/** In the order in which a request passes them; then it is transmitted, and recorded without what is secret. */
const stages: readonly Stage[] = [admit, takeTurn, address, credentials, stayAtHome];

export type Sender = (plan: RequestPlan) => Promise<Exchange>;

/** What a sender tells its session. */
export interface Told {
  /** Gives an exchange its place in the trace. */
  readonly record: (exchange: Omit<Exchange, 'n'>) => Exchange;
  /** The body of a request that is about to be sent. */
  readonly remember: (body: string) => void;
}

/** What is sent rejects with Blocked where it may not be sent. */
export const createSender = (context: RunContext, { record, remember }: Told): Sender => {
  const last = transmit(context, remember);
  const send = stages.reduceRight((next, stage) => stage(context, next), last);
  const begin = (plan: RequestPlan): Outgoing => ({
    plan,
    credential: plan.statusToken === undefined ? (plan.credential ?? 'primary') : 'status-token',
    url: plan.url,
    headers: [],
    target: context.target,
  });
  return retry(context, async (plan, retryOf) => record(recordOf(await send(begin(plan)), context.vault, retryOf)));
};
