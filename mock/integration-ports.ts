/** The ports of what leaves the mock besides answers and events: webhooks and the audit trail. */
import type { AuditEntry } from './audit-entry.js';
import type { Hook, HookDelivery } from './hook.js';

/** A delivery that one process has taken, and that no other process gets before it is settled or postponed. */
export interface HookClaim {
  readonly hook: Hook;
  readonly delivery: HookDelivery;
  /** Number of this try, from 1. */
  readonly number: number;
}

/** Webhooks (profile HOOK), and their deliveries. Deliveries are written by `deliver` of a transaction. */
export interface Hooks {
  add(hook: Hook): Promise<void>;
  find(id: string): Promise<Hook | undefined>;
  /** The webhooks of this client, oldest first. */
  list(client: string): Promise<readonly Hook[]>;
  /** Removes a webhook, and its deliveries that wait. False if there is none. */
  remove(id: string): Promise<boolean>;
  /**
   * Waits for the next delivery that is due, and takes it. Resolves with undefined if the signal aborts first. The webhook
   * exists at this moment. A shared implementation hands a delivery out again if a process ends without settling it.
   */
  claim(signal: AbortSignal): Promise<HookClaim | undefined>;
  /** The delivery needs no further try. */
  settle(claim: HookClaim): Promise<void>;
  /** The delivery is due again at this time (milliseconds since 1970). Does nothing if the webhook was removed. */
  postpone(claim: HookClaim, due: number): Promise<void>;
}

/** The audit trail (profile AUD-01). */
export interface Audit {
  /** Records an entry. False if there is one with the same id already. */
  record(entry: AuditEntry): Promise<boolean>;
  /** The entries of this client, oldest first; of one request, or of all. */
  entries(client: string, request: string | undefined): Promise<readonly AuditEntry[]>;
}
