/** What workers need, whether they run operations one by one or as a unit, and how they report them. */
import type { TransformRule } from '../../schemas/types.js';
import type { Clock } from '../clock.js';
import type { Job } from '../job.js';
import { isJson, type Json } from '../json.js';
import type { Operation, OperationResult, Outcome, Written } from '../operation.js';
import type { Claim, Ports, Transaction } from '../ports.js';
import { Problem } from '../problem.js';
import { pathOf } from '../resources/representation.js';
import { typeOfPath } from '../resources/resource-type.js';
import type { Draft } from '../security-event.js';
import { etagOf } from '../stored.js';
import type { JobSeams, Task } from './job-seams.js';

export interface WorkerOptions {
  readonly ports: Pick<Ports, 'store' | 'jobs'>;
  readonly clock: Clock;
  readonly operationMillis: number;
  /** How often an operation is tried. */
  readonly retryOperations: number;
  readonly baseUrl: () => string;
  /** Applies a write and publishes its events. If it rejects with a Problem, the transaction can continue. */
  readonly write: (operation: Operation, transaction: Transaction, origin: Task) => Promise<Written>;
  /** Makes the completion event of an operation. */
  readonly completion: (job: Job, index: number, outcome: Outcome) => Draft;
  readonly whyStopped: JobSeams['whyStopped'];
  /** Applies the rules of a request to a user. Rejects with a Problem if one of them cannot be applied. */
  readonly transform: (rules: readonly TransformRule[], user: Json) => Promise<Json>;
  /** The SCIM error of a problem (RFC 7644 §3.12). */
  readonly renderError: (problem: Problem) => Json;
  /**
   * Called with the outcomes of a claim before they are committed, again if that is tried again. Undefined: nobody watches.
   */
  readonly finishing: ((claim: Claim, outcomes: readonly Outcome[]) => void) | undefined;
  /** Reports an error that is no Problem: a bug of the mock. */
  readonly onBug: (error: unknown) => void;
}

/** Every result has a location, except that of a failed create (RFC 7644 §3.7.3). */
const locationOfFailed = ({ method, path }: Operation, baseUrl: string): { location?: string } =>
  method === 'POST' || path.includes('/bulkId:') || typeOfPath(path) === undefined
    ? {}
    : { location: `${baseUrl}${path}` };

const head = ({ method, bulkId }: Operation) => ({ method, ...(bulkId === undefined ? {} : { bulkId }) });

/** The outcome of an operation that was done. */
export const success = (
  operation: Operation,
  written: Written,
  { baseUrl }: Pick<WorkerOptions, 'baseUrl'>,
): Outcome => {
  const { status, stored, operation: resolved } = written;
  const result: OperationResult = {
    ...head(operation),
    status: String(status),
    location: `${baseUrl()}${stored === undefined ? resolved.path : pathOf(stored)}`,
    ...(stored === undefined ? {} : { version: etagOf(stored) }),
  };
  return { result, written };
};

/** The outcome of an operation that failed, or did not run. */
export const failure = (
  operation: Operation,
  problem: Problem,
  { baseUrl, renderError }: Pick<WorkerOptions, 'baseUrl' | 'renderError'>,
): Outcome => {
  const result: OperationResult = {
    ...head(operation),
    ...locationOfFailed(operation, baseUrl()),
    status: String(problem.status),
    response: renderError(problem),
  };
  return { result, written: undefined };
};

/** The operation with what its request says about all of them. */
export const withOptions = (operation: Operation, { options, bounds }: Pick<Job, 'options' | 'bounds'>): Operation => {
  const { onConflict = 'fail' } = options;
  const hasConflict = operation.method === 'POST' && onConflict !== 'fail';
  if (!hasConflict && bounds === undefined) return operation;
  return {
    ...operation,
    ...(hasConflict ? { onConflict } : {}),
    ...(bounds === undefined ? {} : { bounds }),
  };
};

/** The operation with its user as the rules of its request change it (XFRM-01). Rejects with a Problem. */
export const transformed = async (
  operation: Operation,
  { options: { transform: rules = [] } }: Pick<Job, 'options'>,
  { transform }: Pick<WorkerOptions, 'transform'>,
): Promise<Operation> => {
  const { method, path, data } = operation;
  const isWholeUser = (method === 'POST' || method === 'PUT') && typeOfPath(path)?.name === 'User';
  return rules.length === 0 || !isWholeUser || !isJson(data)
    ? operation
    : { ...operation, data: await transform(rules, data) };
};

/** What a client is told of an error; one that is no Problem is a bug. */
export const problemOf = (error: unknown, { onBug }: Pick<WorkerOptions, 'onBug'>): Problem => {
  if (error instanceof Problem) return error;
  onBug(error);
  return new Problem(500, 'Internal error.');
};
