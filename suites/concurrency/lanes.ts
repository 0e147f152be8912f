/** Lets work begin as its user allows: so much of it at a time and, where that is limited, so much in a second. */
import type { Clock } from '../client/clock.js';

export interface LaneLimits {
  /** How much may be under way at a time. */
  readonly width: number;
  /** How much may begin in a second; no limit where undefined. */
  readonly perSecond?: number | undefined;
}

export class Lanes {
  /** What waits to begin, by its priority. */
  private readonly waiting = new Map<number, (() => void)[]>();
  private underWay = 0;
  /** From which moment of the clock on the next may begin. */
  private nextAt = -Infinity;
  private isPaused = false;
  private readonly pauseMs: number;

  constructor(
    private readonly limits: LaneLimits,
    private readonly clock: Clock,
  ) {
    this.pauseMs = limits.perSecond === undefined ? 0 : 1000 / limits.perSecond;
  }

  /** Does work when its turn has come: what has a higher priority comes first, and what came first of the same. */
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

  private goOn(): void {
    while (this.underWay < this.limits.width && !this.isPaused) {
      const queue = this.nextQueue();
      if (queue === undefined) return;
      // One at a time, so that no second begins with a burst.
      const pause = this.pauseMs === 0 ? 0 : this.nextAt - this.clock.now();
      if (pause > 0) {
        this.isPaused = true;
        this.clock.after(pause, () => {
          this.isPaused = false;
          this.goOn();
        });
        return;
      }
      if (this.pauseMs > 0) this.nextAt = this.clock.now() + this.pauseMs;
      queue.shift()?.();
    }
  }

  /** Of what waits, that of the highest priority. */
  private nextQueue(): (() => void)[] | undefined {
    let best: number | undefined;
    for (const [priority, queue] of this.waiting)
      if (queue.length > 0 && (best === undefined || priority > best)) best = priority;
    return best === undefined ? undefined : this.waiting.get(best);
  }
}
