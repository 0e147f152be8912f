/** An accepted request with its operations, and how many of them are finished. */
import type { BulkOptions } from '../schemas/types.js';
import type { AttributeBounds, Operation, Outcome } from './operation.js';

/** What is known when a request is accepted. It never changes afterwards. */
export interface JobHead {
  readonly id: string;
  /** Name of the client that sent it; no other client may see it (SEC-03). */
  readonly client: string;
  /** The request id that the client sent, or one that the mock made (profile D3). */
  readonly requestId: string;
  readonly operations: readonly Operation[];
  /** `bulkId:x` has a meaning in bulk requests only (RFC 7644 §3.7.2). */
  readonly isBulk: boolean;
  readonly failOnErrors: number | undefined;
  /** Those of its bulk options (profile §4) that the mock obeys; a JSON value. */
  readonly options: BulkOptions;
  /** Whether it has a status resource (profile §2). */
  readonly hasStatus: boolean;
  /** What its client must not do to attributes; undefined: it may do everything. */
  readonly bounds: AttributeBounds | undefined;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** The span of the request that was accepted (W3C Trace Context §3.2); undefined or absent if it is not traced. */
  readonly traceparent?: string | undefined;
}

export interface Counts {
  readonly total: number;
  readonly success: number;
  readonly failed: number;
  readonly pending: number;
}

/** A snapshot of a job. */
export interface Job extends JobHead {
  readonly counts: Counts;
  /** Milliseconds since 1970; never goes back (STAT-14). */
  readonly modified: number;
  /** Number of changes so far; part of the ETag. */
  readonly revision: number;
  readonly isStarted: boolean;
  /** Whether one of its operations waits for another try. */
  readonly isRetrying: boolean;
  /** Whether the client has cancelled it: operations that have not started will not run (CNCL-01). */
  readonly isCancelled: boolean;
  /** Whether it was answered 202 as in RFC 9967; then a completion event is published for each operation. */
  readonly isEventPromised: boolean;
  /** When the client last polled, in milliseconds since 1970; undefined before the first poll. */
  readonly polled: number | undefined;
  /** In the order of the request; undefined until all operations are finished. */
  readonly outcomes: readonly Outcome[] | undefined;
}

export type Priority = NonNullable<BulkOptions['priority']>;

export const priorityOf = ({ options }: Pick<JobHead, 'options'>): Priority => options.priority ?? 'normal';

/** Whether all operations run as one unit, because none may have an effect if one of them fails (ROLL-01). */
export const runsAsUnit = ({ options }: Pick<JobHead, 'options'>): boolean => options.rollbackOnError === true;

export const isCompleted = ({ counts }: Job): boolean => counts.pending === 0;

/** The transaction id of one operation (RFC 9967 §2.5.1.2; counted from 0, profile D12). */
export const txnOf = ({ id, isBulk }: Pick<JobHead, 'id' | 'isBulk'>, index: number): string =>
  isBulk ? `${id}:${index}` : id;
