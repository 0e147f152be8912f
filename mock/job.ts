/** One accepted request with its operations, and how far they are. */
import type { Operation, Outcome } from './operation.js';

/** What is known of a request when it is accepted. It never changes. */
export interface JobHead {
  readonly id: string;
  /** Name of the client that owns it; nobody else sees it (SEC-03). */
  readonly client: string;
  /** The client's id of the request, or ours (profile D3). */
  readonly requestId: string;
  readonly operations: readonly Operation[];
  /** Only in a bulk request does `bulkId:x` mean anything (RFC 7644 §3.7.2). */
  readonly isBulk: boolean;
  readonly failOnErrors: number | undefined;
  /** Whether it can be asked after at a status resource (profile §2). */
  readonly hasStatus: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export interface Counts {
  readonly total: number;
  readonly success: number;
  readonly failed: number;
  readonly pending: number;
}

/** A job at one moment. */
export interface Job extends JobHead {
  readonly counts: Counts;
  /** Milliseconds since 1970; never goes back (STAT-14). */
  readonly modified: number;
  /** Counts the changes; makes the ETag. */
  readonly revision: number;
  readonly isStarted: boolean;
  /** Whether its client has cancelled it: what has not run is not run any more (CNCL-01). */
  readonly isCancelled: boolean;
  /** Whether it was answered 202 by RFC 9967, so that an event is owed for each operation. */
  readonly isPromised: boolean;
  /** Milliseconds since 1970 of the client's last poll; undefined before the first. */
  readonly polled: number | undefined;
  /** In the request's order; undefined until the last operation has its own. */
  readonly outcomes: readonly Outcome[] | undefined;
}

export const isCompleted = ({ counts }: Job): boolean => counts.pending === 0;

/** The transaction of one operation (RFC 9967 §2.5.1.2; zero-based, profile D12). */
export const txnOf = ({ id, isBulk }: Pick<JobHead, 'id' | 'isBulk'>, index: number): string =>
  isBulk ? `${id}:${index}` : id;
