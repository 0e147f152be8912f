/**
 * The state of the mock behind interfaces, so that it can be kept in the memory of one process or in a database that
 * several processes share. Everything is asynchronous. The effect of an operation, its result, its count and its events
 * are committed in one transaction.
 */
import type { Audit, Hooks } from './integration-ports.js';
import type { SigningAlgorithm, SigningKey } from './environment.js';
import type { EventType, Hook, HookDelivery } from './hook.js';
import type { Job, JobHead } from './job.js';
import type { Json } from './json.js';
import type { Limits } from './limit-ports.js';
import type { Operation, Outcome } from './operation.js';
import type { Problem } from './problem.js';
import type { Draft, SecurityEvent } from './security-event.js';
import type { Stored, TypeName } from './stored.js';

export interface Resources {
  /** Rejects with a Problem of 404 if there is no such resource. */
  get(type: TypeName, id: string): Promise<Stored>;
  /** The resource with this id, of any type. */
  find(id: string): Promise<Stored | undefined>;
  /** All resources of the type, oldest first. */
  list(type: TypeName): Promise<readonly Stored[]>;
  /** The user with this userName, whatever its letter case (RFC 7643 §4.1.1). */
  named(userName: string): Promise<Stored | undefined>;
}

/** Returns new attributes, or the same object if nothing changes. */
export type ChangeAttributes = (attributes: Json) => Json | Promise<Json>;

/** Reads include the writes of this transaction. Nobody else sees them before the commit. */
export interface Transaction extends Resources {
  /** Rejects with a Problem of 409 if the userName is taken. `id`: a new one if absent. */
  create(type: TypeName, attributes: Json, id?: string): Promise<Stored>;
  /**
   * Replaces the attributes by what `change` returns; if that is the same object, nothing is written. Nobody else writes
   * this resource meanwhile. Rejects with a Problem of 404, of 409 if the new userName is taken, or of 412 if `ifMatch`
   * names another version.
   */
  update(type: TypeName, id: string, change: ChangeAttributes, ifMatch?: string): Promise<Stored>;
  /** Rejects with a Problem of 404, or of 412 if `ifMatch` names another version. */
  remove(type: TypeName, id: string, ifMatch?: string): Promise<void>;
  /**
   * A savepoint: if `work` rejects, its writes are undone and the transaction can continue. Rejects with the same
   * error.
   */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Does work that takes long and uses the transaction not at all. An implementation may commit other transactions
   * meanwhile; if they change what this one has read, it is done again.
   */
  aside<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Records the outcome of a claimed operation. Rejects with LeaseLost, here or at the commit, if the lease has ended.
   */
  finish(claim: Claim, outcome: Outcome): Promise<{ readonly isEventPromised: boolean }>;
  /** The same for a claim of a whole unit: the outcomes of all operations of the job, in the order of the request. */
  finishUnit(claim: Claim, outcomes: readonly Outcome[]): Promise<{ readonly isEventPromised: boolean }>;
  /**
   * Marks the job as one whose operations get completion events. Returns the outcomes so far, in the order of the
   * request.
   */
  promiseEvents(job: string): Promise<readonly (Outcome | undefined)[]>;
  publish(draft: Draft): Promise<void>;
  /** The webhooks for this event, of all clients. */
  hooksFor(eventType: EventType): Promise<readonly Hook[]>;
  /** Records a delivery; `claim` of Hooks hands it out after the commit. */
  deliver(delivery: HookDelivery): Promise<void>;
}

export interface Store extends Resources {
  count(type: TypeName): Promise<number>;
  /**
   * Commits everything that `work` did through the transaction, or nothing if it rejects. An implementation may call
   * `work` again after a conflict with another transaction, so `work` must have no other effects. Must not be nested.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

/** What has to happen before an operation of a job can run. */
export interface Step {
  /** Operations with the same value run one after another, in the order of acceptance; undefined for most creates. */
  readonly resource: string | undefined;
  /** Indexes of the operations of the same job that have to finish first. */
  readonly after: readonly number[];
  /** bulkIds that it refers to (RFC 7644 §3.7.2), except those in `reserved`. */
  readonly references: readonly string[];
  /**
   * Ids of resources that are created in a circle with this one, by bulkId, its own included; undefined if it is in none.
   * They are given out before the resources are created, so that these can refer to one another (RFC 7644 §3.7.1).
   */
  readonly reserved: ReadonlyMap<string, string> | undefined;
  /** If set, the operation fails with this problem without being tried. */
  readonly hopeless: Problem | undefined;
}

/** How a repeated request is recognised (profile IDEM, clarification 8). */
export interface Retry {
  /** The same for all requests of one client with one request id. */
  readonly key: string;
  /** The same for two requests with the same meaning. */
  readonly fingerprint: string;
  /** Whether the key still stands for this earlier job. */
  readonly remembers: (job: Job) => boolean;
}

export interface Order {
  readonly head: JobHead;
  /** Size of the body of the request. */
  readonly bytes: number;
  /** One for each operation; called only if the request is accepted. Empty: the operations never run. */
  readonly steps: () => readonly Step[];
  readonly retry: Retry | undefined;
}

export type Acceptance =
  | { readonly kind: 'accepted'; readonly job: Job }
  /** The same request was accepted earlier, as this job. */
  | { readonly kind: 'repeated'; readonly job: Job }
  /** The key was used earlier for another request. */
  | { readonly kind: 'conflicting' }
  /** The queue has no room for the operations, or for their bytes, now. */
  | { readonly kind: 'full' };

/** An operation that one worker has taken, and that no other worker gets before the lease ends. */
export interface Claim {
  readonly lease: string;
  readonly job: Job;
  /** Index of the operation in its request. */
  readonly index: number;
  /** Number of this try, from 1; it grows with `postpone` only. */
  readonly number: number;
  readonly operation: Operation;
  readonly step: Step;
  /**
   * The steps of all operations if the job runs as a unit (`runsAsUnit`). Then there is one claim for all of them, with
   * index 0, when all earlier operations on all of their resources are finished. `after` has no meaning then.
   */
  readonly unit: readonly Step[] | undefined;
}

/** The lease of a claim has ended, so that another worker may have the operation. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface Jobs {
  /** Accepts a request. The check for an earlier request with the same key is part of the same atomic step. */
  accept(order: Order): Promise<Acceptance>;
  /** Undefined if there is no such job, or if it was completed longer ago than the retention time. */
  find(id: string): Promise<Job | undefined>;
  /**
   * Waits for the next operation that can run, and takes it: of those with the highest priority (`priorityOf`) the oldest,
   * but each eighth time the oldest of all, so that no priority is put off for ever. Resolves with undefined if the signal
   * aborts first; what can run at the time of the call is taken all the same.
   */
  claim(signal: AbortSignal): Promise<Claim | undefined>;
  /**
   * Gives a claimed operation or unit back, to be tried again at this time (milliseconds since 1970) or soon after. It keeps
   * its place before later operations on its resource. False if the lease has ended.
   */
  postpone(claim: Claim, due: number): Promise<boolean>;
  /** Id of the resource that the operation with this bulkId created; undefined if it has not created one. */
  createdId(job: string, bulkId: string): Promise<string | undefined>;
  /** Cancels what has not run yet. False if there is no such job or it is completed. */
  cancel(id: string): Promise<boolean>;
  /** Sets the time of the last poll to now. */
  notePoll(id: string): Promise<void>;
  /** Resolves when all operations are finished; with undefined if there is no such job or the signal aborts. */
  completed(id: string, signal: AbortSignal): Promise<Job | undefined>;
  /** Removes a job that no client will read again. */
  forget(id: string): Promise<void>;
  /** Numbers of jobs with a status resource, and of unfinished operations. */
  count(): Promise<{ readonly statuses: number; readonly pending: number }>;
}

export interface Delivery {
  readonly events: readonly SecurityEvent[];
  /** Whether more events wait. */
  readonly more: boolean;
}

/** Reads published events. They are written by `publish` of a transaction. */
export interface Events {
  /** Whether there is no event that this client has not acknowledged (RFC 8936 §2). */
  isEmpty(client: string): Promise<boolean>;
  /** Up to `limit` unacknowledged events, oldest first. They stay until `takeOff`. */
  take(client: string, limit: number): Promise<Delivery>;
  /** Removes events from the stream of this client; those that `take` never returned stay. */
  takeOff(client: string, jtis: readonly string[]): Promise<void>;
  /** Resolves when an event arrives for this client, whose stream is empty, or when the signal aborts. */
  next(client: string, signal: AbortSignal): Promise<void>;
  /** The completion events of a job, in the order of its operations. */
  ofJob(id: string): Promise<readonly SecurityEvent[]>;
  /**
   * Calls `listener` with every new event for this client; if several processes listen, each event goes to one of them.
   * Returns a function that stops it.
   */
  listen(client: string, listener: (draft: Draft) => void): () => void;
}

/** What a status token is good for: reading one status resource. */
export interface Grant {
  /** Name of the client that it was issued to. */
  readonly client: string;
  readonly job: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export interface Keys {
  /** Stores a status token by its digest. It is kept for ten minutes after it expires. */
  grant(digest: string, grant: Grant): Promise<void>;
  grantOf(digest: string): Promise<Grant | undefined>;
  /** The signing key; the same at each call and in all processes. */
  signingKey(algorithm: SigningAlgorithm): Promise<SigningKey>;
}

export interface Ports {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly events: Events;
  readonly limits: Limits;
  readonly keys: Keys;
  /**
   * Ends the connections of a store that outlives the process, when no transaction is on its way. Undefined: there is
   * nothing to end.
   */
  readonly close: (() => Promise<void>) | undefined;
  readonly hooks: Hooks;
  readonly audit: Audit;
}
