/** The workers of one process: loops that claim an operation, run it, and claim the next. */
import { setMaxListeners } from 'node:events';
import { pause, type Clock } from '../clock.js';
import { LeaseLost, type Claim, type Jobs } from '../ports.js';
import { StoreAway } from '../store/store-error.js';

export interface WorkersOptions {
  readonly jobs: Pick<Jobs, 'claim'>;
  readonly clock: Clock;
  /** Number of operations that run at the same time. */
  readonly count: number;
  /** Runs a claimed operation and records its outcome. */
  readonly perform: (claim: Claim) => Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/** After this many operations all workers wait for one turn of the event loop. */
const turn = 64;
/** Milliseconds before an operation is run again if the store was away. */
const patience = 500;

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
    const { jobs } = this.options;
    const { signal } = this.stopping;
    for (let claim = await jobs.claim(signal); claim !== undefined; claim = await jobs.claim(signal)) {
      await this.run(claim);
      await this.giveWay();
    }
  }

  /** Runs the operation until the store says whether it is done: others would get it only when the lease ends. */
  private async run(claim: Claim): Promise<void> {
    const { clock, perform, onBug } = this.options;
    const { signal } = this.stopping;
    do {
      try {
        await perform(claim);
        return;
      } catch (error) {
        if (error instanceof LeaseLost) return;
        if (!(error instanceof StoreAway)) {
          onBug(error);
          return;
        }
        // If it was done before the store went away, the next try loses the lease.
        await pause(clock, patience, signal);
      }
    } while (!signal.aborted);
  }

  /** Operations without waiting would block the event loop: not even the 202 of their request would be sent. */
  private giveWay(): Promise<void> | undefined {
    this.done += 1;
    if (this.done % turn === 0) this.pause = this.options.clock.sleep(0).then(() => (this.pause = undefined));
    return this.pause;
  }
}
