/** Runs the trials of a self-test in parallel threads. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { TrialPlan } from './trial-plan.js';
import type { Trial } from './trial.js';

type Reply = { readonly trial: Trial } | { readonly error: string };

/** Threads that take trials from one common queue. */
interface ThreadPool {
  readonly accepts: (plan: TrialPlan) => boolean;
  /** Number of threads for each processor. */
  readonly threadsPerProcessor: number;
  /** Whether the threads run with lower priority than the others. */
  readonly lowPriority: boolean;
}

/**
 * A simulated trial never waits, so that one thread for each processor is enough. A trial in real time waits most of
 * its time, so that there are several for each processor. A burst has to be faster than a rate limiter refills: trials
 * with a burst have their own threads, and all other threads have lower priority. Trials that wait until a deadline
 * have their own threads, so that they do not delay the short ones.
 */
const pools: readonly ThreadPool[] = [
  { accepts: ({ runtime }) => runtime === 'simulated', threadsPerProcessor: 1, lowPriority: false },
  {
    accepts: ({ runtime, kind }) => runtime === 'real' && kind === 'burst',
    threadsPerProcessor: 1,
    lowPriority: false,
  },
  {
    accepts: ({ runtime, kind }) => runtime === 'real' && kind === 'waiting',
    threadsPerProcessor: 2,
    lowPriority: true,
  },
  { accepts: ({ runtime, kind }) => runtime === 'real' && kind === 'busy', threadsPerProcessor: 3, lowPriority: true },
];

/**
 * Runs all trials and returns them in the order of the plans. `onTrial` is called after each trial. Rejects if a trial
 * cannot be run at all.
 */
export const runTrials = async (
  plans: readonly TrialPlan[],
  onTrial: (trial: Trial, finished: number) => void,
): Promise<Trial[]> => {
  const trials: Trial[] = [];
  let finished = 0;
  const work = async (
    queue: { plan: TrialPlan; place: number }[],
    { lowPriority }: Pick<ThreadPool, 'lowPriority'>,
  ): Promise<void> => {
    const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: { lowPriority } });
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        worker.postMessage(next.plan);
        const [reply] = (await once(worker, 'message')) as [Reply];
        if ('error' in reply)
          throw new Error(`trial of ${next.plan.fault ?? 'the honest mock'}, seed ${next.plan.seed}: ${reply.error}`);
        trials[next.place] = reply.trial;
        finished += 1;
        onTrial(reply.trial, finished);
      }
    } catch (error) {
      // An empty queue ends the other threads.
      queue.length = 0;
      throw error;
    } finally {
      await worker.terminate();
    }
  };
  const all = plans.map((plan, place) => ({ plan, place }));
  await Promise.all(
    pools.flatMap(({ accepts, threadsPerProcessor, lowPriority }) => {
      const queue = all.filter(({ plan }) => accepts(plan));
      const length = Math.min(availableParallelism() * threadsPerProcessor, queue.length);
      return Array.from({ length }, () => work(queue, { lowPriority }));
    }),
  );
  return trials;
};
