/** The clock of the mock. It is passed in, so that tests and simulations do not have to wait. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Waits until the promise of `event` settles, until `ms` milliseconds have passed, or until one of `signals` aborts,
 * whichever comes first. `event` receives a signal that aborts when the wait is over. No timer is left behind.
 */
export const waitFor = async (
  clock: Clock,
  ms: number,
  event: (over: AbortSignal) => Promise<unknown>,
  signals: readonly AbortSignal[],
): Promise<void> => {
  const over = new AbortController();
  const end = (): void => over.abort();
  // A clock that was passed in may ignore its signal.
  const ended = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve(), { once: true }));
  for (const signal of signals) {
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  }
  await Promise.race([event(over.signal), clock.sleep(ms, over.signal), ended]);
  for (const signal of signals) signal.removeEventListener('abort', end);
  end();
};

/** Waits `ms` milliseconds, or until the signal aborts. */
export const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  waitFor(clock, ms, () => new Promise(() => undefined), [signal]);
