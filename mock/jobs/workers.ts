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

/** Milliseconds of work after which others have their turn. */
const turn = 10;

export class Workers {
  private readonly stopping = new AbortController();
  private turnBegan: number;

  constructor(private readonly options: WorkersOptions) {
    // Every worker that waits listens to it.
    setMaxListeners(0, this.stopping.signal);
    this.turnBegan = options.clock.now();
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
  private async giveWay(): Promise<void> {
    const { clock } = this.options;
    if (clock.now() - this.turnBegan < turn) return;
    await clock.sleep(0);
    this.turnBegan = clock.now();
  }
}
