/** Creates the parts that accept asynchronous requests and run their operations. */
import { Intake } from '../jobs/intake.js';
import { UnitWorker } from '../jobs/unit-worker.js';
import { Worker } from '../jobs/worker.js';
import type { WorkerOptions } from '../jobs/worker-options.js';
import { Workers } from '../jobs/workers.js';
import type { Eventing } from './eventing.js';
import type { Setup } from './setup.js';

export interface Working {
  readonly intake: Intake;
  readonly workers: Workers;
}

export const createWorking = (
  { environment: { clock }, settings, seams, ports, baseUrl, onBug, evaluator }: Setup,
  { record, completions }: Pick<Eventing, 'record' | 'completions'>,
): Working => {
  const options: WorkerOptions = {
    ports,
    clock,
    operationMillis: settings.operationMillis,
    baseUrl,
    write: record,
    completion: (job, index, outcome) => completions.draft(job, index, outcome),
    whyStopped: seams.whyStopped,
    transform: (rules, user) => seams.transform(rules, user, evaluator),
    renderError: seams.renderError,
    onBug,
  };
  const worker = new Worker(options);
  const unitWorker = new UnitWorker(options);
  return {
    intake: new Intake({
      jobs: ports.jobs,
      clock,
      capacity: settings.queueCapacity,
      capacityBytes: settings.queueBytes,
      retryAfterSeconds: settings.retryAfterSeconds,
      idempotency: settings.features.includes('idempotency'),
      seams,
      maySee: seams.maySee,
    }),
    workers: new Workers({
      jobs: ports.jobs,
      clock,
      count: settings.workers,
      perform: (claim) =>
        claim.unit === undefined
          ? seams.perform(worker.workOf(claim), ports)
          : seams.performUnit(unitWorker.workOf(claim, claim.unit), ports),
      onBug,
    }),
  };
};
