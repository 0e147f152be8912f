/** Limits how many exchanges run at a time and, if the user wants it, how many begin per second. */
import type { Clock } from '../client/clock.js';

export interface LaneLimits {
  /** The largest number that runs at a time. */
  readonly width: number;
  /** The largest number that begins per second; no limit if undefined. A function may change its mind. */
  readonly perSecond?: number | undefined | (() => number | undefined);
  /** Milliseconds without work that are made up for: the work of so much time may begin at once. Default: 0. */
  readonly creditMs?: number;
}

export class Lanes {
  /** Waiting work, by priority. */
  private readonly waiting = new Map<number, (() => void)[]>();
  private underWay = 0;
  /** The next work may begin at this time of the clock. */
  private nextAt = -Infinity;
  private isPaused = false;

  constructor(
    private readonly limits: LaneLimits,
    private readonly clock: Clock,
  ) {}

  /** Milliseconds between two begins. */
  private get pauseMs(): number {
    const { perSecond } = this.limits;
    const limit = typeof perSecond === 'function' ? perSecond() : perSecond;
    return limit === undefined ? 0 : 1000 / limit;
  }

  /** Runs the work when its turn has come: higher priority first, and in the order of arrival within a priority. */
  add<T>(work: () => Promise<T>, priority: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        this.underWay += 1;
        work()
          .then(resolve, reject)
          .finally(() => {
            this.underWay -= 1;
            this.goOn();
          });
      };
      const queue = this.waiting.get(priority);
      if (queue === undefined) this.waiting.set(priority, [begin]);
      else queue.push(begin);
      this.goOn();
    });
  }

  /** What was made up for until now is forgotten. */
  forgetCredit(): void {
    this.nextAt = Math.max(this.nextAt, this.clock.now());
  }

  private goOn(): void {
    while (this.underWay < this.limits.width && !this.isPaused) {
      const queue = this.nextQueue();
      if (queue === undefined) return;
      // Begins are spread over the second, so that there is no burst at its start.
      const { pauseMs } = this;
      const pause = pauseMs === 0 ? 0 : this.nextAt - this.clock.now();
      if (pause > 0) {
        this.isPaused = true;
        this.clock.after(pause, () => {
          this.isPaused = false;
          this.goOn();
        });
        return;
      }
      if (pauseMs > 0) this.nextAt = Math.max(this.nextAt, this.clock.now() - (this.limits.creditMs ?? 0)) + pauseMs;
      queue.shift()?.();
    }
  }

  /** The queue with the highest priority that is not empty. */
  private nextQueue(): (() => void)[] | undefined {
    let best: number | undefined;
    for (const [priority, queue] of this.waiting)
      if (queue.length > 0 && (best === undefined || priority > best)) best = priority;
    return best === undefined ? undefined : this.waiting.get(best);
  }
}
