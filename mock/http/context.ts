/** What the request handlers need. */
import type { Trail } from '../audit/trail.js';
import type { Clock } from '../clock.js';
import type { Completions } from '../events/completions.js';
import type { EventSeams } from '../events/event-seams.js';
import type { Signer } from '../events/signer.js';
import type { GuardOptions } from '../integration/webhooks/endpoint-guard.js';
import type { MessageSeams } from '../integration/messages/message-seams.js';
import type { HookSeams } from '../integration/webhooks/hook-seams.js';
import type { Intake } from '../jobs/intake.js';
import type { MessageHandlers } from '../message-handler.js';
import type { Operation, Written } from '../operation.js';
import type { Settings } from '../options.js';
import type { Rights } from '../policy/rights.js';
import type { StatusTokens } from '../policy/status-tokens.js';
import type { Ports } from '../ports.js';
import type { FilterSeams } from '../resources/filter.js';
import type { HttpSeams } from './http-seams.js';

export interface HandlerContext {
  readonly settings: Settings;
  readonly seams: Pick<HttpSeams, 'viewStatus' | 'prefers' | 'waited' | 'search'> &
    Pick<EventSeams, 'pollStream'> &
    Pick<HookSeams, 'removeHook'> &
    Pick<MessageSeams, 'readMessage'> &
    FilterSeams;
  /** What clients may do by the policy. */
  readonly rights: Rights;
  readonly clock: Clock;
  readonly ports: Ports;
  /** Not to be read before the server listens. */
  readonly baseUrl: string;
  readonly intake: Intake;
  readonly completions: Completions;
  readonly signer: Signer;
  /** Which endpoints webhooks may have. */
  readonly guard: GuardOptions;
  /** What messages do, by their `operation`. */
  readonly handlers: MessageHandlers;
  /** An unguessable id. */
  readonly newId: () => string;
  /** Undefined if the feature is off. */
  readonly trail: Trail | undefined;
  /** Undefined if the feature is off. */
  readonly statusTokens: StatusTokens | undefined;
  /** Applies a synchronous write and publishes its events. Rejects with a Problem. */
  readonly write: (operation: Operation) => Promise<Written>;
  /** Rejects with a Problem of 400 if a rule in the bulk options is not valid (XFRM-01). */
  readonly checkRules: (rules: readonly unknown[]) => Promise<void>;
  /** Aborts when the mock stops, so that no request waits any longer. */
  readonly stopping: AbortSignal;
}
