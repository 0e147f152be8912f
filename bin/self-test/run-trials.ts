/**
 * Runs trials in threads: several for each processor, because a trial waits most of its time. A burst has to come
 * faster than a limiter refills: who makes one has threads of its own, for which all others step back.
 */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Trial, TrialOrder } from './trial.js';

type Reply = { readonly trial: Trial } | { readonly error: string };

/** For each processor. */
const threads = { burst: 1, other: 3 };

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
        if ('error' in reply) throw new Error(`trial of ${next.order.fault ?? 'the honest mock'}: ${reply.error}`);
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
  const crew = (burst: boolean): Promise<void>[] => {
    const queue = all.filter(({ order }) => order.burst === burst);
    const length = Math.min(availableParallelism() * threads[burst ? 'burst' : 'other'], queue.length);
    return Array.from({ length }, () => work(queue, !burst));
  };
  await Promise.all([...crew(true), ...crew(false)]);
  return trials;
};
