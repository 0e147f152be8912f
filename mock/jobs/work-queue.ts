/**
 * The bounded queue and its concurrent workers. Operations of one request run side by side, save where one needs
 * another's result, where both are on one resource (BULK-07), and where failOnErrors has to count.
 */
import { header } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import { isCompleted, type Job } from './job.js';
import { failed, type OperationResult } from '../operation.js';
import { dependencies, independent } from './references.js';

export interface Task {
  readonly job: Job;
  /** Place of the operation in its request. */
  readonly index: number;
  /** Why it fails without being tried. */
  readonly hopeless: Problem | undefined;
  /** The resource that it writes; undefined for a create. */
  readonly resource: string | undefined;
  /** How many tasks have to end before it. */
  waitsFor: number;
  readonly followers: Task[];
}

export interface WorkQueueOptions {
  readonly workers: number;
  /** In operations. */
  readonly capacity: number;
  readonly retryAfterSeconds: number;
  /** Which of the ready tasks is next; its place in the list, 0 being the oldest. */
  readonly next: (ready: readonly Task[]) => number;
  /** Does the work of one task. Never rejects. */
  readonly perform: (task: Task) => Promise<OperationResult>;
  /** Told when an operation has its result. */
  readonly done: (task: Task) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export class WorkQueue {
  private readonly ready: Task[] = [];
  private readonly lastOnResource = new Map<string, Task>();
  private waiting = 0;
  private busy = 0;
  private stopped = false;

  constructor(private readonly options: WorkQueueOptions) {}

  /** Operations that wait or are in work. */
  get pending(): number {
    return this.waiting + this.busy;
  }

  /** Throws a Problem of 503 with Retry-After where there is no room for this many operations now (RATE-09), of 413 where there never is. */
  demandRoom(operations: number): void {
    const { capacity } = this.options;
    if (this.pending + operations <= capacity) return;
    // Waiting would not help: it has to be split.
    if (operations > capacity) throw new Problem(413, `At most ${capacity} operations can wait.`);
    throw new Problem(503, 'The queue is full.', undefined, {
      [header.retryAfter]: String(Math.max(1, this.options.retryAfterSeconds)),
    });
  }

  /** Takes a job on. The caller has demanded room for it. */
  enqueue(job: Job): void {
    const { needs, hopeless } = job.isBulk ? dependencies(job.operations) : independent;
    const tasks = job.operations.map(({ method, path }, index): Task => ({
      job,
      index,
      hopeless: hopeless.get(index),
      // A bulkId means another resource in each request.
      resource: method === 'POST' ? undefined : path.includes('/bulkId:') ? `${job.id} ${path}` : path,
      waitsFor: 0,
      followers: [],
    }));
    const follow = (task: Task, earlier: Task | undefined): void => {
      if (earlier === undefined || earlier === task) return;
      task.waitsFor += 1;
      earlier.followers.push(task);
    };
    tasks.forEach((task, index) => {
      for (const need of needs[index] ?? []) follow(task, tasks[need]);
      if (task.resource === undefined) return;
      follow(task, this.lastOnResource.get(task.resource));
      this.lastOnResource.set(task.resource, task);
    });
    if (job.failOnErrors !== undefined) {
      const line = inLine(needs);
      line.forEach((index, place) => {
        const task = tasks[index];
        const before = place === 0 ? undefined : tasks[line[place - 1] ?? 0];
        if (task !== undefined) follow(task, before);
      });
    }
    this.waiting += tasks.length;
    this.ready.push(...tasks.filter(({ waitsFor }) => waitsFor === 0));
    this.work();
  }

  /** Takes on no more work; what is in work ends. */
  stop(): void {
    this.stopped = true;
  }

  private work(): void {
    while (!this.stopped && this.busy < this.options.workers && this.ready.length > 0) {
      const [task] = this.ready.splice(this.options.next(this.ready), 1);
      if (task === undefined) return;
      this.waiting -= 1;
      this.busy += 1;
      void this.run(task);
    }
  }

  /** A clock that is set back does not take lastModified with it (STAT-14). */
  private touch(job: Job): void {
    job.modified = Math.max(job.modified, this.options.now());
  }

  private async run(task: Task): Promise<void> {
    const { job } = task;
    if (!job.started) {
      job.started = true;
      this.touch(job);
    }
    const result = await this.options.perform(task);
    job.results[task.index] = result;
    job.revision += 1;
    this.touch(job);
    this.busy -= 1;
    if (task.resource !== undefined && this.lastOnResource.get(task.resource) === task) {
      this.lastOnResource.delete(task.resource);
    }
    for (const follower of task.followers) {
      follower.waitsFor -= 1;
      if (follower.waitsFor === 0) this.ready.push(follower);
    }
    this.options.done(task);
    if (isCompleted(job)) job.settle();
    this.work();
  }
}

/** The places of operations one after another: in the request's order, save that what another needs comes before it. */
const inLine = (needs: readonly (readonly number[])[]): number[] => {
  const line: number[] = [];
  const placed = new Set<number>();
  const open = needs.map((_, index) => index).reverse();
  for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
    const missing = (needs[next] ?? []).filter((need) => !placed.has(need));
    if (missing.length > 0) {
      open.push(...missing);
      continue;
    }
    open.pop();
    if (placed.has(next)) continue;
    placed.add(next);
    line.push(next);
  }
  return line;
};

/** Why the rest of a job is not run, as a sentence: a cancel (CNCL-01) or failOnErrors (RFC 7644 §3.7.3); undefined where it is. */
export const whyStopped = ({ cancelled, failOnErrors, results }: Job): string | undefined => {
  if (cancelled) return 'Not run, because the request was cancelled.';
  const failures = results.filter((result) => result !== undefined && failed(result)).length;
  return failOnErrors !== undefined && failures >= failOnErrors
    ? 'Not run, because failOnErrors was reached.'
    : undefined;
};
