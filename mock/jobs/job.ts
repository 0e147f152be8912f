/** One accepted request with its operations and what has come of them so far. */
import { failed, type Operation, type OperationResult, type Written } from '../operation.js';

export interface Job {
  readonly id: string;
  /** Name of the client that owns it; nobody else sees it (SEC-03). */
  readonly client: string;
  /** The client's id of the request, or ours (profile D3). */
  readonly requestId: string;
  readonly operations: readonly Operation[];
  /** Only in a bulk request does `bulkId:x` mean anything (RFC 7644 §3.7.2). */
  readonly isBulk: boolean;
  readonly failOnErrors: number | undefined;
  /** In the request's order; undefined while pending. */
  readonly results: (OperationResult | undefined)[];
  /** What was written, in the request's order; undefined where nothing was. */
  readonly written: (Written | undefined)[];
  /** Milliseconds since 1970. */
  readonly created: number;
  modified: number;
  /** Counts the changes; makes the ETag. */
  revision: number;
  started: boolean;
  /** Whether its client has cancelled it: what has not run is not run any more (CNCL-01). */
  cancelled: boolean;
  /** Milliseconds since 1970 of the client's last poll; undefined before the first. */
  polled: number | undefined;
  /** Resolves when every operation has its result. */
  readonly settled: Promise<void>;
  readonly settle: () => void;
}

export const createJob = (
  head: Pick<Job, 'id' | 'client' | 'requestId' | 'operations' | 'isBulk' | 'failOnErrors' | 'created'>,
): Job => {
  let settle = (): void => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return {
    ...head,
    results: head.operations.map(() => undefined),
    written: head.operations.map(() => undefined),
    modified: head.created,
    revision: 0,
    started: false,
    cancelled: false,
    polled: undefined,
    settled,
    settle: () => settle(),
  };
};

export interface Counts {
  readonly total: number;
  readonly success: number;
  readonly failed: number;
  readonly pending: number;
}

export const countsOf = ({ operations, results }: Job): Counts => {
  const done = results.filter((result) => result !== undefined);
  const failures = done.filter(failed).length;
  return {
    total: operations.length,
    success: done.length - failures,
    failed: failures,
    pending: operations.length - done.length,
  };
};

export const isCompleted = (job: Job): boolean => job.results.every((result) => result !== undefined);

/** The transaction of one operation (RFC 9967 §2.5.1.2; zero-based, profile D12). */
export const txnOf = ({ id, isBulk }: Job, index: number): string => (isBulk ? `${id}:${index}` : id);
