/**
 * Runs trials in threads: several for each processor, because a trial waits most of its time. A burst has to come
 * faster than a limiter refills: who makes one has threads of its own, for which all others step back. Who waits for
 * what does not come has threads of its own, too, so that nobody waits for it.
 */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Trial, TrialOrder } from './trial.js';

type Reply = { readonly trial: Trial } | { readonly error: string };

/** How many trials are run at a time for each processor. */
const atATime: Record<TrialOrder['kind'], number> = { burst: 1, waiting: 2, busy: 3 };

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
  const crew = (kind: TrialOrder['kind']): Promise<void>[] => {
    const queue = all.filter(({ order }) => order.kind === kind);
    const length = Math.min(availableParallelism() * atATime[kind], queue.length);
    return Array.from({ length }, () => work(queue, kind !== 'burst'));
  };
  await Promise.all([...crew('burst'), ...crew('waiting'), ...crew('busy')]);
  return trials;
};
