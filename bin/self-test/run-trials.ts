/** Runs trials in threads. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { TrialOrder } from './trial-order.js';
import type { Trial } from './trial.js';

type Reply = { readonly trial: Trial } | { readonly error: string };

/** Threads that take their orders from one queue. */
interface Crew {
  readonly takes: (order: TrialOrder) => boolean;
  /** How many there are for each processor. */
  readonly size: number;
  /** Whether they step back for others. */
  readonly stepsBack: boolean;
}

/**
 * In virtual time nobody waits. In real time a trial waits most of its time: there are several for each processor. A
 * burst has to come faster than a limiter refills: who makes one has threads of its own, for which all others step back.
 * Who waits for what does not come has threads of its own, too, so that nobody waits for it.
 */
const crews: readonly Crew[] = [
  { takes: ({ way }) => way === 'simulated', size: 1, stepsBack: false },
  { takes: ({ way, kind }) => way === 'real' && kind === 'burst', size: 1, stepsBack: false },
  { takes: ({ way, kind }) => way === 'real' && kind === 'waiting', size: 2, stepsBack: true },
  { takes: ({ way, kind }) => way === 'real' && kind === 'busy', size: 3, stepsBack: true },
];

/** Every trial in the order of its order; `onTrial` hears each as it ends. Rejects where a trial cannot be run at all. */
export const runTrials = async (
  orders: readonly TrialOrder[],
  onTrial: (trial: Trial, finished: number) => void,
): Promise<Trial[]> => {
  const trials: Trial[] = [];
  let finished = 0;
  const work = async (queue: { order: TrialOrder; place: number }[], stepsBack: boolean): Promise<void> => {
    const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: { stepsBack } });
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        worker.postMessage(next.order);
        const [reply] = (await once(worker, 'message')) as [Reply];
        if ('error' in reply)
          throw new Error(`trial of ${next.order.fault ?? 'the honest mock'}, seed ${next.order.seed}: ${reply.error}`);
        trials[next.place] = reply.trial;
        finished += 1;
        onTrial(reply.trial, finished);
      }
    } catch (error) {
      // The other threads have nothing more to do.
      queue.length = 0;
      throw error;
    } finally {
      await worker.terminate();
    }
  };
  const all = orders.map((order, place) => ({ order, place }));
  await Promise.all(
    crews.flatMap(({ takes, size, stepsBack }) => {
      const queue = all.filter(({ order }) => takes(order));
      const length = Math.min(availableParallelism() * size, queue.length);
      return Array.from({ length }, () => work(queue, stepsBack));
    }),
  );
  return trials;
};
