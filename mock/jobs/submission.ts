/** What is asked of the queue, and how it is known that it was asked before. */
import type { Job } from './job.js';
import type { Operation } from '../operation.js';

export interface Submission {
  readonly client: string;
  readonly requestId: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly operations: readonly Operation[];
  readonly isBulk: boolean;
  /** Value of the mode field, as it was sent. */
  readonly mode: string;
  readonly failOnErrors: number | undefined;
}

/** How a safe retry is known (profile IDEM, clarification 8). */
export interface RetryPolicy {
  /** What requests of one client and request id have in common. */
  readonly key: (client: string, requestId: string) => string;
  /** What two requests that mean the same have in common. */
  readonly fingerprint: (request: Pick<Submission, 'method' | 'path' | 'body'>) => string;
  /** Whether a repeated id still leads to this job. */
  readonly remembers: (job: Job) => boolean;
}
