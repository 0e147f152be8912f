/** Orders operations: each waits for earlier ones on the same resource, and for those of its job that it needs. */
import type { Step } from '../../ports.js';
import { Fifo } from './fifo.js';
import type { MemoryJob } from './memory-job.js';

export interface Task {
  readonly job: MemoryJob;
  /** Index of the operation in its request. */
  readonly index: number;
  readonly step: Step;
  /** Number of unfinished tasks that it waits for. */
  waitsFor: number;
  /** Tasks that wait for it; undefined if there are none. */
  followers: Task[] | undefined;
}

export class LineUp {
  private readonly ready = new Fifo<Task>();
  /** Tasks whose lease ended before they were finished; they come before all others. */
  private readonly again: Task[] = [];
  private readonly lastOnResource = new Map<string, Task>();
  private unfinished = 0;

  /** Number of unfinished operations. */
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

  /** Takes the oldest task that can run. The caller finishes it or gives it back. */
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
