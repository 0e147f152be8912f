/** Does one operation: simulated work, then the write in one step, then its result. */
import type { Clock } from '../clock.js';
import { Problem } from '../problem.js';
import { etagOf, pathOf, type Json } from '../resources/representation.js';
import type { Applied, Operation, OperationResult } from '../operation.js';
import { resolvePath, resolveReferences } from './references.js';
import { whyStopped, type Task } from './work-queue.js';
import { typeOfPath } from '../resources/resource-type.js';

export interface WorkerOptions {
  readonly clock: Clock;
  readonly operationMillis: number;
  readonly baseUrl: string;
  /** Writes to the store. Throws Problem. */
  readonly apply: (operation: Operation) => Applied;
  /** The SCIM error of a problem (RFC 7644 §3.12). */
  readonly renderError: (problem: Problem) => Json;
  /** Told of what is no Problem: the mock's own bug. */
  readonly onBug: (error: unknown) => void;
}

/** RFC 7644 §3.7.3: every result says where its resource is, save that of a failed create. */
const locationOfFailed = ({ method, path }: Operation, baseUrl: string): { location?: string } =>
  method === 'POST' || path.includes('/bulkId:') || typeOfPath(path) === undefined
    ? {}
    : { location: `${baseUrl}${path}` };

const head = ({ method, bulkId }: Operation) => ({ method, ...(bulkId === undefined ? {} : { bulkId }) });

/** Id of the resource that an earlier operation of the same request created. */
const createdId = ({ job }: Task, bulkId: string): string => {
  const index = job.operations.findIndex((operation) => operation.method === 'POST' && operation.bulkId === bulkId);
  const id = job.results[index]?.location?.split('/').at(-1);
  if (id === undefined) throw new Problem(400, 'An operation that is referred to has failed.', 'invalidValue');
  return id;
};

export const createWorker =
  ({
    clock,
    operationMillis,
    baseUrl,
    apply,
    renderError,
    onBug,
  }: WorkerOptions): ((task: Task) => Promise<OperationResult>) =>
  async (task) => {
    const operation = task.job.operations[task.index];
    if (operation === undefined) throw new Error(`job ${task.job.id} has no operation ${task.index}`);
    const fail = (problem: Problem): OperationResult => ({
      ...head(operation),
      ...locationOfFailed(operation, baseUrl),
      status: String(problem.status),
      response: renderError(problem),
    });
    const stopped = whyStopped(task.job);
    if (stopped !== undefined) return fail(new Problem(424, stopped));
    if (task.hopeless !== undefined) return fail(task.hopeless);
    if (operationMillis > 0) await clock.sleep(operationMillis);
    try {
      const idOf = (bulkId: string): string => createdId(task, bulkId);
      const resolved: Operation = task.job.isBulk
        ? {
            ...operation,
            path: resolvePath(operation.path, idOf),
            data: resolveReferences(operation.data, idOf),
          }
        : operation;
      const { status, stored } = apply(resolved);
      return {
        ...head(operation),
        status: String(status),
        location: `${baseUrl}${stored === undefined ? resolved.path : pathOf(stored)}`,
        ...(stored === undefined ? {} : { version: etagOf(stored) }),
      };
    } catch (error) {
      if (error instanceof Problem) return fail(error);
      onBug(error);
      return fail(new Problem(500, 'Internal error.'));
    }
  };
