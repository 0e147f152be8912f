/** Writes in a transaction of its own, for a request that is answered when it is done. */
import type { Operation, Written } from '../operation.js';
import type { Store } from '../ports.js';
import { Problem } from '../problem.js';
import type { Recorder } from './recorder.js';

/** Rejects with a Problem where it cannot be done. */
export type WriteAtOnce = (operation: Operation) => Promise<Written>;

export const createWriteAtOnce =
  (store: Store, record: Recorder): WriteAtOnce =>
  async (operation) => {
    // A Problem is an outcome, and the recorder has undone what there was to undo: the transaction is committed.
    const outcome = await store.transaction(async (transaction): Promise<Written | Problem> => {
      try {
        return await record(operation, transaction);
      } catch (error) {
        if (error instanceof Problem) return error;
        throw error;
      }
    });
    if (outcome instanceof Problem) throw outcome;
    return outcome;
  };
