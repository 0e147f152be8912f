/** Time as the mock sees it: given from outside, so that tests need not wait. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Waits for what `event` promises, at most `ms` milliseconds, and no longer than until a signal aborts. The signal that
 * `event` is given aborts when nobody waits any more. No timer outlives it.
 */
export const waitFor = async (
  clock: Clock,
  ms: number,
  event: (over: AbortSignal) => Promise<unknown>,
  signals: readonly AbortSignal[],
): Promise<void> => {
  const over = new AbortController();
  const end = (): void => over.abort();
  // The clock may be another's, which knows no signals.
  const ended = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve(), { once: true }));
  for (const signal of signals) {
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  }
  await Promise.race([event(over.signal), clock.sleep(ms, over.signal), ended]);
  for (const signal of signals) signal.removeEventListener('abort', end);
  end();
};

/** Waits `ms` milliseconds, and no longer than until the signal aborts. */
export const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  waitFor(clock, ms, () => new Promise(() => undefined), [signal]);
