/**
 * Runs all operations of a request as a unit (`rollbackOnError`): they take effect together or not at all, and nobody sees
 * some of the effects without the others.
 */
import { failed, type Operation, type Outcome } from '../operation.js';
import type { Claim, Step, Transaction } from '../ports.js';
import { Problem } from '../problem.js';
import type { Task, UnitWork } from './job-seams.js';
import { resolveReferences } from './references.js';
import { inLine } from './steps.js';
import { failure, problemOf, success, withOptions, type WorkerOptions } from './worker-options.js';

export class UnitWorker {
  constructor(private readonly options: WorkerOptions) {}

  /** The steps of a claimed unit. They reject with LeaseLost if the lease has ended. */
  workOf(claim: Claim, steps: readonly Step[]): UnitWork {
    const { job } = claim;
    const { clock, operationMillis } = this.options;
    return {
      job,
      // One transaction of a database takes about as long for many rows as for one.
      prepare: () => (operationMillis > 0 ? clock.sleep(operationMillis) : Promise.resolve()),
      run: (transaction) => this.run(claim, steps, transaction),
      undone: (outcomes) => this.undone(job.operations, outcomes),
      finish: (outcomes, transaction) => this.finish(claim, outcomes, transaction),
    };
  }

  private async run(
    { job }: Claim,
    steps: readonly Step[],
    transaction: Transaction,
  ): Promise<(Outcome | undefined)[]> {
    const { operations } = job;
    const outcomes: (Outcome | undefined)[] = operations.map(() => undefined);
    if (this.options.whyStopped(job) !== undefined) return outcomes;
    const hopeless = steps.findIndex((step) => step.hopeless !== undefined);
    const order = hopeless < 0 ? inLine(steps.map(({ after }) => after)) : [hopeless];
    const ids = new Map(steps.flatMap(({ reserved }) => [...(reserved ?? [])]));
    for (const index of order) {
      const [operation, step] = [operations[index], steps[index]];
      if (operation === undefined || step === undefined) throw new Error(`job ${job.id} has no operation ${index}`);
      const task = { job, index, operation, hopeless: step.hopeless };
      const outcome = await this.effect(task, ids, transaction);
      outcomes[index] = outcome;
      if (failed(outcome.result)) break;
      const id = outcome.written?.stored?.id;
      if (operation.method === 'POST' && operation.bulkId !== undefined && id !== undefined)
        ids.set(operation.bulkId, id);
    }
    return outcomes;
  }

  private async effect(task: Task, ids: ReadonlyMap<string, string>, transaction: Transaction): Promise<Outcome> {
    const { operation, hopeless, job } = task;
    try {
      if (hopeless !== undefined) throw hopeless;
      const resolved = ids.size === 0 ? operation : resolveReferences(operation, ids);
      const written = await this.options.write(withOptions(resolved, job), transaction, task);
      return success(operation, written, this.options);
    } catch (error) {
      return failure(operation, problemOf(error, this.options), this.options);
    }
  }

  private undone(operations: readonly Operation[], outcomes: readonly (Outcome | undefined)[]): Outcome[] {
    const problem = new Problem(424, 'Undone or not run, because the request has no effect unless all of it succeeds.');
    return operations.map((operation, index) => {
      const outcome = outcomes[index];
      return outcome !== undefined && failed(outcome.result) ? outcome : failure(operation, problem, this.options);
    });
  }

  private async finish(claim: Claim, outcomes: readonly Outcome[], transaction: Transaction): Promise<void> {
    const { isEventPromised } = await transaction.finishUnit(claim, outcomes);
    if (!isEventPromised) return;
    for (const [index, outcome] of outcomes.entries())
      await transaction.publish(this.options.completion(claim.job, index, outcome));
  }
}
