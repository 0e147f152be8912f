/** How much of the usual refill a token bucket gets while work is queued (option `adaptiveLimit`). */
import type { Clock } from '../../clock.js';
import type { AdaptiveLimit } from '../../options.js';
import type { Jobs } from '../../ports.js';

export interface Pressure {
  /** From 1, the usual refill, down to `least`. */
  readonly share: () => Promise<number>;
}

/** Milliseconds for which a look into the queue is good: a database should not count for each request. */
const freshMillis = 1000;

/** `depth`: the part of the queue that is full, from 0 to 1. Falls in a straight line from `from` on. */
export const shareAt = (depth: number, { from = 0.5, least = 0.1 }: AdaptiveLimit): number => {
  if (depth <= from) return 1;
  return Math.max(least, 1 - ((1 - least) * (depth - from)) / (1 - from));
};

export interface PressureOptions {
  readonly limit: AdaptiveLimit;
  /** Number of operations that may be queued. */
  readonly capacity: number;
  readonly jobs: Pick<Jobs, 'count'>;
  readonly clock: Clock;
}

export const createPressure = ({ limit, capacity, jobs, clock }: PressureOptions): Pressure => {
  let share = 1;
  let looked = -Infinity;
  return {
    share: async () => {
      if (clock.now() - looked >= freshMillis) {
        looked = clock.now();
        share = shareAt((await jobs.count()).pending / capacity, limit);
      }
      return share;
    },
  };
};
