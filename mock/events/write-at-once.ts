/** Applies a synchronous write in its own transaction. */
import type { Operation, Written } from '../operation.js';
import type { Store } from '../ports.js';
import { Problem } from '../problem.js';
import type { Recorder } from './recorder.js';

/** Rejects with a Problem if the write fails. */
export type WriteAtOnce = (operation: Operation) => Promise<Written>;

export const createWriteAtOnce =
  (store: Store, record: Recorder): WriteAtOnce =>
  async (operation) => {
    // A Problem is returned, not thrown, so that the transaction commits: the recorder has undone its writes already.
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
