/** The order in which operations can be done: each waits for those before it on its resource, and for those it needs. */
import type { Step } from '../../ports.js';
import { Fifo } from './fifo.js';
import type { MemoryJob } from './memory-job.js';

export interface Task {
  readonly job: MemoryJob;
  /** Place of the operation in its request. */
  readonly index: number;
  readonly step: Step;
  /** How many tasks have to end before it. */
  waitsFor: number;
  /** Those that wait for it; undefined: none. */
  followers: Task[] | undefined;
}

export class LineUp {
  private readonly ready = new Fifo<Task>();
  /** Given back by a worker that did not finish in time: they go before all others. */
  private readonly again: Task[] = [];
  private readonly lastOnResource = new Map<string, Task>();
  private unfinished = 0;

  /** Operations that are not finished. */
  get size(): number {
    return this.unfinished;
  }

  add(job: MemoryJob, steps: readonly Step[]): void {
    const tasks = steps.map((step, index): Task => ({ job, index, step, waitsFor: 0, followers: undefined }));
    for (const task of tasks) {
      for (const place of task.step.after) follow(task, tasks[place]);
      const { resource } = task.step;
      if (resource === undefined) continue;
      follow(task, this.lastOnResource.get(resource));
      this.lastOnResource.set(resource, task);
    }
    this.unfinished += tasks.length;
    for (const task of tasks) if (task.waitsFor === 0) this.ready.add(task);
  }

  /** The oldest that can be done now; it is the caller's until it is finished or given back. */
  next(): Task | undefined {
    return this.again.pop() ?? this.ready.take();
  }

  giveBack(task: Task): void {
    this.again.push(task);
  }

  finish(task: Task): void {
    this.unfinished -= 1;
    const { resource } = task.step;
    if (resource !== undefined && this.lastOnResource.get(resource) === task) this.lastOnResource.delete(resource);
    for (const follower of task.followers ?? []) {
      follower.waitsFor -= 1;
      if (follower.waitsFor === 0) this.ready.add(follower);
    }
  }
}

const follow = (task: Task, earlier: Task | undefined): void => {
  if (earlier === undefined || earlier === task) return;
  task.waitsFor += 1;
  (earlier.followers ??= []).push(task);
};
