/** The types of the pipeline: a request that each stage completes further, and the answer that comes back. */
import type { HeaderList } from '../../../schemas/types.js';
import type { HttpAnswer } from '../../client/transport.js';
import type { TargetDescription } from '../../provider/target.js';
import type { CredentialName } from '../../redaction/vault.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';

export interface Outgoing {
  readonly plan: RequestPlan;
  /** The credential that the request is sent with. */
  readonly credential: CredentialName;
  /** As in the plan; absolute after the stage `address`. */
  readonly url: string;
  /** Absent before the stage `address`, and if the request has no body. */
  readonly body?: string | undefined;
  /** Empty before the stage `credentials`. */
  readonly headers: HeaderList;
  /** With the current tokens after the stage `credentials`. */
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

/** Rejects with Blocked if the request may not be sent. */
export type Send = (outgoing: Outgoing) => Promise<Sent>;

/** One step of the pipeline: it may change the request before it calls `next`, refuse it, or call `next` again. */
export type Stage = (context: RunContext, next: Send) => Send;
