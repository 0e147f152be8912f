/** The clock of the suite. It is injected, so that tests do not wait and a simulation controls the time. */
import { setMaxListeners } from 'node:events';

/** The functions that a simulation has to provide for a clock. */
export interface Timepiece {
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Wall-clock time. */
  readonly date: () => Date;
  /** Calls `then` once, after `ms` milliseconds. The returned function cancels the call. */
  readonly after: (ms: number, then: () => void) => () => void;
  /** Starts to measure. The returned function gives the part (0 to 1) of the time since then in which this process worked. */
  readonly measureWork: () => () => number;
}

/** A time limit. */
export interface Deadline {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  /** Milliseconds until then, 0 or more. */
  left(): number;
  /** Ends the deadline early: the signal never aborts. */
  cancel(): void;
}

export interface Clock extends Timepiece {
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A deadline `ms` milliseconds from now. The caller has to cancel it when it is not needed any more. */
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
