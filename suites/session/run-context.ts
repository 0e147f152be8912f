/** What all sessions of one run share: the target, the way to it, the clock, and what has to be cleaned up. */
import type { TargetFacts } from '../../schemas/types.js';
import type { TokenSource } from '../access/token-source.js';
import type { Clock } from '../client/clock.js';
import type { BodyBudget } from '../client/body-budget.js';
import type { Vault } from '../redaction/vault.js';
import type { Transport } from '../client/transport.js';
import type { Lanes } from '../concurrency/lanes.js';
import type { TargetDescription } from '../provider/target.js';
import type { EventDelivery } from './observe/event-delivery.js';
import { subjectOf, type TokenContent } from '../security-events/security-event-token.js';
import type { VerifyToken } from '../security-events/verify-token.js';
import type { Admission } from './pipeline/admission.js';
import type { Cleanup } from '../leftovers/cleanup.js';

export interface RunContext {
  /** Marks every resource of the run: `scimc-<run>-…`. */
  readonly run: string;
  readonly target: TargetDescription;
  /** Where the tokens of the target come from while the run goes on; undefined where they are given once and for all. */
  readonly tokens: TokenSource | undefined;
  readonly facts: TargetFacts;
  readonly transport: Transport;
  /** Lets so many exchanges be in flight at a time, as the user allows. */
  readonly lanes: Lanes;
  readonly clock: Clock;
  /** What signatures of security event tokens are verified by. */
  readonly verify: VerifyToken;
  /** Aborts when the run is interrupted. */
  readonly signal: AbortSignal;
  readonly vault: Vault;
  /** What may be kept of bodies that the target sends. */
  readonly bodies: BodyBudget;
  readonly cleanup: Cleanup;
  readonly admission: Admission;
  /** How security event tokens come to the suite (RFC 9967). */
  readonly events: EventDelivery;
  /** Milliseconds that an asynchronous request may take from acceptance to completion (LIFE-01). */
  readonly deadlineMs: number;
  /** Requests that a burst may cost the target; 0: none is made. */
  readonly burst: number;
  /** Whether nothing may be written. */
  readonly readOnly: boolean;
  /** Exchanges that the run may cost the target, cleaning up apart. */
  readonly maxRequests: number;
  /** `clock.now()` at the start of the run. */
  readonly startedAt: number;
  readonly version: string;
  readonly tally: Tally;
}

/** Whether a token is about what the run has done: what it asked for, or a resource that it created. */
export const isOurs = ({ events, cleanup, facts }: RunContext, token: TokenContent): boolean =>
  events.inbox.isAskedFor(token) || cleanup.hasCreated(`${facts.baseUrl}${subjectOf(token.claims) ?? ''}`);

/** Counts of the whole run. */
export interface Tally {
  /** Without those that only cleaned up. */
  exchanges: number;
  /** Exchanges that were begun, without those that only cleaned up. */
  begun: number;
  submissions: number;
  accepted: number;
  /** Submissions whose deadline passed: a target that never completes must not cost hours. */
  overdue: number;
  /** Users named so far; makes each name of the run its own. */
  names: number;
}

export const emptyTally = (): Tally => ({ exchanges: 0, begun: 0, submissions: 0, accepted: 0, overdue: 0, names: 0 });
