/** Runs trials in a thread of its own, one at a time, as they are sent. */
import { parentPort } from 'node:worker_threads';
import { runTrial, type TrialOrder } from './trial.js';

parentPort?.on('message', (order: TrialOrder) => {
  void runTrial(order).then(
    (trial) => parentPort?.postMessage({ trial }),
    (error: unknown) =>
      parentPort?.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
