/** A transaction in memory. It collects its changes until the commit. */
import type { Clock } from '../../clock.js';
import type { EventType, Hook, HookDelivery } from '../../hook.js';
import type { Json } from '../../json.js';
import type { Outcome } from '../../operation.js';
import { LeaseLost, type ChangeAttributes, type Claim, type Transaction } from '../../ports.js';
import type { Draft } from '../../security-event.js';
import type { Stored, TypeName } from '../../stored.js';
import { demandVersion, nameTaken, notThere, userNameKey } from '../resource-rules.js';
import type { MemoryHooks } from './memory-hooks.js';
import type { MemoryJobs } from './memory-jobs.js';
import type { Committed } from './repeatable-reads.js';

export interface Changes {
  /** New states by id; undefined: removed. */
  readonly resources: Map<string, Stored | undefined>;
  /** New owners by userName in lower case; undefined: the name is free again. */
  readonly names: Map<string, string | undefined>;
  readonly promised: string[];
  readonly finished: { readonly claim: Claim; readonly outcomes: readonly Outcome[] }[];
  readonly drafts: Draft[];
  readonly deliveries: HookDelivery[];
}

export interface MemoryTransactionOptions {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly jobs: MemoryJobs;
  readonly hooks: MemoryHooks;
  /** How work is done that may take long. */
  readonly aside: <T>(work: () => Promise<T>) => Promise<T>;
}

const copyOf = ({ resources, names, promised, finished, drafts, deliveries }: Changes): Changes => ({
  resources: new Map(resources),
  names: new Map(names),
  promised: [...promised],
  finished: [...finished],
  drafts: [...drafts],
  deliveries: [...deliveries],
});

/* eslint-disable @typescript-eslint/require-await -- the port is asynchronous, and what is thrown has to be a rejection */
export class MemoryTransaction implements Transaction {
  private mine: Changes = {
    resources: new Map(),
    names: new Map(),
    promised: [],
    finished: [],
    drafts: [],
    deliveries: [],
  };

  constructor(
    private readonly committed: Committed,
    private readonly options: MemoryTransactionOptions,
  ) {}

  get changes(): Changes {
    return this.mine;
  }

  async get(type: TypeName, id: string): Promise<Stored> {
    return this.demand(type, id);
  }

  async find(id: string): Promise<Stored | undefined> {
    return this.resourceOf(id);
  }

  async list(type: TypeName): Promise<readonly Stored[]> {
    const { resources } = this.mine;
    const before = this.committed.resourcesOf(type);
    if (resources.size === 0) return before;
    const known = new Set(before.map(({ id }) => id));
    const kept = before.map((stored) => (resources.has(stored.id) ? resources.get(stored.id) : stored));
    const added = [...resources.values()].filter((stored) => stored?.type === type && !known.has(stored.id));
    return [...kept, ...added].filter((stored) => stored !== undefined);
  }

  async named(userName: string): Promise<Stored | undefined> {
    const owner = this.ownerOf(userName.toLowerCase());
    return owner === undefined ? undefined : this.resourceOf(owner);
  }

  async create(type: TypeName, attributes: Json, id = this.options.newId()): Promise<Stored> {
    const now = this.options.clock.now();
    const stored: Stored = {
      id,
      type,
      attributes,
      created: now,
      lastModified: now,
      version: 1,
    };
    this.claimName(stored.id, attributes);
    this.mine.resources.set(stored.id, stored);
    return stored;
  }

  async update(type: TypeName, id: string, change: ChangeAttributes, ifMatch?: string): Promise<Stored> {
    const before = this.demand(type, id);
    demandVersion(before, ifMatch);
    const attributes = await change(before.attributes);
    if (attributes === before.attributes) return before;
    const old = userNameKey(before.attributes);
    if (old !== userNameKey(attributes)) {
      this.claimName(id, attributes);
      if (old !== undefined) this.mine.names.set(old, undefined);
    }
    const after: Stored = {
      ...before,
      attributes,
      lastModified: this.options.clock.now(),
      version: before.version + 1,
    };
    this.mine.resources.set(id, after);
    return after;
  }

  async remove(type: TypeName, id: string, ifMatch?: string): Promise<void> {
    const stored = this.demand(type, id);
    demandVersion(stored, ifMatch);
    this.mine.resources.set(id, undefined);
    const key = userNameKey(stored.attributes);
    if (key !== undefined) this.mine.names.set(key, undefined);
  }

  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const before = copyOf(this.mine);
    try {
      return await work();
    } catch (error) {
      this.mine = before;
      throw error;
    }
  }

  aside<T>(work: () => Promise<T>): Promise<T> {
    return this.options.aside(work);
  }

  finish(claim: Claim, outcome: Outcome): Promise<{ isEventPromised: boolean }> {
    return this.finishUnit(claim, [outcome]);
  }

  async finishUnit(claim: Claim, outcomes: readonly Outcome[]): Promise<{ isEventPromised: boolean }> {
    if (!this.options.jobs.isHeld(claim)) throw new LeaseLost();
    this.mine.finished.push({ claim, outcomes });
    const { id } = claim.job;
    return { isEventPromised: this.options.jobs.isEventPromised(id) || this.mine.promised.includes(id) };
  }

  async promiseEvents(job: string): Promise<readonly (Outcome | undefined)[]> {
    this.mine.promised.push(job);
    return this.options.jobs.outcomesOf(job);
  }

  async publish(draft: Draft): Promise<void> {
    this.mine.drafts.push(draft);
  }

  async hooksFor(eventType: EventType): Promise<readonly Hook[]> {
    return this.options.hooks.for(eventType);
  }

  async deliver(delivery: HookDelivery): Promise<void> {
    this.mine.deliveries.push(delivery);
  }

  private resourceOf(id: string): Stored | undefined {
    return this.mine.resources.has(id) ? this.mine.resources.get(id) : this.committed.resourceOf(id);
  }

  private demand(type: TypeName, id: string): Stored {
    const stored = this.resourceOf(id);
    if (stored?.type !== type) throw notThere(type);
    return stored;
  }

  private ownerOf(key: string): string | undefined {
    return this.mine.names.has(key) ? this.mine.names.get(key) : this.committed.ownerOf(key);
  }

  private claimName(id: string, attributes: Json): void {
    const key = userNameKey(attributes);
    if (key === undefined) return;
    const owner = this.ownerOf(key);
    if (owner !== undefined && owner !== id) throw nameTaken();
    this.mine.names.set(key, id);
  }
}
/* eslint-enable @typescript-eslint/require-await */
