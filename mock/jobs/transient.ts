/** Failures that may be gone at the next try, and how long to wait for it. */
import { Problem } from '../problem.js';
import { StoreAway } from '../store/store-error.js';

/** Thrown instead of recording the outcome of an operation that is tried again. */
export class Transient extends Error {
  override readonly name = 'Transient';
}

/** Milliseconds. */
const longestWait = 30_000;

/** Whether the same operation may succeed later: 503, and errors that are no answer to the client. */
const isTransient = (error: unknown): boolean => !(error instanceof Problem) || error.status === 503;

/**
 * Throws Transient if an operation that failed like this in its `number`th try, from 1, is to be tried again; and throws
 * StoreAway as it is, because a store that is away says nothing about the operation.
 */
export const throwIfTransient = (
  error: unknown,
  number: number,
  { retryOperations: tries }: { readonly retryOperations: number },
): void => {
  if (error instanceof StoreAway) throw error;
  if (error instanceof Transient || (number < tries && isTransient(error)))
    throw new Transient('the operation is tried again', { cause: error });
};

/** Milliseconds between this try, from 1, and the next. */
export const waitAfter = (number: number, firstWait: number): number =>
  Math.min(firstWait * 2 ** (number - 1), longestWait);
