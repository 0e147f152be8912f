/** Whether the mock is ready for requests: /readyz. */
import { waitFor, type Clock } from '../clock.js';
import type { Ports } from '../ports.js';

export interface ReadinessOptions {
  readonly store: Pick<Ports['store'], 'find'>;
  readonly clock: Clock;
  /** Number of workers that should run; 0 if other processes do the work. */
  readonly workers: number;
  /** Number of workers that run. */
  readonly running: () => number;
  /** Aborts when the mock stops. */
  readonly stopping: AbortSignal;
}

/** Milliseconds after which a store that has not answered counts as away. */
const patience = 2000;

/** The cheapest read of every store, of a resource that cannot exist. */
const nobody = '00000000-0000-0000-0000-000000000000';

const answers = async ({ store, clock }: ReadinessOptions): Promise<boolean> => {
  let hasAnswered = false;
  const ask = async (): Promise<void> => {
    await store.find(nobody);
    hasAnswered = true;
  };
  await waitFor(clock, patience, () => ask().catch(() => undefined), []);
  return hasAnswered;
};

/** Sentences on why the mock is not ready; empty if it is. */
export const whyNotReady = async (options: ReadinessOptions): Promise<string[]> => {
  const { workers, running, stopping } = options;
  if (stopping.aborted) return ['The mock is stopping.'];
  const reasons: string[] = [];
  if (running() < workers) reasons.push(`Only ${running()} of ${workers} workers run.`);
  if (!(await answers(options))) reasons.push('The store does not answer.');
  return reasons;
};
