/** The clock of this machine, for runs outside a simulation. */
import { performance } from 'node:perf_hooks';
import { createClock } from './clock.js';

/** Milliseconds: the longest time that a timer of Node can take. */
const longestTimer = 2 ** 31 - 1;

export const systemClock = createClock({
  now: () => performance.now(),
  date: () => new Date(),
  after: (ms, then) => {
    const timer = setTimeout(then, Math.min(ms, longestTimer));
    return () => clearTimeout(timer);
  },
  measureWork: () => {
    const begun = performance.eventLoopUtilization();
    return () => performance.eventLoopUtilization(begun).utilization;
  },
});
