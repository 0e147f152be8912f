/** What passes through the pipeline: a request of which each stage makes more known, and the answer on its way back. */
import type { HeaderList } from '../../../schemas/types.js';
import type { HttpAnswer } from '../../client/transport.js';
import type { TargetDescription } from '../../provider/target.js';
import type { CredentialName } from '../../redaction/vault.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';

export interface Outgoing {
  readonly plan: RequestPlan;
  /** Whose request it is. */
  readonly credential: CredentialName;
  /** As it was planned; absolute once it was addressed. */
  readonly url: string;
  /** Absent until it was addressed, and where there is none. */
  readonly body?: string | undefined;
  /** Empty until the credentials were added. */
  readonly headers: HeaderList;
  /** With the tokens of the moment, once the credentials were added. */
  readonly target: TargetDescription;
}

export interface Sent {
  readonly outgoing: Outgoing;
  readonly answer: HttpAnswer;
  /** Milliseconds from the start of the run. */
  readonly at: number;
  /** Milliseconds. */
  readonly took: number;
}

/** Rejects with Blocked where the request is not to be sent. */
export type Send = (outgoing: Outgoing) => Promise<Sent>;

/** One duty on the way to the target: it may change what it hands on to `next`, refuse it, or hand it on again. */
export type Stage = (context: RunContext, next: Send) => Send;
