/** The workers of one process: each takes an operation, does it, and takes the next. */
import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.js';
import { LeaseLost, type Claim, type Jobs } from '../ports.js';

export interface WorkersOptions {
  readonly jobs: Jobs;
  readonly clock: Clock;
  /** Operations in work at a time. */
  readonly count: number;
  /** Does what was claimed, and records it. */
  readonly perform: (claim: Claim) => Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/** Operations after which all workers wait for one turn of the event loop. */
const turn = 64;

export class Workers {
  private readonly stopping = new AbortController();
  private done = 0;
  /** Resolves when the workers may go on; undefined: they may. */
  private pause: Promise<void> | undefined;

  constructor(private readonly options: WorkersOptions) {
    // Every worker that waits listens to it.
    setMaxListeners(0, this.stopping.signal);
    for (let number = 0; number < options.count; number += 1) void this.work();
  }

  /** Takes on no more work; what is in work ends. */
  stop(): void {
    this.stopping.abort();
  }

  private async work(): Promise<void> {
    const { jobs, perform, onBug } = this.options;
    const { signal } = this.stopping;
    for (let claim = await jobs.claim(signal); claim !== undefined; claim = await jobs.claim(signal)) {
      try {
        await perform(claim);
      } catch (error) {
        if (!(error instanceof LeaseLost)) onBug(error);
      }
      await this.giveWay();
    }
  }

  /** Work that needs no waiting would let nothing else be done, not even the answer that it was accepted. */
  private giveWay(): Promise<void> | undefined {
    this.done += 1;
    if (this.done % turn === 0) this.pause = this.options.clock.sleep(0).then(() => (this.pause = undefined));
    return this.pause;
  }
}
