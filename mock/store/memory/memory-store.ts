/**
 * Resources in memory, and transactions over all ports. Transactions run one after another; one that takes long lets others
 * go first, and is done again if they changed what it had read. Writes are collected and applied in one synchronous step at
 * the commit, so that no reader sees half of them (LIFE-08).
 */
import type { Clock } from '../../clock.js';
import { LeaseLost, type Store, type Transaction } from '../../ports.js';
import type { Stored, TypeName } from '../../stored.js';
import { notThere } from '../resource-rules.js';
import { MemoryTransaction, type Changes } from './memory-transaction.js';
import { RepeatableReads, type Committed } from './repeatable-reads.js';
import { Turns } from './turns.js';
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
  private readonly turns = new Turns();

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
    const patient = await this.run(work, { letsOthersIn: true });
    const done = patient ?? (await this.run(work, { letsOthersIn: false }));
    if (done === undefined) throw new Error('a transaction was disturbed, although no other one ran');
    return done.of;
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

  /** What `work` resolved with, after the commit; undefined: nothing was done, because others changed what it had read. */
  private async run<T>(
    work: (transaction: Transaction) => Promise<T>,
    { letsOthersIn }: { readonly letsOthersIn: boolean },
  ): Promise<{ readonly of: T } | undefined> {
    let end = await this.turns.next();
    const stepAside = async <Value>(long: () => Promise<Value>): Promise<Value> => {
      end();
      try {
        return await long();
      } finally {
        end = await this.turns.next();
      }
    };
    const reads = new RepeatableReads(this);
    const aside: typeof stepAside = letsOthersIn ? stepAside : (long) => long();
    const transaction = new MemoryTransaction(reads, { ...this.options, aside });
    try {
      const value = await work(transaction);
      if (reads.isOutdated) return undefined;
      this.commit(transaction.changes);
      return { of: value };
    } catch (error) {
      if (reads.isOutdated) return undefined;
      throw error;
    } finally {
      end();
    }
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
