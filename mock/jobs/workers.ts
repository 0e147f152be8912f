/** The workers of one process: loops that claim an operation, run it, and claim the next. */
import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.js';
import { LeaseLost, type Claim, type Jobs } from '../ports.js';
import { StoreAway } from '../store/store-error.js';

export interface WorkersOptions {
  readonly jobs: Jobs;
  readonly clock: Clock;
  /** Number of operations that run at the same time. */
  readonly count: number;
  /** Runs a claimed operation and records its outcome. */
  readonly perform: (claim: Claim) => Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/** After this many operations all workers wait for one turn of the event loop. */
const turn = 64;

export class Workers {
  private readonly stopping = new AbortController();
  private readonly loops: Promise<void>[] = [];
  private done = 0;
  private alive = 0;
  /** Set while the workers wait; resolves when they continue. */
  private pause: Promise<void> | undefined;

  constructor(private readonly options: WorkersOptions) {
    // Each waiting worker adds a listener.
    setMaxListeners(0, this.stopping.signal);
    for (let number = 0; number < options.count; number += 1) this.loops.push(this.live());
  }

  /** Number of workers that wait for an operation or run one. */
  get running(): number {
    return this.alive;
  }

  /** Claims no more operations. Those that are running finish. */
  stop(): void {
    this.stopping.abort();
  }

  /** Resolves when the operations that are running have finished, after `stop`. */
  async ended(): Promise<void> {
    await Promise.all(this.loops);
  }

  private async live(): Promise<void> {
    this.alive += 1;
    try {
      await this.work();
    } finally {
      this.alive -= 1;
    }
  }

  private async work(): Promise<void> {
    const { jobs, perform, onBug } = this.options;
    const { signal } = this.stopping;
    for (let claim = await jobs.claim(signal); claim !== undefined; claim = await jobs.claim(signal)) {
      try {
        await perform(claim);
      } catch (error) {
        // Without the store nothing was done; the operation is claimed again when its lease ends.
        if (!(error instanceof LeaseLost || error instanceof StoreAway)) onBug(error);
      }
      await this.giveWay();
    }
  }

  /** Operations without waiting would block the event loop: not even the 202 of their request would be sent. */
  private giveWay(): Promise<void> | undefined {
    this.done += 1;
    if (this.done % turn === 0) this.pause = this.options.clock.sleep(0).then(() => (this.pause = undefined));
    return this.pause;
  }
}
