/**
 * Accepts requests and creates their jobs. With the feature `idempotency`, a repeated request with the same request id
 * gets the same job (profile IDEM, clarification 8).
 */
import { header } from '../../schemas/names.js';
import type { Clock } from '../clock.js';
import type { Job, JobHead } from '../job.js';
import type { Jobs, Retry, Step } from '../ports.js';
import { Problem } from '../problem.js';
import type { JobSeams } from './job-seams.js';
import { stepsOf } from './steps.js';
import type { Submission } from './submission.js';

export interface IntakeOptions {
  readonly jobs: Jobs;
  readonly clock: Clock;
  /** Largest number of unfinished operations in the queue. */
  readonly capacity: number;
  /** Largest size of the bodies of unfinished requests. */
  readonly capacityBytes: number;
  readonly retryAfterSeconds: number;
  readonly idempotency: boolean;
  readonly seams: Pick<JobSeams, 'newId' | 'take' | 'read' | 'isQueued' | 'retries'>;
  /** Whether a client may see a job (SEC-03). */
  readonly maySee: (job: Job, client: string) => boolean;
  /** Called with each job that was accepted. */
  readonly accepted: (job: Job) => Promise<void>;
}

interface Kind {
  readonly hasStatus: boolean;
  readonly retry: Retry | undefined;
}

export class Intake {
  constructor(private readonly options: IntakeOptions) {}

  /**
   * Accepts a request that gets a status resource. Resolves with a new job or, for a repeated request, the earlier one.
   * Rejects with a Problem: 409 if the request id was used for another request, 503 or 413 if the queue has no room.
   */
  async accept(submission: Submission): Promise<Job> {
    this.options.seams.take(submission);
    return this.order(submission, { hasStatus: true, retry: this.retryOf(submission) });
  }

  /**
   * Accepts a request without a status resource: the caller waits for the job, or promises events (RFC 9967). Rejects
   * with a Problem of 503 or 413.
   */
  run(submission: Submission): Promise<Job> {
    return this.order(submission, { hasStatus: false, retry: undefined });
  }

  /** The job with this status resource. Rejects with a Problem of 404 if the client may not see one (SEC-03). */
  async find(id: string, client: string): Promise<Job> {
    const job = await this.options.jobs.find(id);
    if (job?.hasStatus !== true || !this.options.maySee(job, client))
      throw new Problem(404, 'There is no request of this id.');
    return job;
  }

  private async order(submission: Submission, { hasStatus, retry }: Kind): Promise<Job> {
    const { jobs, seams, capacity, capacityBytes, retryAfterSeconds } = this.options;
    const { bytes, whyRefused } = submission;
    const head = seams.read({ ...this.headOf(submission), hasStatus });
    const steps = (): Step[] => (seams.isQueued(head) ? stepsOf(head, seams.newId, whyRefused) : []);
    const acceptance = await jobs.accept({ head, bytes, steps, retry });
    switch (acceptance.kind) {
      case 'accepted':
        await this.options.accepted(acceptance.job);
        return acceptance.job;
      case 'repeated':
        return acceptance.job;
      case 'conflicting':
        throw new Problem(409, 'The request id was used for another request.');
      case 'full':
        // It never fits, so a Retry-After would be wrong.
        if (head.operations.length > capacity) throw new Problem(413, `At most ${capacity} operations can wait.`);
        if (bytes > capacityBytes) throw new Problem(413, `Bodies of at most ${capacityBytes} bytes can wait.`);
        throw new Problem(503, 'The queue is full.', undefined, {
          [header.retryAfter]: String(Math.max(1, retryAfterSeconds)),
        });
    }
  }

  private headOf(submission: Submission): Omit<JobHead, 'hasStatus'> {
    const { client, requestId, operations, isBulk, failOnErrors, options, bounds, traceparent } = submission;
    const { seams, clock } = this.options;
    return {
      id: seams.newId(),
      client,
      requestId: requestId ?? seams.newId(),
      operations,
      isBulk,
      failOnErrors,
      options,
      created: clock.now(),
      bounds,
      ...(traceparent === undefined ? {} : { traceparent }),
    };
  }

  private retryOf(submission: Submission): Retry | undefined {
    const { idempotency, seams } = this.options;
    const { client, requestId } = submission;
    if (requestId === undefined || !idempotency) return undefined;
    const { key, fingerprint, remembers } = seams.retries;
    return { key: key(client, requestId), fingerprint: fingerprint(submission), remembers };
  }
}
