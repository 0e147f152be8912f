/**
 * Resources in memory, and transactions over all ports. Transactions run one after another. Their writes are collected
 * and applied in one synchronous step at the commit, so that no reader sees half of them (LIFE-08).
 */
import type { Clock } from '../../clock.js';
import { LeaseLost, type Store, type Transaction } from '../../ports.js';
import type { Stored, TypeName } from '../../stored.js';
import { notThere } from '../resource-rules.js';
import { MemoryTransaction, type Changes, type Committed } from './memory-transaction.js';
import type { MemoryEvents } from './memory-events.js';
import type { MemoryHooks } from './memory-hooks.js';
import type { MemoryJobs } from './memory-jobs.js';

export interface MemoryStoreOptions {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly jobs: MemoryJobs;
  readonly events: MemoryEvents;
  readonly hooks: MemoryHooks;
}

export class MemoryStore implements Store, Committed {
  private readonly resources: Record<TypeName, Map<string, Stored>> = { User: new Map(), Group: new Map() };
  /** Ids of users by userName in lower case. */
  private readonly names = new Map<string, string>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: MemoryStoreOptions) {}

  get(type: TypeName, id: string): Promise<Stored> {
    const stored = this.resources[type].get(id);
    return stored === undefined ? Promise.reject(notThere(type)) : Promise.resolve(stored);
  }

  find(id: string): Promise<Stored | undefined> {
    return Promise.resolve(this.resourceOf(id));
  }

  list(type: TypeName): Promise<readonly Stored[]> {
    return Promise.resolve(this.resourcesOf(type));
  }

  named(userName: string): Promise<Stored | undefined> {
    const owner = this.names.get(userName.toLowerCase());
    return Promise.resolve(owner === undefined ? undefined : this.resourceOf(owner));
  }

  count(type: TypeName): Promise<number> {
    return Promise.resolve(this.resources[type].size);
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const before = this.last;
    let end = (): void => undefined;
    this.last = new Promise<void>((resolve) => (end = resolve));
    await before;
    try {
      const transaction = new MemoryTransaction(this, this.options);
      const value = await work(transaction);
      this.commit(transaction.changes);
      return value;
    } finally {
      end();
    }
  }

  resourceOf(id: string): Stored | undefined {
    return this.resources.User.get(id) ?? this.resources.Group.get(id);
  }

  resourcesOf(type: TypeName): Stored[] {
    return [...this.resources[type].values()];
  }

  ownerOf(name: string): string | undefined {
    return this.names.get(name);
  }

  private commit({ resources, names, promised, finished, drafts, deliveries }: Changes): void {
    const { jobs, events, hooks } = this.options;
    for (const { claim } of finished) if (!jobs.isHeld(claim)) throw new LeaseLost();
    for (const [id, stored] of resources) {
      if (stored === undefined) {
        this.resources.User.delete(id);
        this.resources.Group.delete(id);
      } else this.resources[stored.type].set(id, stored);
    }
    for (const [name, owner] of names) {
      if (owner === undefined) this.names.delete(name);
      else this.names.set(name, owner);
    }
    for (const id of promised) jobs.promiseEvents(id);
    for (const draft of drafts) events.append(draft);
    for (const delivery of deliveries) hooks.append(delivery);
    for (const { claim, outcomes } of finished) jobs.finish(claim, outcomes);
  }
}
