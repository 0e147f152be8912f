/**
 * What the mock keeps, as interfaces: in the memory of one process, or in a database that many processes share. All is
 * asynchronous, and what one operation does (its effect, its result, its count and its events) is committed together.
 */
import type { SigningAlgorithm, SigningKey } from './environment.js';
import type { Job, JobHead } from './job.js';
import type { Json } from './json.js';
import type { Operation, Outcome } from './operation.js';
import type { Problem } from './problem.js';
import type { Draft, SecurityEvent } from './security-event.js';
import type { Stored, TypeName } from './stored.js';

export interface Resources {
  /** Rejects with a Problem of 404. */
  get(type: TypeName, id: string): Promise<Stored>;
  /** The resource of this id, whatever its type. */
  find(id: string): Promise<Stored | undefined>;
  /** In the order of their creation. */
  list(type: TypeName): Promise<readonly Stored[]>;
}

/** Sees its own writes; nobody else does before it is committed. */
export interface Transaction extends Resources {
  /** Rejects with a Problem of 409 where the userName is taken. */
  create(type: TypeName, attributes: Json): Promise<Stored>;
  /**
   * Puts new attributes in place of the old; where they are the very same, nothing is written. Rejects with a Problem
   * of 404, 409, or 412 where `ifMatch` names another version.
   */
  update(type: TypeName, id: string, change: (attributes: Json) => Json, ifMatch?: string): Promise<Stored>;
  /** Rejects with a Problem of 404, or 412 where `ifMatch` names another version. */
  remove(type: TypeName, id: string, ifMatch?: string): Promise<void>;
  /** A savepoint: where `work` rejects, all that it wrote is undone, and the transaction can go on. */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  /** Records what came of a claimed operation. Rejects with LeaseLost, here or at the commit. */
  finish(claim: Claim, outcome: Outcome): Promise<{ readonly isPromised: boolean }>;
  /** From now on an event is owed for each operation of this job. Returns what has come of them so far. */
  promise(job: string): Promise<readonly (Outcome | undefined)[]>;
  publish(draft: Draft): Promise<void>;
}

export interface Store extends Resources {
  count(type: TypeName): Promise<number>;
  /**
   * Commits all that `work` did when it resolves, and nothing where it rejects. An implementation may do it again where
   * another transaction was in the way, so that `work` has no effect but by the transaction. Not to be nested.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

/** How one operation of a job stands in line. */
export interface Step {
  /** Operations on one resource are done one after another, those of earlier jobs first; undefined: on none yet. */
  readonly resource: string | undefined;
  /** Places of the operations of the same job that have to be finished before. */
  readonly after: readonly number[];
  /** bulkIds that it refers to (RFC 7644 §3.7.2). */
  readonly references: readonly string[];
  /** Why it fails without being tried. */
  readonly hopeless: Problem | undefined;
}

/** How a request that comes again is known (profile IDEM, clarification 8). */
export interface Retry {
  /** What the requests of one client and request id have in common. */
  readonly key: string;
  /** What two requests that mean the same have in common. */
  readonly fingerprint: string;
  /** Whether the key still leads to this job. */
  readonly remembers: (job: Job) => boolean;
}

export interface Order {
  readonly head: JobHead;
  /** One for each operation; asked for where it is taken on. Empty: nothing of it is ever done. */
  readonly steps: () => readonly Step[];
  readonly retry: Retry | undefined;
}

export type Acceptance =
  | { readonly kind: 'accepted'; readonly job: Job }
  /** The same request was accepted before. */
  | { readonly kind: 'repeated'; readonly job: Job }
  /** The key came with another request. */
  | { readonly kind: 'conflicting' }
  /** There is no room for this many operations now. */
  | { readonly kind: 'full' };

/** An operation that is this worker's until its lease ends. */
export interface Claim {
  readonly lease: string;
  readonly job: Job;
  /** Place of the operation in its request. */
  readonly index: number;
  readonly operation: Operation;
  readonly step: Step;
}

/** The lease of a claim has ended, and the operation is another's. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface Jobs {
  /** Takes a request on, in one step with the check whether it came before. */
  accept(order: Order): Promise<Acceptance>;
  /** Undefined where there is none, or none any more: a completed job is kept for the time of retention. */
  find(id: string): Promise<Job | undefined>;
  /** The next operation that can be done, as soon as there is one. Undefined when the signal aborts. */
  claim(signal: AbortSignal): Promise<Claim | undefined>;
  /** Id of the resource that an operation of this job created under this bulkId; undefined where none did. */
  createdId(job: string, bulkId: string): Promise<string | undefined>;
  /** Whether anything was left to cancel. */
  cancel(id: string): Promise<boolean>;
  /** Notes that the client has asked after it just now. */
  notePoll(id: string): Promise<void>;
  /** Resolves when every operation has its outcome; with undefined where there is no such job, or the signal aborts. */
  completed(id: string, signal: AbortSignal): Promise<Job | undefined>;
  /** Its answer is given, and nobody will ask after it. */
  forget(id: string): Promise<void>;
  /** Jobs that have a status resource, and operations that are not finished. */
  count(): Promise<{ readonly statuses: number; readonly pending: number }>;
}

export interface Delivery {
  readonly events: readonly SecurityEvent[];
  /** Whether others wait beside these. */
  readonly more: boolean;
}

/** Events reach it by the `publish` of a transaction. */
export interface Events {
  /** Whether nothing waits to be polled by this client (RFC 8936 §2). */
  isEmpty(client: string): Promise<boolean>;
  /** At most `limit` of those that wait, oldest first. They stay until they are taken off. */
  take(client: string, limit: number): Promise<Delivery>;
  /** Takes off what was sent to this client; what was not is left. */
  takeOff(client: string, jtis: readonly string[]): Promise<void>;
  /** Resolves when something comes that this client can poll, or the signal aborts. */
  next(client: string, signal: AbortSignal): Promise<void>;
  /** The events that tell the ends of the operations of this job, in the request's order. */
  ofJob(id: string): Promise<readonly SecurityEvent[]>;
  /** Tells of everything for this client from now on; the function that is returned ends it. */
  listen(client: string, listener: (draft: Draft) => void): () => void;
}

/** Token buckets. */
export interface Limits {
  /** Takes a token where there is a whole one, and says how many there were before. */
  take(bucket: string): Promise<number>;
  /** How many tokens there are now; whole ones and a fraction. */
  look(bucket: string): Promise<number>;
}

/** What a status token lets its bearer read. */
export interface Grant {
  /** Name of the client whose status resource it is. */
  readonly client: string;
  readonly job: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export interface Keys {
  /** Remembers what a status token is good for, by its digest; ten minutes longer than it is. */
  grant(digest: string, grant: Grant): Promise<void>;
  grantOf(digest: string): Promise<Grant | undefined>;
  /** The key that signs tokens: each time the same, so that all processes sign with one. */
  signingKey(algorithm: SigningAlgorithm): Promise<SigningKey>;
}

export interface Ports {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly events: Events;
  readonly limits: Limits;
  readonly keys: Keys;
}
