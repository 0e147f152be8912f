/** Orders operations: each waits for earlier ones on the same resource, and for those of its job that it needs. */
import { priorityOf, runsAsUnit } from '../../job.js';
import type { Step } from '../../ports.js';
import type { MemoryJob } from './memory-job.js';
import { ReadyQueue, type Prioritised } from './ready-queue.js';

export interface Task extends Prioritised {
  readonly job: MemoryJob;
  /** Index of the operation in its request. */
  readonly index: number;
  readonly step: Step;
  /** The steps of all operations of the job, if they run as a unit. */
  readonly unit: readonly Step[] | undefined;
  /** How often it was tried and postponed. */
  tries: number;
  /** Whether it waits for another try. */
  isPostponed: boolean;
  /** Number of unfinished tasks that it waits for. */
  waitsFor: number;
  /** Tasks that wait for it; undefined if there are none. */
  followers: Task[] | undefined;
}

export class LineUp {
  private readonly ready = new ReadyQueue<Task>();
  /** Tasks whose lease ended before they were finished; they come before all others. */
  private readonly again: Task[] = [];
  private readonly lastOnResource = new Map<string, Task>();
  private unfinished = 0;
  private accepted = 0;

  /** Number of unfinished operations. */
  get size(): number {
    return this.unfinished;
  }

  add(job: MemoryJob, steps: readonly Step[]): void {
    const unit = runsAsUnit(job.head) ? steps : undefined;
    const priority = priorityOf(job.head);
    const tasks = (unit?.slice(0, 1) ?? steps).map((step, index): Task => ({
      job,
      index,
      step,
      unit,
      priority,
      order: (this.accepted += 1),
      tries: 0,
      isPostponed: false,
      waitsFor: 0,
      followers: undefined,
    }));
    for (const task of tasks) {
      if (unit === undefined) for (const place of task.step.after) follow(task, tasks[place]);
      for (const resource of resourcesOf(task)) {
        follow(task, this.lastOnResource.get(resource));
        this.lastOnResource.set(resource, task);
      }
    }
    this.unfinished += steps.length;
    for (const task of tasks) if (task.waitsFor === 0) this.ready.add(task);
  }

  /** Takes the task that comes next of those that can run. The caller finishes it or gives it back. */
  next(): Task | undefined {
    return this.again.pop() ?? this.ready.take();
  }

  giveBack(task: Task): void {
    this.again.push(task);
  }

  finish(task: Task): void {
    this.unfinished -= task.unit?.length ?? 1;
    for (const resource of resourcesOf(task))
      if (this.lastOnResource.get(resource) === task) this.lastOnResource.delete(resource);
    for (const follower of task.followers ?? []) {
      follower.waitsFor -= 1;
      if (follower.waitsFor === 0) this.ready.add(follower);
    }
  }
}

/** The resources that it writes, as far as they are known before it runs. */
const resourcesOf = ({ step, unit }: Task): Set<string> =>
  new Set((unit ?? [step]).flatMap(({ resource }) => resource ?? []));

const follow = (task: Task, earlier: Task | undefined): void => {
  if (earlier === undefined || earlier === task) return;
  task.waitsFor += 1;
  (earlier.followers ??= []).push(task);
};
