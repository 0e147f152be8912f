/** Tasks that wait for another try, and when that is due. */
import type { Clock } from '../../clock.js';
import type { Task } from './line-up.js';

export class Postponed {
  /** When each is due, in milliseconds since 1970. */
  private readonly dues = new Map<Task, number>();
  private earliest = Infinity;
  /** When `look` is called; Infinity: never. */
  private nextLook = Infinity;

  constructor(private readonly clock: Clock) {}

  add(task: Task, due: number): void {
    this.dues.set(task, due);
    this.earliest = Math.min(this.earliest, due);
  }

  /** Takes those that are due. */
  take(): Task[] {
    const now = this.clock.now();
    if (this.earliest > now) return [];
    const taken: Task[] = [];
    this.earliest = Infinity;
    for (const [task, due] of this.dues) {
      if (due > now) this.earliest = Math.min(this.earliest, due);
      else taken.push(task);
    }
    for (const task of taken) this.dues.delete(task);
    return taken;
  }

  /** Calls `look` when the next task is due, or when the signal aborts; not at all if none waits. */
  whenDue(signal: AbortSignal, look: () => void): void {
    const due = this.earliest;
    if (due >= this.nextLook) return;
    this.nextLook = due;
    void this.clock.sleep(due - this.clock.now(), signal).then(() => {
      if (this.nextLook === due) this.nextLook = Infinity;
      look();
    });
  }
}
