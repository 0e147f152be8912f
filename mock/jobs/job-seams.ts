/** The points at which faults change how requests are accepted and their operations are run. */
import { createHash } from 'node:crypto';
import type { Job, JobHead } from '../job.js';
import { failed, type Operation, type Outcome } from '../operation.js';
import type { Ports, Transaction } from '../ports.js';
import type { Problem } from '../problem.js';
import { canonicalJson } from '../canonical-json.js';
import { checkRules, transform, type Transform } from '../transform/transform.js';
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

/** The steps of running all operations of a job as a unit (ROLL-01). */
export interface UnitWork {
  readonly job: Job;
  /** Waits for the simulated work. */
  readonly prepare: () => Promise<void>;
  /** Applies the operations one after the other, until one fails. Those after it have no outcome. */
  readonly run: (transaction: Transaction) => Promise<readonly (Outcome | undefined)[]>;
  /** The outcomes of operations whose effects are undone: that of the one that failed stays. */
  readonly undone: (outcomes: readonly (Outcome | undefined)[]) => readonly Outcome[];
  /** Records one outcome for each operation. */
  readonly finish: (outcomes: readonly Outcome[], transaction: Transaction) => Promise<void>;
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
  /** Runs all operations of a job whose operations have effects only together. */
  readonly performUnit: (work: UnitWork, ports: Ports) => Promise<void>;
  /** A sentence on why the remaining operations of a job do not run; undefined if they do. */
  readonly whyStopped: (job: Job) => string | undefined;
  readonly retries: RetryPolicy;
  /** Refuses rules that are not valid, before anything runs (XFRM-01). */
  readonly checkRules: typeof checkRules;
  /** Applies the rules of a request to a user. */
  readonly transform: Transform;
}

/** The reasons are a cancellation (CNCL-01) and failOnErrors (RFC 7644 §3.7.3). */
const whyStopped = ({ isCancelled, failOnErrors, counts }: Job): string | undefined => {
  if (isCancelled) return 'Not run, because the request was cancelled.';
  return failOnErrors !== undefined && counts.failed >= failOnErrors
    ? 'Not run, because failOnErrors was reached.'
    : undefined;
};

/** Thrown so that a savepoint undoes the effects of a unit. */
class UnitFailed extends Error {
  override readonly name = 'UnitFailed';

  constructor(readonly outcomes: readonly (Outcome | undefined)[]) {
    super('an operation of the unit has failed');
  }
}

/** The effects of all operations and their outcomes are committed together, or the outcomes alone. */
const performUnit: JobSeams['performUnit'] = async ({ prepare, run, undone, finish }, { store }) => {
  await prepare();
  await store.transaction(async (transaction) => {
    const outcomes = await transaction
      .attempt(async () => {
        const ran = await run(transaction);
        const done = ran.filter((outcome) => outcome !== undefined);
        if (done.length < ran.length || done.some(({ result }) => failed(result))) throw new UnitFailed(ran);
        return done;
      })
      .catch((error: unknown) => {
        if (error instanceof UnitFailed) return undone(error.outcomes);
        throw error;
      });
    await finish(outcomes, transaction);
  });
};

export const honestJobSeams: Omit<JobSeams, 'newId'> = {
  take: () => undefined,
  read: (head) => head,
  isQueued: () => true,
  perform: (work) => work.together(),
  performUnit,
  whyStopped,
  checkRules,
  transform,
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
