/** The points at which faults change how requests are accepted and their operations are run. */
import { createHash } from 'node:crypto';
import type { Job, JobHead } from '../job.js';
import type { Operation, Outcome } from '../operation.js';
import type { Ports } from '../ports.js';
import type { Problem } from '../problem.js';
import { canonicalJson } from '../canonical-json.js';
import type { Submission } from './submission.js';

/** An operation that a worker is about to run. */
export interface Task {
  /** The job at the time of the claim. */
  readonly job: Job;
  /** Index of the operation in its request. */
  readonly index: number;
  readonly operation: Operation;
  /** If set, the operation fails with this problem without being tried. */
  readonly hopeless: Problem | undefined;
}

/** The steps of running a task, together and one by one. */
export interface Work {
  readonly task: Task;
  /** Applies the write and records the outcome in one transaction. */
  readonly together: () => Promise<void>;
  /** Only applies the write, in its own transaction. */
  readonly effect: (task: Task) => Promise<Outcome>;
  /** Only records the outcome, in its own transaction. */
  readonly finish: (outcome: Outcome) => Promise<void>;
}

/** How a repeated request is recognised (profile IDEM, clarification 8). */
export interface RetryPolicy {
  /** The same for all requests of one client with one request id. */
  readonly key: (client: string, requestId: string) => string;
  /** The same for two requests with the same meaning. */
  readonly fingerprint: (request: Pick<Submission, 'method' | 'path' | 'body'>) => string;
  /** Whether the request id still stands for this earlier job. */
  readonly remembers: (job: Job) => boolean;
}

export interface JobSeams {
  /** Makes the ids of jobs and resources; they are unguessable (SEC-05). */
  readonly newId: () => string;
  /** Called before a request of request-mode is accepted; throws a Problem to refuse it. */
  readonly take: (submission: Submission) => void;
  /** Returns the request as it is put into the queue. */
  readonly read: (head: JobHead) => JobHead;
  /** Whether an accepted request is put into the queue at all. */
  readonly isQueued: (head: JobHead) => boolean;
  /** Runs an operation. */
  readonly perform: (work: Work, ports: Ports) => Promise<void>;
  /** A sentence on why the remaining operations of a job do not run; undefined if they do. */
  readonly whyStopped: (job: Job) => string | undefined;
  readonly retries: RetryPolicy;
}

/** The reasons are a cancellation (CNCL-01) and failOnErrors (RFC 7644 §3.7.3). */
const whyStopped = ({ isCancelled, failOnErrors, counts }: Job): string | undefined => {
  if (isCancelled) return 'Not run, because the request was cancelled.';
  return failOnErrors !== undefined && counts.failed >= failOnErrors
    ? 'Not run, because failOnErrors was reached.'
    : undefined;
};

export const honestJobSeams: Omit<JobSeams, 'newId'> = {
  take: () => undefined,
  read: (head) => head,
  isQueued: () => true,
  perform: (work) => work.together(),
  whyStopped,
  retries: {
    key: (client, requestId) => JSON.stringify([client, requestId]),
    // A digest: the texts of all bodies would fill the memory until the end of the retention time.
    fingerprint: ({ method, path, body }) =>
      createHash('sha256')
        .update(`${method} ${path} ${canonicalJson(body)}`)
        .digest('base64'),
    remembers: () => true,
  },
};
