/** A transaction in a batch. Its changes are in layers, one for itself and one for each attempt that is open. */
import type { EventType, Hook, HookDelivery } from '../../../hook.js';
import type { Json } from '../../../json.js';
import type { Outcome } from '../../../operation.js';
import { LeaseLost, type ChangeAttributes, type Claim, type Transaction } from '../../../ports.js';
import type { Draft } from '../../../security-event.js';
import type { Stored, TypeName } from '../../../stored.js';
import { demandVersion, nameTaken, notThere, userNameKey } from '../../resource-rules.js';
import type { Batch } from './batch.js';
import { addTo, noChanges, type Changes } from './changes.js';
import { listOf } from './resource-rows.js';

export interface TransactionOptions {
  readonly now: () => number;
  readonly newId: () => string;
}

export class PostgresTransaction implements Transaction {
  /** The last is the innermost attempt. */
  private readonly layers: [Changes, ...Changes[]] = [noChanges()];

  constructor(
    private readonly batch: Batch,
    private readonly options: TransactionOptions,
  ) {}

  get changes(): Changes {
    return this.layers[0];
  }

  get(type: TypeName, id: string): Promise<Stored> {
    return this.demand(type, id);
  }

  async find(id: string): Promise<Stored | undefined> {
    const layer = this.layers.findLast(({ resources }) => resources.has(id));
    return layer === undefined ? this.batch.find(id) : layer.resources.get(id);
  }

  async list(type: TypeName): Promise<readonly Stored[]> {
    const changed = new Map([this.batch.changes, ...this.layers].flatMap(({ resources }) => [...resources]));
    const stored = await listOf(type, this.batch.queries);
    const known = new Set(stored.map(({ id }) => id));
    const kept = stored.map((each) => (changed.has(each.id) ? changed.get(each.id) : each));
    const added = [...changed.values()].filter((each) => each?.type === type && !known.has(each.id));
    return [...kept, ...added].filter((each) => each !== undefined);
  }

  async named(userName: string): Promise<Stored | undefined> {
    const owner = await this.ownerOf(userName.toLowerCase(), false);
    return owner === undefined ? undefined : this.find(owner);
  }

  async create(type: TypeName, attributes: Json, id = this.options.newId()): Promise<Stored> {
    const now = this.options.now();
    const stored: Stored = { id, type, attributes, created: now, lastModified: now, version: 1 };
    await this.claimName(id, attributes);
    this.top.resources.set(id, stored);
    return stored;
  }

  async update(type: TypeName, id: string, change: ChangeAttributes, ifMatch?: string): Promise<Stored> {
    const before = await this.demand(type, id);
    demandVersion(before, ifMatch);
    const attributes = await change(before.attributes);
    if (attributes === before.attributes) return before;
    const old = userNameKey(before.attributes);
    if (old !== userNameKey(attributes)) {
      await this.claimName(id, attributes);
      if (old !== undefined) this.top.names.set(old, undefined);
    }
    const after: Stored = {
      ...before,
      attributes,
      lastModified: Math.max(before.lastModified, this.options.now()),
      version: before.version + 1,
    };
    this.top.resources.set(id, after);
    return after;
  }

  async remove(type: TypeName, id: string, ifMatch?: string): Promise<void> {
    const stored = await this.demand(type, id);
    demandVersion(stored, ifMatch);
    this.top.resources.set(id, undefined);
    const name = userNameKey(stored.attributes);
    if (name !== undefined) this.top.names.set(name, undefined);
  }

  aside<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const layer = noChanges();
    this.layers.push(layer);
    try {
      const value = await work();
      this.layers.pop();
      addTo(this.top, layer);
      return value;
    } catch (error) {
      this.layers.pop();
      throw error;
    }
  }

  finish(claim: Claim, outcome: Outcome): Promise<{ isEventPromised: boolean }> {
    return this.finishUnit(claim, [outcome]);
  }

  finishUnit(claim: Claim, outcomes: readonly Outcome[]): Promise<{ isEventPromised: boolean }> {
    const { knowledge, changes } = this.batch;
    if (this.batch.hasEnded(claim.lease)) return Promise.reject(new LeaseLost());
    const { id } = claim.job;
    const isEventPromised =
      claim.job.isEventPromised ||
      knowledge.promised.has(id) ||
      [changes, ...this.layers].some(({ promised }) => promised.has(id));
    this.top.finished.push({ claim, outcomes, isEventPromised });
    return Promise.resolve({ isEventPromised });
  }

  async promiseEvents(job: string): Promise<readonly (Outcome | undefined)[]> {
    const outcomes = await this.batch.outcomesOf(job);
    this.top.promised.add(job);
    const length = Math.max(-1, ...outcomes.keys()) + 1;
    return Array.from({ length }, (_, index) => outcomes.get(index));
  }

  publish(draft: Draft): Promise<void> {
    this.top.drafts.push(draft);
    return Promise.resolve();
  }

  async hooksFor(eventType: EventType): Promise<readonly Hook[]> {
    return (await this.batch.allHooks()).filter((hook) => hook.eventType === eventType);
  }

  deliver(delivery: HookDelivery): Promise<void> {
    this.top.deliveries.push(delivery);
    return Promise.resolve();
  }

  private get top(): Changes {
    return this.layers.at(-1) ?? this.layers[0];
  }

  private async demand(type: TypeName, id: string): Promise<Stored> {
    const stored = await this.find(id);
    if (stored?.type !== type) throw notThere(type);
    return stored;
  }

  private ownerOf(name: string, isAssumed: boolean): Promise<string | undefined> {
    const layer = this.layers.findLast(({ names }) => names.has(name));
    return layer === undefined ? this.batch.ownerOf(name, isAssumed) : Promise.resolve(layer.names.get(name));
  }

  private async claimName(id: string, attributes: Json): Promise<void> {
    const name = userNameKey(attributes);
    if (name === undefined) return;
    const owner = await this.ownerOf(name, true);
    if (owner !== undefined && owner !== id) throw nameTaken();
    this.top.names.set(name, id);
  }
}
