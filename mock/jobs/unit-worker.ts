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
import { throwIfTransient } from './transient.js';
import { failure, problemOf, success, transformed, withOptions, type WorkerOptions } from './worker-options.js';

/** An operation as it is to be applied, or why it cannot be. */
type Ready = Operation | Problem;

interface UnitTry {
  /** Ids of the resources that were created so far, by bulkId. */
  readonly ids: ReadonlyMap<string, string>;
  readonly transaction: Transaction;
  /** Number of this try of the unit, from 1. */
  readonly number: number;
}

export class UnitWorker {
  constructor(private readonly options: WorkerOptions) {}

  /** The steps of a claimed unit. They reject with LeaseLost or Transient, as those of one operation do. */
  workOf(claim: Claim, steps: readonly Step[]): UnitWork {
    const { job } = claim;
    let ready: readonly Ready[] = [];
    return {
      job,
      prepare: async () => {
        ready = await this.prepare(claim, steps);
      },
      run: (transaction) => this.run(claim, { ready, steps }, transaction),
      undone: (outcomes) => this.undone(job.operations, outcomes),
      finish: (outcomes, transaction) => this.finish(claim, outcomes, transaction),
    };
  }

  /** Waits for the simulated work, and applies the rules of the request. */
  private async prepare({ job }: Claim, steps: readonly Step[]): Promise<Ready[]> {
    const { clock, operationMillis } = this.options;
    // One transaction of a database takes about as long for many rows as for one.
    if (operationMillis > 0) await clock.sleep(operationMillis);
    const ready: Ready[] = [];
    for (const [index, operation] of job.operations.entries()) {
      const problem = steps[index]?.hopeless;
      ready.push(
        problem ??
          (await transformed(operation, job, this.options).catch((error: unknown) => problemOf(error, this.options))),
      );
    }
    return ready;
  }

  private async run(
    { job, number }: Claim,
    { ready, steps }: { readonly ready: readonly Ready[]; readonly steps: readonly Step[] },
    transaction: Transaction,
  ): Promise<(Outcome | undefined)[]> {
    const outcomes: (Outcome | undefined)[] = job.operations.map(() => undefined);
    if (this.options.whyStopped(job) !== undefined) return outcomes;
    const wrong = ready.findIndex((each) => each instanceof Problem);
    const order = wrong < 0 ? inLine(steps.map(({ after }) => after)) : [wrong];
    const ids = new Map(steps.flatMap(({ reserved }) => [...(reserved ?? [])]));
    for (const index of order) {
      const [operation, own] = [job.operations[index], ready[index]];
      if (operation === undefined || own === undefined) throw new Error(`job ${job.id} has no operation ${index}`);
      const task = { job, index, operation, hopeless: undefined };
      const outcome = await this.effect(task, own, { ids, transaction, number });
      outcomes[index] = outcome;
      if (failed(outcome.result)) break;
      const { method, bulkId } = operation;
      const id = outcome.written?.stored?.id;
      if (method === 'POST' && bulkId !== undefined && id !== undefined) ids.set(bulkId, id);
    }
    return outcomes;
  }

  private async effect(task: Task, ready: Ready, { ids, transaction, number }: UnitTry): Promise<Outcome> {
    const { operation, job } = task;
    try {
      if (ready instanceof Problem) throw ready;
      const resolved = ids.size === 0 ? ready : resolveReferences(ready, ids);
      const written = await this.options.write(withOptions(resolved, job), transaction, task);
      return success(operation, written, this.options);
    } catch (error) {
      throwIfTransient(error, number, this.options);
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
    this.options.finishing?.(claim, outcomes);
    const { isEventPromised } = await transaction.finishUnit(claim, outcomes);
    if (!isEventPromised) return;
    for (const [index, outcome] of outcomes.entries())
      await transaction.publish(this.options.completion(claim.job, index, outcome));
  }
}
