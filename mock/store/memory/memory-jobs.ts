/** Jobs in memory, and the queue of their operations. */
import type { Clock } from '../../clock.js';
import type { Job } from '../../job.js';
import type { Outcome } from '../../operation.js';
import type { Acceptance, Claim, Jobs, Order } from '../../ports.js';
import { Fifo } from './fifo.js';
import { LineUp, type Task } from './line-up.js';
import { MemoryJob } from './memory-job.js';
import { Postponed } from './postponed.js';

export interface MemoryJobsOptions {
  readonly clock: Clock;
  /** Largest number of unfinished operations. */
  readonly capacity: number;
  /** Largest size of the bodies of unfinished requests. */
  readonly capacityBytes: number;
  /** Seconds for which a completed job is kept. */
  readonly retentionSeconds: number;
  /** Milliseconds after which an operation that is not finished can be claimed again. */
  readonly leaseMillis: number;
  /** Called with the id of each job that is removed. */
  readonly forgotten: (id: string) => void;
}

interface Lease {
  readonly task: Task;
  /** End of the lease in milliseconds since 1970. */
  readonly ends: number;
}

interface Waiting {
  readonly signal: AbortSignal;
  readonly give: (claim: Claim | undefined) => void;
}

export class MemoryJobs implements Jobs {
  private readonly jobs = new Map<string, MemoryJob>();
  private readonly keys = new Map<string, MemoryJob>();
  /** In order of completion, so that the oldest are removed first. */
  private readonly completedJobs = new Map<string, MemoryJob>();
  private readonly line = new LineUp();
  /** In order of claiming. All leases are equally long, so this is also the order of their ends. */
  private readonly leases = new Map<string, Lease>();
  private readonly postponed: Postponed;
  private readonly waiting = new Fifo<Waiting>();
  private lastLease = 0;
  private statuses = 0;
  /** Size of the bodies of unfinished requests. */
  private bytes = 0;

  constructor(private readonly options: MemoryJobsOptions) {
    this.postponed = new Postponed(options.clock);
  }

  accept({ head, bytes, steps, retry }: Order): Promise<Acceptance> {
    this.forgetOld();
    const earlier = retry === undefined ? undefined : this.keys.get(retry.key);
    if (earlier !== undefined) {
      const job = earlier.look();
      if (retry?.remembers(job) === true) {
        const isSame = earlier.retry?.fingerprint === retry.fingerprint;
        return Promise.resolve(isSame ? { kind: 'repeated', job } : { kind: 'conflicting' });
      }
    }
    const { capacity, capacityBytes } = this.options;
    if (this.line.size + head.operations.length > capacity || this.bytes + bytes > capacityBytes)
      return Promise.resolve({ kind: 'full' });
    const job = new MemoryJob(head, retry, bytes);
    this.jobs.set(head.id, job);
    if (head.hasStatus) this.statuses += 1;
    if (retry !== undefined) this.keys.set(retry.key, job);
    if (job.isCompleted) this.completedJobs.set(head.id, job);
    const queued = steps();
    if (queued.length > 0) this.bytes += bytes;
    this.line.add(job, queued);
    this.serve();
    return Promise.resolve({ kind: 'accepted', job: job.look() });
  }

  find(id: string): Promise<Job | undefined> {
    this.forgetOld();
    return Promise.resolve(this.jobs.get(id)?.look());
  }

  claim(signal: AbortSignal): Promise<Claim | undefined> {
    return new Promise((resolve) => {
      const leave = (): void => resolve(undefined);
      signal.addEventListener('abort', leave);
      const give = (claim: Claim | undefined): void => {
        signal.removeEventListener('abort', leave);
        resolve(claim);
      };
      if (signal.aborted) give(undefined);
      else {
        this.waiting.add({ signal, give });
        this.serve();
      }
    });
  }

  postpone({ lease }: Claim, due: number): Promise<boolean> {
    this.endLeases();
    const task = this.leases.get(lease)?.task;
    if (task === undefined) return Promise.resolve(false);
    this.leases.delete(lease);
    task.tries += 1;
    task.isPostponed = true;
    this.postponed.add(task, due);
    task.job.postpone(this.options.clock.now());
    this.serve();
    return Promise.resolve(true);
  }

  createdId(job: string, bulkId: string): Promise<string | undefined> {
    return Promise.resolve(this.jobs.get(job)?.createdId(bulkId));
  }

  cancel(id: string): Promise<boolean> {
    const job = this.jobs.get(id);
    if (job === undefined || job.isCompleted) return Promise.resolve(false);
    job.isCancelled = true;
    return Promise.resolve(true);
  }

  notePoll(id: string): Promise<void> {
    const job = this.jobs.get(id);
    if (job !== undefined) job.polled = this.options.clock.now();
    return Promise.resolve();
  }

  completed(id: string, signal: AbortSignal): Promise<Job | undefined> {
    const job = this.jobs.get(id);
    if (job === undefined || job.isCompleted) return Promise.resolve(job?.look());
    return new Promise((resolve) => {
      const leave = (): void => resolve(undefined);
      signal.addEventListener('abort', leave);
      if (signal.aborted) leave();
      job.whenCompleted(() => {
        signal.removeEventListener('abort', leave);
        resolve(job.look());
      });
    });
  }

  forget(id: string): Promise<void> {
    this.remove(id);
    return Promise.resolve();
  }

  count(): Promise<{ statuses: number; pending: number }> {
    return Promise.resolve({ statuses: this.statuses, pending: this.line.size });
  }

  /** Whether the lease of a claim has not ended. */
  isHeld({ lease }: Claim): boolean {
    this.endLeases();
    return this.leases.has(lease);
  }

  isEventPromised(id: string): boolean {
    return this.jobs.get(id)?.isEventPromised === true;
  }

  outcomesOf(id: string): readonly (Outcome | undefined)[] {
    return this.jobs.get(id)?.outcomes ?? [];
  }

  /** Marks a job that a committed transaction promised. */
  promiseEvents(id: string): void {
    const job = this.jobs.get(id);
    if (job !== undefined) job.isEventPromised = true;
  }

  /** Records the outcomes of a claim in a committed transaction. The lease has not ended. */
  finish({ lease }: Claim, outcomes: readonly Outcome[]): void {
    const task = this.leases.get(lease)?.task;
    if (task === undefined) return;
    this.leases.delete(lease);
    const { job, index } = task;
    outcomes.forEach((outcome, place) => job.finish(index + place, outcome, this.options.clock.now()));
    this.line.finish(task);
    if (job.isCompleted) {
      this.bytes -= job.bytes;
      if (this.jobs.has(job.head.id)) this.completedJobs.set(job.head.id, job);
    }
    this.serve();
  }

  /** Hands runnable operations to waiting workers. */
  private serve(): void {
    this.endLeases();
    for (const task of this.postponed.take()) this.line.giveBack(task);
    for (;;) {
      while (this.waiting.peek()?.signal.aborted === true) this.waiting.take();
      const first = this.waiting.peek();
      if (first === undefined) return;
      const task = this.line.next();
      if (task === undefined) {
        this.postponed.whenDue(first.signal, () => this.serve());
        return;
      }
      this.waiting.take();
      first.give(this.lease(task));
    }
  }

  private lease(task: Task): Claim {
    const { job, index, step, unit } = task;
    const now = this.options.clock.now();
    const operation = job.head.operations[index];
    if (operation === undefined) throw new Error(`job ${job.head.id} has no operation ${index}`);
    this.lastLease += 1;
    const lease = String(this.lastLease);
    this.leases.set(lease, { task, ends: now + this.options.leaseMillis });
    job.start(now);
    if (task.isPostponed) job.resume(now);
    task.isPostponed = false;
    return { lease, job: job.look(), index, number: task.tries + 1, operation, step, unit };
  }

  private endLeases(): void {
    const now = this.options.clock.now();
    for (const [lease, { task, ends }] of this.leases) {
      if (ends > now) return;
      this.leases.delete(lease);
      this.line.giveBack(task);
    }
  }

  private forgetOld(): void {
    const oldest = this.options.clock.now() - this.options.retentionSeconds * 1000;
    for (const [id, { lastChange }] of this.completedJobs) {
      if (lastChange > oldest) return;
      this.remove(id);
    }
  }

  private remove(id: string): void {
    const job = this.jobs.get(id);
    if (job === undefined) return;
    this.jobs.delete(id);
    this.completedJobs.delete(id);
    if (job.head.hasStatus) this.statuses -= 1;
    if (job.retry !== undefined && this.keys.get(job.retry.key) === job) this.keys.delete(job.retry.key);
    this.options.forgotten(id);
  }
}
