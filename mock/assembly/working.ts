/** Creates the parts that accept asynchronous requests and run their operations. */
import { createOperationWatch } from '../jobs/operation-watch.js';
import { Intake } from '../jobs/intake.js';
import { Transient, waitAfter } from '../jobs/transient.js';
import { UnitWorker } from '../jobs/unit-worker.js';
import { Worker } from '../jobs/worker.js';
import type { WorkerOptions } from '../jobs/worker-options.js';
import { Workers } from '../jobs/workers.js';
import { LeaseLost, type Claim } from '../ports.js';
import type { Eventing } from './eventing.js';
import type { Setup } from './setup.js';

export interface Working {
  readonly intake: Intake;
  readonly workers: Workers;
}

const createIntake = (
  { environment: { clock }, settings, seams, ports, ops }: Setup,
  { trail }: Pick<Eventing, 'trail'>,
): Intake =>
  new Intake({
    jobs: ports.jobs,
    clock,
    capacity: settings.queueCapacity,
    capacityBytes: settings.queueBytes,
    retryAfterSeconds: settings.retryAfterSeconds,
    idempotency: settings.features.includes('idempotency'),
    seams,
    maySee: seams.maySee,
    accepted: async (job) => {
      ops?.observer.accepted?.(job);
      await trail?.changed(job, 'queued');
    },
  });

export const createWorking = (setup: Setup, eventing: Pick<Eventing, 'record' | 'completions' | 'trail'>): Working => {
  const { environment, settings, seams, ports, baseUrl, onBug, evaluator, ops } = setup;
  const { clock } = environment;
  const { record, completions, trail } = eventing;
  const watch = ops === undefined ? undefined : createOperationWatch(ops.observer, clock);
  const options: WorkerOptions = {
    ports,
    clock,
    operationMillis: settings.operationMillis,
    retryOperations: settings.retryOperations,
    baseUrl,
    write: record,
    completion: (job, index, outcome) => completions.draft(job, index, outcome),
    whyStopped: seams.whyStopped,
    transform: (rules, user) => seams.transform(rules, user, evaluator),
    renderError: seams.renderError,
    finishing: watch?.finishing,
    onBug,
  };
  const worker = new Worker(options);
  const unitWorker = new UnitWorker(options);
  const run = (claim: Claim): Promise<void> =>
    claim.unit === undefined
      ? seams.perform(worker.workOf(claim), ports)
      : seams.performUnit(unitWorker.workOf(claim, claim.unit), ports);
  /** False if the operation is to be tried again. */
  const isDone = async (claim: Claim): Promise<boolean> => {
    try {
      await (watch === undefined ? run(claim) : watch.run(claim, () => run(claim)));
      return true;
    } catch (error) {
      // An earlier try, whose answer did not come, may have been the last of its request.
      if (error instanceof LeaseLost) return true;
      if (!(error instanceof Transient)) throw error;
      const due = clock.now() + waitAfter(claim.number, settings.retryOperationMillis);
      if (await ports.jobs.postpone(claim, due)) await trail?.changed(claim.job, 'retrying');
      return false;
    }
  };
  return {
    intake: createIntake(setup, eventing),
    workers: new Workers({
      jobs: ports.jobs,
      clock,
      count: settings.workers,
      perform: async (claim) => {
        await trail?.changed(claim.job, 'processing');
        if (await isDone(claim)) await trail?.worked(claim.job.id);
      },
      onBug,
    }),
  };
};
