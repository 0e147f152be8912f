/**
 * Adds up how long a run has waited for nothing: for answers that did not come, and after throttled requests that were
 * throttled again. A target that answers nothing, or admits next to nothing, must not keep a run for long.
 */

export interface VainLimits {
  /** Milliseconds in total; infinite: no limit. */
  readonly total: number;
  /** Milliseconds without a useful answer in between; infinite: no limit. */
  readonly atOnce: number;
}

export class WaitsInVain {
  private total = 0;
  private atOnce = 0;
  /** Until this time of the clock, waits are counted already, or something useful was received. */
  private countedUntil = -Infinity;
  /** Whether the target gave a useful answer before. */
  wasUseful = false;

  constructor(
    private readonly limits: VainLimits,
    /** Called when a limit is exceeded, perhaps more than once. */
    private readonly onTooLong: () => void,
  ) {}

  /** A wait between these times of the clock brought nothing. Waits at the same time count once. */
  add(from: number, to: number): void {
    const more = Math.max(0, to - Math.max(from, this.countedUntil));
    this.countedUntil = Math.max(this.countedUntil, to);
    this.total += more;
    this.atOnce += more;
    if (this.total > this.limits.total || this.atOnce > this.limits.atOnce) this.onTooLong();
  }

  /** Whether a further wait of so many milliseconds would exceed the limit, if it brought nothing, too. */
  isTooLong(wait: number): boolean {
    return this.total + wait > this.limits.total;
  }

  /** Gives up before a limit is exceeded. */
  giveUp(): void {
    this.onTooLong();
  }

  /** The target gave a useful answer at this time of the clock: who waits meanwhile does not wait for nothing. */
  useful(at: number): void {
    this.countedUntil = Math.max(this.countedUntil, at);
    this.atOnce = 0;
    this.wasUseful = true;
  }
}
