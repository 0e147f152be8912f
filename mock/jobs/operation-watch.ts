/** Tells an observer of each claim, from its start to its end. */
import type { Clock } from '../clock.js';
import type { Observer } from '../observer.js';
import type { Outcome } from '../operation.js';
import type { Claim } from '../ports.js';

export interface OperationWatch {
  /** Notes the outcomes that are about to be committed for a claim. */
  readonly finishing: (claim: Claim, outcomes: readonly Outcome[]) => void;
  /** Runs a claim. Rejects as `work` does. */
  readonly run: (claim: Claim, work: () => Promise<void>) => Promise<void>;
}

export const createOperationWatch = (observer: Observer, clock: Clock): OperationWatch => {
  const noted = new WeakMap<Claim, readonly Outcome[]>();
  return {
    finishing: (claim, outcomes) => void noted.set(claim, outcomes),
    run: async (claim, work) => {
      const begun = clock.now();
      const ended = observer.claimed?.(claim, Math.max(0, begun - claim.job.created));
      let isDone = false;
      try {
        await work();
        isDone = true;
      } finally {
        // What was noted by work that rejects was not committed.
        const outcomes = isDone ? noted.get(claim) : undefined;
        ended?.({ outcomes, millis: Math.max(0, clock.now() - begun) });
      }
    },
  };
};
