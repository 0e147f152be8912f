/** The worker thread of a self-test: runs the trials that it receives, one after another. */
import { constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { TrialPlan } from './trial-plan.js';
import { runTrial } from './trial.js';

// On Linux each thread has its own priority. On other systems the priority belongs to the whole process, so that all
// threads would get the lower one.
if ((workerData as { lowPriority: boolean }).lowPriority && platform() === 'linux')
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

parentPort?.on('message', (plan: TrialPlan) => {
  void runTrial(plan).then(
    (trial) => parentPort?.postMessage({ trial }),
    (error: unknown) =>
      parentPort?.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
