/** Runs trials in a thread of its own, one at a time, as they are sent. */
import { constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { TrialOrder } from './trial-order.js';
import { runTrial } from './trial.js';

// Linux has a priority for each thread; elsewhere it is the process's, and all would step back together.
if ((workerData as { stepsBack: boolean }).stepsBack && platform() === 'linux')
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

parentPort?.on('message', (order: TrialOrder) => {
  void runTrial(order).then(
    (trial) => parentPort?.postMessage({ trial }),
    (error: unknown) =>
      parentPort?.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
