/**
 * Accepts requests: gives each its job, once. With the feature `idempotency` the same request id and request again is
 * the same job (profile IDEM, clarification 8).
 */
import { Problem } from '../problem.js';
import { createJob, isCompleted, type Job } from './job.js';
import type { RetryPolicy, Submission } from './submission.js';
import type { WorkQueue } from './work-queue.js';

export interface IntakeOptions {
  readonly queue: WorkQueue;
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly retentionSeconds: number;
  readonly idempotency: boolean;
  readonly retries: RetryPolicy;
  readonly take: (submission: Submission) => void;
  readonly enqueue: (job: Job, queue: WorkQueue) => void;
  readonly maySee: (job: Job, client: string) => boolean;
}

export class Intake {
  private readonly jobs = new Map<string, Job>();
  private readonly keys = new Map<string, { fingerprint: string; job: Job }>();

  constructor(private readonly options: IntakeOptions) {}

  get size(): number {
    return this.jobs.size;
  }

  /**
   * The job of a submission, new or, for a safe retry, the old one. Throws a Problem: 409 where the request id came
   * with another request, 503 or 413 where the queue has no room.
   */
  accept(submission: Submission): Job {
    const { client, requestId } = submission;
    const { retries, idempotency } = this.options;
    this.forgetOld();
    this.options.take(submission);
    const key = requestId === undefined || !idempotency ? undefined : retries.key(client, requestId);
    const fingerprint = key === undefined ? '' : retries.fingerprint(submission);
    const earlier = key === undefined ? undefined : this.keys.get(key);
    if (earlier !== undefined && retries.remembers(earlier.job)) {
      if (earlier.fingerprint === fingerprint) return earlier.job;
      throw new Problem(409, 'The request id was used for another request.');
    }
    const job = this.run(submission);
    this.jobs.set(job.id, job);
    if (key !== undefined) this.keys.set(key, { fingerprint, job });
    return job;
  }

  /** Has the work done without a status resource: the caller waits for it, or promises an event (RFC 9967). Throws a Problem of 503 or 413. */
  run({ client, requestId, operations, isBulk, failOnErrors }: Submission): Job {
    const { queue, newId, now } = this.options;
    queue.demandRoom(operations.length);
    const job = createJob({
      id: newId(),
      client,
      requestId: requestId ?? newId(),
      operations,
      isBulk,
      failOnErrors,
      created: now(),
    });
    this.options.enqueue(job, queue);
    return job;
  }

  /** The job of this id that this client owns. Throws a Problem of 404; it tells nobody of the jobs of others (SEC-03). */
  find(id: string, client: string): Job {
    this.forgetOld();
    const job = this.jobs.get(id);
    if (job === undefined || !this.options.maySee(job, client))
      throw new Problem(404, 'There is no request of this id.');
    return job;
  }

  /** Jobs are kept in the order of their acceptance, so that the oldest come first. */
  private forgetOld(): void {
    const oldest = this.options.now() - this.options.retentionSeconds * 1000;
    for (const job of this.jobs.values()) {
      if (job.modified > oldest || !isCompleted(job)) break;
      this.jobs.delete(job.id);
      this.keys.delete(this.options.retries.key(job.client, job.requestId));
    }
  }
}
