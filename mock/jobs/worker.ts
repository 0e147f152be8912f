/** Runs operations of accepted requests: waits for the simulated work, applies the write, records the outcome. */
import type { Outcome } from '../operation.js';
import type { Claim, Transaction } from '../ports.js';
import { Problem } from '../problem.js';
import type { Task, Work } from './job-seams.js';
import { resolveReferences } from './references.js';
import { throwIfTransient } from './transient.js';
import { failure, problemOf, success, transformed, withOptions, type WorkerOptions } from './worker-options.js';

export class Worker {
  constructor(private readonly options: WorkerOptions) {}

  /**
   * The steps of a claimed operation. They reject with LeaseLost if the lease has ended, and with Transient if the operation
   * is to be tried again; then nothing was written.
   */
  workOf(claim: Claim): Work {
    const { store } = this.options.ports;
    const { job, index, operation, step } = claim;
    const task: Task = { job, index, operation, hopeless: step.hopeless };
    return {
      task,
      together: async () => {
        const ready = await this.prepare(task);
        await store.transaction(async (transaction) => {
          const outcome = 'result' in ready ? ready : await this.effect(ready, claim, transaction);
          await this.finish(claim, outcome, transaction);
        });
      },
      effect: async (changed) => {
        const ready = await this.prepare(changed);
        return 'result' in ready ? ready : store.transaction((transaction) => this.effect(ready, claim, transaction));
      },
      finish: (outcome) => store.transaction((transaction) => this.finish(claim, outcome, transaction)),
    };
  }

  /**
   * Waits for the simulated work, and applies the rules of the request: outside of the transaction, because an expression of
   * a client may take long. Resolves with an outcome if the operation must not run.
   */
  private async prepare(task: Task): Promise<Outcome | Task> {
    const { clock, operationMillis, whyStopped } = this.options;
    const stopped = whyStopped(task.job);
    if (stopped !== undefined) return failure(task.operation, new Problem(424, stopped), this.options);
    if (task.hopeless !== undefined) return failure(task.operation, task.hopeless, this.options);
    if (operationMillis > 0) await clock.sleep(operationMillis);
    try {
      return { ...task, operation: await transformed(task.operation, task.job, this.options) };
    } catch (error) {
      return failure(task.operation, problemOf(error, this.options), this.options);
    }
  }

  private async effect(task: Task, { step, number }: Claim, transaction: Transaction): Promise<Outcome> {
    const { operation, job } = task;
    try {
      const ids = await this.idsOf(step, job.id);
      const resolved = ids.size === 0 && step.references.length === 0 ? operation : resolveReferences(operation, ids);
      const written = await this.options.write(withOptions(resolved, job), transaction, task);
      return success(operation, written, this.options);
    } catch (error) {
      throwIfTransient(error, number, this.options);
      return failure(operation, problemOf(error, this.options), this.options);
    }
  }

  private async finish(claim: Claim, outcome: Outcome, transaction: Transaction): Promise<void> {
    this.options.finishing?.(claim, [outcome]);
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
}
