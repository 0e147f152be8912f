/** Sends a request to the target through all stages, and records the exchange in the trace. */
import type { Exchange } from '../../../schemas/types.js';
import type { CredentialName } from '../../redaction/vault.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';
import { address, refuseForeignOrigins } from './address.js';
import { admit } from './admit.js';
import { credentials } from './credentials.js';
import { sendTags } from './preconditions.js';
import { recordOf } from './redact.js';
import { refuseRedirects } from './redirects.js';
import { retry } from './retry.js';
import type { Outgoing, Stage } from './stage.js';
import { takeTurn } from './take-turn.js';
import { transmit } from './transmit.js';

/** In the order in which a request passes them. Then it is transmitted, and recorded without secrets. */
const stages: readonly Stage[] = [
  sendTags,
  admit,
  takeTurn,
  address,
  credentials,
  refuseForeignOrigins,
  refuseRedirects,
];

export type Sender = (plan: RequestPlan) => Promise<Exchange>;

/** Functions of the session that a sender calls. */
export interface SenderHooks {
  /** Adds an exchange to the trace. */
  readonly record: (exchange: Omit<Exchange, 'n'>) => Exchange;
  /** Takes the body of a request before it is sent. */
  readonly remember: (body: string, credential: CredentialName) => void;
}

/** The sender rejects with Blocked if a request may not be sent. */
export const createSender = (context: RunContext, { record, remember }: SenderHooks): Sender => {
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
