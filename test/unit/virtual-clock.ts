/** A clock for tests. It advances by itself when nothing else can run, so that waiting takes no time. */
import { createClock, type Clock } from '../../suites/client/clock.js';

export interface VirtualClock extends Clock {
  /** How many timers are set. */
  readonly pending: () => number;
}

const epoch = Date.parse('2026-01-01T00:00:00Z');

export const createVirtualClock = (): VirtualClock => {
  const timers = new Map<number, { readonly at: number; readonly then: () => void }>();
  let now = 0;
  let made = 0;
  let isScheduled = false;
  // All promises have run when it is called.
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(advance);
  };
  const advance = (): void => {
    isScheduled = false;
    const [next] = [...timers].sort(([, a], [, b]) => a.at - b.at);
    if (next === undefined) return;
    const [id, { at, then }] = next;
    timers.delete(id);
    now = Math.max(now, at);
    then();
    schedule();
  };
  const clock = createClock({
    now: () => now,
    date: () => new Date(epoch + now),
    after: (ms, then) => {
      const id = (made += 1);
      timers.set(id, { at: now + Math.max(0, ms), then });
      schedule();
      return () => void timers.delete(id);
    },
    measureWork: () => () => 0,
  });
  return { ...clock, pending: () => timers.size };
};
