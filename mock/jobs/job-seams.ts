/** Where a wrong provider would deviate in what it does with an accepted request. */
import type { Job, JobHead } from '../job.js';
import type { Operation, Outcome } from '../operation.js';
import type { Ports } from '../ports.js';
import type { Problem } from '../problem.js';
import { canonicalJson } from './canonical-json.js';
import type { Submission } from './submission.js';

/** One operation of an accepted request that is to be done now. */
export interface Task {
  /** As it was when the operation was claimed. */
  readonly job: Job;
  /** Place of the operation in its request. */
  readonly index: number;
  readonly operation: Operation;
  /** Why it fails without being tried. */
  readonly hopeless: Problem | undefined;
}

/** The ways in which a task can be done. */
export interface Work {
  readonly task: Task;
  /** Writes, and records what came of it, in one transaction. */
  readonly together: () => Promise<void>;
  /** Only writes, in a transaction of its own. */
  readonly effect: (task: Task) => Promise<Outcome>;
  /** Only records what came of it, in a transaction of its own. */
  readonly finish: (outcome: Outcome) => Promise<void>;
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

export interface JobSeams {
  /** Of requests and resources: unguessable (SEC-05). */
  readonly newId: () => string;
  /** Whether an asynchronous request is taken in request-mode; throws the Problem that refuses it. */
  readonly take: (submission: Submission) => void;
  /** What an accepted request is taken for. */
  readonly read: (head: JobHead) => JobHead;
  /** Whether an accepted request is put into the queue. */
  readonly isQueued: (head: JobHead) => boolean;
  readonly perform: (work: Work, ports: Ports) => Promise<void>;
  /** Why the rest of a job is not run, as a sentence; undefined where it is. */
  readonly whyStopped: (job: Job) => string | undefined;
  readonly retries: RetryPolicy;
}

/** A cancel (CNCL-01) or failOnErrors (RFC 7644 §3.7.3). */
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
    fingerprint: ({ method, path, body }) => `${method} ${path} ${canonicalJson(body)}`,
    remembers: () => true,
  },
};
