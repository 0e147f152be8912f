/**
 * The requests that were answered 202 by RFC 9967, and the completion events that they are owed (§2.5.1). A request
 * that was answered in time is owed none.
 */
import { eventUri } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import { isCompleted, txnOf, type Job } from '../jobs/job.js';
import type { Seams } from '../seams.js';
import { subjectOfResult, subjectOfWritten } from './claims.js';
import type { Draft } from './draft.js';
import type { EventLog } from './event-log.js';

export interface CompletionsOptions {
  readonly log: EventLog;
  readonly baseUrl: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly retentionSeconds: number;
  readonly maySee: Seams['maySee'];
}

/** A request with its events, in the request's order; undefined where an operation is pending. */
interface Promised {
  readonly job: Job;
  readonly drafts: (Draft | undefined)[];
}

export class Completions {
  private readonly promised = new Map<string, Promised>();

  constructor(private readonly options: CompletionsOptions) {}

  /** From now on the job is owed an event for each operation, those that are done included. */
  promise(job: Job): void {
    this.forgetOld();
    this.promised.set(job.id, { job, drafts: job.operations.map(() => undefined) });
    job.results.forEach((result, index) => {
      if (result !== undefined) this.done(job, index);
    });
  }

  /** Makes the event of an operation that has its result. */
  done(job: Job, index: number): void {
    const promised = this.promised.get(job.id);
    const result = job.results[index];
    if (promised === undefined || result === undefined) return;
    const written = job.written[index];
    promised.drafts[index] = this.options.log.publish({
      subject: written === undefined ? subjectOfResult(job, index, this.options.baseUrl()) : subjectOfWritten(written),
      events: () => ({ [eventUri.asyncResponse]: { ...result } }),
      txn: txnOf(job, index),
      context: { job, index, client: job.client },
    });
  }

  /** The request of this transaction that this client owns. Throws a Problem of 404 (RFC 9967 §5). */
  find(txn: string, client: string): Promised {
    this.forgetOld();
    const promised = this.promised.get(txn);
    if (promised === undefined || !this.options.maySee(promised.job, client)) {
      throw new Problem(404, 'There is no transaction of this id.');
    }
    return promised;
  }

  private forgetOld(): void {
    const oldest = this.options.now() - this.options.retentionSeconds * 1000;
    for (const { job } of this.promised.values()) {
      if (job.modified > oldest || !isCompleted(job)) break;
      this.promised.delete(job.id);
    }
  }
}
