/**
 * Where security event tokens arrive that a poll or a push delivers, for all requests of a run: each is handed to who
 * waits for its `txn`. A token may come before the 202 that names its `txn` was read, so that what nobody waits for
 * yet is kept.
 */
import type { Exchange } from '../../../schemas/types.js';
import { txnOf, withoutSuffix, type TokenContent } from '../../security-events/security-event-token.js';

/** A token with the exchange that brought it, reduced to this token. */
export interface Delivery {
  readonly via: 'poll' | 'push';
  readonly exchange: Exchange;
  readonly token: TokenContent;
}

/** Waits for the next delivery. */
interface Waiter {
  /** Of this Set-Txn only; undefined: of whichever. */
  readonly txn: string | undefined;
  readonly wake: () => void;
}

export class Inbox {
  private readonly byTxn = new Map<string, Delivery[]>();
  private readonly others: Delivery[] = [];
  private readonly opened = new Set<string>();
  private readonly waiters = new Set<Waiter>();
  private awaited = 0;

  /** How many wait for a token now: nobody has to poll for nothing. */
  get isAwaited(): boolean {
    return this.awaited > 0;
  }

  /** From now on tokens of this Set-Txn are ones that the run asked for. */
  open(txn: string): void {
    this.opened.add(txn);
  }

  /** Whether a token is about a request of this run. */
  isAskedFor(token: TokenContent): boolean {
    const txn = txnOf(token.claims);
    return txn !== undefined && (this.opened.has(txn) || this.opened.has(withoutSuffix(txn)));
  }

  deliver(delivery: Delivery): void {
    const txn = txnOf(delivery.token.claims);
    const names = new Set(txn === undefined ? [] : [txn, withoutSuffix(txn)]);
    if (txn === undefined) this.others.push(delivery);
    else {
      for (const name of names) {
        const box = this.byTxn.get(name);
        if (box === undefined) this.byTxn.set(name, [delivery]);
        else box.push(delivery);
      }
    }
    // Who waits for another one has nothing to look at.
    for (const waiter of this.waiters) if (waiter.txn === undefined || names.has(waiter.txn)) waiter.wake();
  }

  /** What has come for a Set-Txn, in the order of arrival. */
  of(txn: string): readonly Delivery[] {
    return this.byTxn.get(txn) ?? [];
  }

  /** Everything that has come, in no particular order; each once. */
  all(): readonly Delivery[] {
    return [...new Set([...this.byTxn.values()].flat().concat(this.others))];
  }

  /** Resolves when something arrives, of this Set-Txn where one is named, or `over` aborts. */
  arrival(over: AbortSignal, txn?: string): Promise<void> {
    if (over.aborted) return Promise.resolve();
    this.awaited += 1;
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiters.delete(waiter);
        over.removeEventListener('abort', wake);
        this.awaited -= 1;
        resolve();
      };
      const waiter = { wake, txn };
      this.waiters.add(waiter);
      over.addEventListener('abort', wake);
    });
  }
}
