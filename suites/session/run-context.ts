/** The objects that all sessions of one run share: the target, the transport, the clock, and the list for the cleanup. */
import type { TargetFacts } from '../../schemas/types.js';
import type { TokenSource } from '../access/token-source.js';
import type { Clock } from '../client/clock.js';
import type { BodyBudget } from '../client/body-budget.js';
import type { Vault } from '../redaction/vault.js';
import type { Transport } from '../client/transport.js';
import type { Lanes } from '../concurrency/lanes.js';
import type { TargetDescription } from '../provider/target.js';
import type { EventDelivery } from './observe/event-delivery.js';
import { subjectPathOf, type TokenContent } from '../security-events/security-event-token.js';
import type { VerifyToken } from '../security-events/verify-token.js';
import type { Admission } from './pipeline/admission.js';
import type { Paces } from './pipeline/pace.js';
import type { Cleanup } from '../leftovers/cleanup.js';
import type { WaitsInVain } from './waits-in-vain.js';

export interface RunContext {
  /** Marks every resource of the run: `scimc-<run>-…`. */
  readonly run: string;
  readonly target: TargetDescription;
  /** Fetches the tokens during the run; undefined if the user gave fixed tokens. */
  readonly tokens: TokenSource | undefined;
  readonly facts: TargetFacts;
  readonly transport: Transport;
  /** Limits the number of exchanges in flight to what the user allows. */
  readonly lanes: Lanes;
  /** Keeps the run to what the target admits. */
  readonly paces: Paces;
  readonly clock: Clock;
  /** Verifies the signatures of security event tokens. */
  readonly verify: VerifyToken;
  /** Aborts when the work of the run ends early: `endOf` says why. */
  readonly signal: AbortSignal;
  /** Adds up the waits that bring nothing: too many of them end the work. */
  readonly waits: WaitsInVain;
  readonly vault: Vault;
  /** Bytes of a body as it is sent. */
  readonly bytesOf: (body: string) => number;
  /** Limits the memory for bodies from the target. */
  readonly bodies: BodyBudget;
  readonly cleanup: Cleanup;
  readonly admission: Admission;
  /** Whether the target demands tags of writes. */
  readonly preconditions: Preconditions;
  /** How security event tokens reach the suite (RFC 9967). */
  readonly events: EventDelivery;
  /** Milliseconds that an asynchronous request may take from acceptance to completion (LIFE-01). */
  readonly deadlineMs: number;
  /** Number of requests in a burst; 0: no burst is made. */
  readonly burst: number;
  /** Whether nothing may be written. */
  readonly readOnly: boolean;
  /** The most exchanges that the run may make, without the cleanup. */
  readonly maxRequests: number;
  /** `clock.now()` at the start of the run. */
  readonly startedAt: number;
  /** Restarts the provider; undefined if the user does not say how. */
  readonly restart: (() => Promise<void>) | undefined;
  readonly version: string;
  readonly tally: Tally;
}

/** Whether a token is about a request of the run, or a resource that the run created. */
export const isOfRun = ({ events, cleanup, facts }: RunContext, token: TokenContent): boolean =>
  events.inbox.isAskedFor(token) || cleanup.hasCreated(`${facts.baseUrl}${subjectPathOf(token.claims) ?? ''}`);

/** Whether the target demands `If-Match` of writes, as far as its answers have shown in this run. */
export interface Preconditions {
  areDemanded: boolean;
  /** The tags by path that a bulk request with this X-Request-ID was sent with: a safe retry has the same body. */
  readonly sentTags: Map<string, ReadonlyMap<string, string>>;
}

/** Counts of the whole run. */
export interface Tally {
  /** Without those of the cleanup. */
  exchanges: number;
  /** Exchanges that were started, without those of the cleanup. */
  begun: number;
  submissions: number;
  accepted: number;
  /** Submissions that were not completed within their deadline. */
  overdue: number;
  /** Names given so far; makes each name of the run unique. */
  names: number;
}

export const emptyTally = (): Tally => ({ exchanges: 0, begun: 0, submissions: 0, accepted: 0, overdue: 0, names: 0 });
