/** Runs operations of accepted requests: waits for the simulated work, applies the write, records the outcome. */
import type { Clock } from '../clock.js';
import type { Job } from '../job.js';
import type { Json } from '../json.js';
import type { Operation, OperationResult, Outcome, Written } from '../operation.js';
import type { Claim, Ports, Transaction } from '../ports.js';
import { Problem } from '../problem.js';
import { pathOf } from '../resources/representation.js';
import { typeOfPath } from '../resources/resource-type.js';
import type { Draft } from '../security-event.js';
import { etagOf } from '../stored.js';
import type { JobSeams, Task, Work } from './job-seams.js';
import { resolveReferences } from './references.js';

export interface WorkerOptions {
  readonly ports: Pick<Ports, 'store' | 'jobs'>;
  readonly clock: Clock;
  readonly operationMillis: number;
  readonly baseUrl: () => string;
  /** Applies a write and publishes its events. If it rejects with a Problem, the transaction can continue. */
  readonly write: (operation: Operation, transaction: Transaction, origin: Task) => Promise<Written>;
  /** Makes the completion event of an operation. */
  readonly completion: (job: Job, index: number, outcome: Outcome) => Draft;
  readonly whyStopped: JobSeams['whyStopped'];
  /** The SCIM error of a problem (RFC 7644 §3.12). */
  readonly renderError: (problem: Problem) => Json;
  /** Reports an error that is no Problem: a bug of the mock. */
  readonly onBug: (error: unknown) => void;
}

/** Every result has a location, except that of a failed create (RFC 7644 §3.7.3). */
const locationOfFailed = ({ method, path }: Operation, baseUrl: string): { location?: string } =>
  method === 'POST' || path.includes('/bulkId:') || typeOfPath(path) === undefined
    ? {}
    : { location: `${baseUrl}${path}` };

const head = ({ method, bulkId }: Operation) => ({ method, ...(bulkId === undefined ? {} : { bulkId }) });

export class Worker {
  constructor(private readonly options: WorkerOptions) {}

  /** The steps of a claimed operation. They reject with LeaseLost if the lease has ended. */
  workOf(claim: Claim): Work {
    const { store } = this.options.ports;
    const { job, index, operation, step } = claim;
    const task: Task = { job, index, operation, hopeless: step.hopeless };
    return {
      task,
      together: async () => {
        const refused = await this.prepare(task);
        await store.transaction(async (transaction) => {
          const outcome = refused ?? (await this.effect(task, claim, transaction));
          await this.finish(claim, outcome, transaction);
        });
      },
      effect: async (changed) =>
        (await this.prepare(changed)) ?? store.transaction((transaction) => this.effect(changed, claim, transaction)),
      finish: (outcome) => store.transaction((transaction) => this.finish(claim, outcome, transaction)),
    };
  }

  /** Waits for the simulated work. Resolves with an outcome if the operation must not run. */
  private async prepare(task: Task): Promise<Outcome | undefined> {
    const { clock, operationMillis, whyStopped } = this.options;
    const stopped = whyStopped(task.job);
    if (stopped !== undefined) return this.failure(task.operation, new Problem(424, stopped));
    if (task.hopeless !== undefined) return this.failure(task.operation, task.hopeless);
    if (operationMillis > 0) await clock.sleep(operationMillis);
    return undefined;
  }

  private async effect(task: Task, { step }: Claim, transaction: Transaction): Promise<Outcome> {
    const { write, onBug } = this.options;
    const { operation, job } = task;
    try {
      const ids = await this.idsOf(step, job.id);
      const resolved = ids.size === 0 && step.references.length === 0 ? operation : resolveReferences(operation, ids);
      const written = await write(resolved, transaction, task);
      return { result: this.success(operation, written), written };
    } catch (error) {
      if (error instanceof Problem) return this.failure(operation, error);
      onBug(error);
      return this.failure(operation, new Problem(500, 'Internal error.'));
    }
  }

  private async finish(claim: Claim, outcome: Outcome, transaction: Transaction): Promise<void> {
    const { isEventPromised } = await transaction.finish(claim, outcome);
    if (isEventPromised) await transaction.publish(this.options.completion(claim.job, claim.index, outcome));
  }

  private async idsOf({ references, reserved }: Claim['step'], job: string): Promise<Map<string, string>> {
    const ids = new Map(reserved);
    for (const bulkId of references) {
      const id = await this.options.ports.jobs.createdId(job, bulkId);
      if (id !== undefined) ids.set(bulkId, id);
    }
    return ids;
  }

  private success(operation: Operation, { status, stored, operation: { path } }: Written): OperationResult {
    return {
      ...head(operation),
      status: String(status),
      location: `${this.options.baseUrl()}${stored === undefined ? path : pathOf(stored)}`,
      ...(stored === undefined ? {} : { version: etagOf(stored) }),
    };
  }

  private failure(operation: Operation, problem: Problem): Outcome {
    const { baseUrl, renderError } = this.options;
    const result: OperationResult = {
      ...head(operation),
      ...locationOfFailed(operation, baseUrl()),
      status: String(problem.status),
      response: renderError(problem),
    };
    return { result, written: undefined };
  }
}
