/** Helpers for faults that change how requests are accepted and operations are run. */
import { header } from '../../schemas/names.js';
import type { Clock } from '../clock.js';
import type { Environment } from '../environment.js';
import type { Job, JobHead } from '../job.js';
import type { Task, Work } from '../jobs/job-seams.js';
import type { Submission } from '../jobs/submission.js';
import type { Operation, OperationResult, Outcome, Written } from '../operation.js';
import type { Ports, Transaction } from '../ports.js';
import { Problem } from '../problem.js';
import type { Apply } from '../resources/apply.js';
import { answering, bodyOf, completed, isStatusRead } from './answers.js';
import type { Fault } from './fault.js';

/** A fault that changes how writes are applied. */
export const applying =
  (change: (apply: Apply, environment: Environment) => Apply): Fault['seams'] =>
  ({ apply }, environment) => ({ apply: change(apply, environment) });

/** Writes something although an operation has failed. */
export type Remains = (
  operation: Operation,
  cause: Problem,
  transaction: Transaction,
  apply: Apply,
) => Promise<unknown>;

/** A fault in which failed operations leave something behind, as in a provider without transactions. */
export const leavingRemains =
  (write: Remains): Fault['seams'] =>
  ({ apply }) => ({
    apply: async (operation, transaction) => {
      try {
        return await apply(operation, transaction);
      } catch (cause) {
        if (cause instanceof Problem) await write(operation, cause, transaction, apply);
        throw cause;
      }
    },
    atomically: (_transaction, write) => write(),
  });

export type Honestly = (task: Task) => Promise<OperationResult>;

/** What a change can use besides the task. */
export interface Workplace {
  readonly ports: Ports;
  readonly clock: Clock;
  /** Makes the result of a failed operation. */
  readonly failure: (operation: Operation, problem: Problem) => OperationResult;
}

export type ChangeWork = (task: Task, honestly: Honestly, workplace: Workplace) => Promise<OperationResult>;

/**
 * A fault that changes how operations run. As in a provider without transactions, the write and its result are
 * committed separately, and the change can act in between. `make` is called once for each mock, so that the change can
 * have state.
 */
export const working =
  (make: () => ChangeWork): Fault['seams'] =>
  ({ perform, renderError }, { clock }) => {
    const change = make();
    const failure: Workplace['failure'] = ({ method, bulkId }, problem) => ({
      method,
      ...(bulkId === undefined ? {} : { bulkId }),
      status: String(problem.status),
      response: renderError(problem),
    });
    const changed = (work: Work, ports: Ports): Work => {
      const effect = async (task: Task): Promise<Outcome> => {
        let written: Written | undefined;
        const honestly: Honestly = async (changed) => {
          const outcome = await work.effect(changed);
          written = outcome.written;
          return outcome.result;
        };
        const result = await change(task, honestly, { ports, clock, failure });
        return { result, written };
      };
      return { ...work, effect, together: async () => work.finish(await effect(work.task)) };
    };
    return { perform: (work, ports) => perform(changed(work, ports), ports) };
  };

/** The operation of a request that is not a bulk request; otherwise undefined. */
export const alone = ({ job, operation }: Task): Operation | undefined => (job.isBulk ? undefined : operation);

export const createsUser = (task: Task): boolean => {
  const { method, path } = alone(task) ?? {};
  return method === 'POST' && path === '/Users';
};

/** A fault that refuses asynchronous requests of request-mode. */
export const refusing =
  (why: (submission: Submission) => Problem | undefined): Fault['seams'] =>
  ({ take }) => ({
    take: (submission) => {
      const problem = why(submission);
      if (problem !== undefined) throw problem;
      take(submission);
    },
  });

/** A fault that changes accepted requests before they are queued. */
export const reading =
  (change: (head: JobHead) => Partial<JobHead>): Fault['seams'] =>
  ({ read }) => ({
    read: (head) => {
      const honest = read(head);
      return { ...honest, ...change(honest) };
    },
  });

/** A fault that shows the stopped operations (424) of such jobs as pending for ever. */
export const leavingPending =
  (isOne: (job: Job) => boolean): Fault['seams'] =>
  (base, environment) => {
    const stopped = new Map<string, number>();
    const shown = new Map<string, number>();
    const work = working(() => async (task, honestly) => {
      const result = await honestly(task);
      if (result.status === '424') stopped.set(task.job.id, (stopped.get(task.job.id) ?? 0) + 1);
      return result;
    });
    const pending = answering(() => (answer, request) => {
      if (!isStatusRead(answer, request) || completed(bodyOf(answer))) return answer;
      // Without the fault the request is completed, so its answer has no Retry-After.
      return { ...answer, headers: { [header.retryAfter]: '0', ...answer.headers } };
    });
    return {
      ...work(base, environment),
      ...pending(base, environment),
      viewStatus: (job, baseUrl) => {
        const { Operations, ...view } = base.viewStatus(job, baseUrl);
        const count = isOne(job) ? (stopped.get(job.id) ?? 0) : 0;
        if (count === 0) return Operations === undefined ? view : { ...view, Operations };
        const { total, success, failed: honest } = view.operationsCount;
        // An operation is counted as stopped just before its result is recorded: the number must not go back.
        const failed = Math.max(shown.get(job.id) ?? 0, honest - count);
        shown.set(job.id, failed);
        return {
          ...view,
          operationsCount: { total, success, failed, pending: total - success - failed },
          status: { completed: false, success: false },
          state: 'processing',
        };
      },
    };
  };
