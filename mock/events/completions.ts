/**
 * Completion events (RFC 9967 §2.5.1) for requests that were answered 202. A request that was answered with its result
 * gets none.
 */
import { eventUri } from '../../schemas/names.js';
import { txnOf, type Job, type JobHead } from '../job.js';
import type { Outcome } from '../operation.js';
import type { Ports } from '../ports.js';
import { Problem } from '../problem.js';
import type { Draft } from '../security-event.js';
import type { DraftOf } from './happening.js';
import { subjectOfResult, subjectOfWritten } from './subject.js';

export interface CompletionsOptions {
  readonly ports: Pick<Ports, 'store' | 'jobs'>;
  readonly draftOf: DraftOf;
  readonly baseUrl: () => string;
  /** Whether a client may see a job (SEC-03). */
  readonly maySee: (job: Job, client: string) => boolean;
}

export class Completions {
  constructor(private readonly options: CompletionsOptions) {}

  /** Marks the job as answered 202, and publishes the events of the operations that are already finished. */
  promiseEvents(job: Job): Promise<void> {
    return this.options.ports.store.transaction(async (transaction) => {
      const outcomes = await transaction.promiseEvents(job.id);
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome !== undefined) await transaction.publish(this.draft(job, index, outcome));
      }
    });
  }

  /** The completion event of a finished operation. */
  draft(job: JobHead, index: number, { result, written }: Outcome): Draft {
    const { draftOf, baseUrl } = this.options;
    const operation = job.operations[index];
    if (operation === undefined) throw new Error(`job ${job.id} has no operation ${index}`);
    return draftOf({
      subject: written === undefined ? subjectOfResult(operation, result, baseUrl()) : subjectOfWritten(written),
      events: () => ({ [eventUri.asyncResponse]: { ...result } }),
      txn: txnOf(job, index),
      context: { job, index, client: job.client },
      completes: { job: job.id, index },
    });
  }

  /** The job with this transaction id. Rejects with a Problem of 404 if this client may not see one (RFC 9967 §5). */
  async find(txn: string, client: string): Promise<Job> {
    const job = await this.options.ports.jobs.find(txn);
    if (job?.isEventPromised !== true || !this.options.maySee(job, client)) {
      throw new Problem(404, 'There is no transaction of this id.');
    }
    return job;
  }
}
