/**
 * Collects the security event tokens that polls and pushes deliver, for all requests of a run, and wakes the exercise
 * that waits for a token's `txn`. All tokens are kept, because a token may come before the 202 that names its `txn`.
 */
import type { Exchange } from '../../../schemas/types.js';
import { txnOf, withoutSuffix, type TokenContent } from '../../security-events/security-event-token.js';

/** A token with the exchange that brought it, reduced to this token. */
export interface Delivery {
  readonly via: 'poll' | 'push';
  readonly exchange: Exchange;
  readonly token: TokenContent;
  /** Whether a push was refused for its form (RFC 8935 §2.3). */
  readonly isRefused?: boolean;
}

/** Waits for the next delivery. */
interface Waiter {
  /** Waits only for tokens with this Set-Txn; undefined: for any token. */
  readonly txn: string | undefined;
  readonly wake: () => void;
}

export class Inbox {
  private readonly byTxn = new Map<string, Delivery[]>();
  private readonly others: Delivery[] = [];
  private readonly opened = new Set<string>();
  private readonly waiters = new Set<Waiter>();
  private awaited = 0;

  /** Whether any exercise waits for a token now, so that polls are needed. */
  get isAwaited(): boolean {
    return this.awaited > 0;
  }

  /** Remembers a Set-Txn of this run: tokens with it are about a request of the run. */
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
    // An exercise that waits for another Set-Txn is not woken.
    for (const waiter of this.waiters) if (waiter.txn === undefined || names.has(waiter.txn)) waiter.wake();
  }

  /** The deliveries for a Set-Txn, in the order of arrival. */
  of(txn: string): readonly Delivery[] {
    return this.byTxn.get(txn) ?? [];
  }

  /** All deliveries, each once, in no particular order. */
  all(): readonly Delivery[] {
    return [...new Set([...this.byTxn.values()].flat().concat(this.others))];
  }

  /** Resolves when a token arrives (with this Set-Txn, if one is given), or `over` aborts. */
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
