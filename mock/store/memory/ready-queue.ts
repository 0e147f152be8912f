/**
 * Tasks that can run, by priority (PRIO-01). Each eighth task that is taken is the oldest of all, whatever its priority, so
 * that low ones are not put off for ever.
 */
import type { Priority } from '../../job.js';
import { Fifo } from './fifo.js';

export interface Prioritised {
  readonly priority: Priority;
  /** Its place in the order of acceptance. */
  readonly order: number;
}

const priorities: readonly Priority[] = ['high', 'normal', 'low'];

/** One in so many tasks is the oldest of all. */
const oldestEach = 8;

export class ReadyQueue<T extends Prioritised> {
  private readonly lines: Readonly<Record<Priority, Fifo<T>>> = {
    high: new Fifo(),
    normal: new Fifo(),
    low: new Fifo(),
  };
  private taken = 0;

  add(task: T): void {
    this.lines[task.priority].add(task);
  }

  take(): T | undefined {
    const filled = priorities.map((priority) => this.lines[priority]).filter(({ size }) => size > 0);
    if (filled.length > 0) this.taken += 1;
    const isForOldest = filled.length > 1 && this.taken % oldestEach === 0;
    return (isForOldest ? oldestOf(filled) : filled[0])?.take();
  }
}

const orderOf = <T extends Prioritised>(line: Fifo<T>): number => line.peek()?.order ?? Infinity;

/** The line whose first task was accepted first. */
const oldestOf = <T extends Prioritised>(lines: readonly Fifo<T>[]): Fifo<T> | undefined =>
  lines.toSorted((one, other) => orderOf(one) - orderOf(other))[0];
