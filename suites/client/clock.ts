/** Time as the suite sees it. It is injected, so that a test need not wait and a simulation decides what time it is. */
import { setMaxListeners } from 'node:events';

/** What a clock is made of: all that a simulation has to bring. */
export interface Timepiece {
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Wall-clock time. */
  readonly date: () => Date;
  /** Calls `then` once, after so many milliseconds. What is returned takes that back; nothing is left on the clock then. */
  readonly after: (ms: number, then: () => void) => () => void;
  /** Begins to measure; what is returned gives the share (0 to 1) of the time since then in which this process worked. */
  readonly measureWork: () => () => number;
}

/** A time that is given to something. */
export interface Deadline {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  /** Milliseconds until then, 0 or more. */
  left(): number;
  /** The time is needed no more: the signal never aborts. */
  cancel(): void;
}

export interface Clock extends Timepiece {
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** So many milliseconds from now on. It is to be cancelled when it is needed no more. */
  deadline(ms: number): Deadline;
}

export const createClock = (timepiece: Timepiece): Clock => ({
  ...timepiece,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const done = (): void => {
        takeBack();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const takeBack = timepiece.after(ms, done);
      signal.addEventListener('abort', done);
    }),
  deadline: (ms) => {
    const over = new AbortController();
    // Many exchanges and waits listen to one deadline.
    setMaxListeners(0, over.signal);
    const until = timepiece.now() + ms;
    const cancel = timepiece.after(ms, () => over.abort());
    return { signal: over.signal, left: () => Math.max(0, until - timepiece.now()), cancel };
  },
});
