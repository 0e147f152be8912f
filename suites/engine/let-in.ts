/** Has the suite let in before anything is asked of the target: where tokens are fetched, the first ones are fetched. */
import { NoAccessToken } from '../access/fetch-token.js';
import type { RunContext } from '../session/run-context.js';
import { Unreachable } from '../provider/discover.js';
import { SelectionError } from './selection.js';

/** Rejects with SelectionError where the token endpoint refuses, and with Unreachable where it does not answer. */
export const letIn = async ({ tokens, signal }: RunContext): Promise<void> => {
  try {
    await tokens?.current(signal);
  } catch (error) {
    if (!(error instanceof NoAccessToken)) throw error;
    throw error.kind === 'refused' ? new SelectionError(error.message) : new Unreachable(error.message);
  }
};
