/** Has the suite let in before anything is asked of the target: where tokens are fetched, the first ones are fetched. */
import type { RunContext } from '../session/run-context.js';
import { NoAccessToken, SelectionError, Unreachable } from '../errors/errors.js';

/** Rejects with SelectionError where the token endpoint refuses, and with Unreachable where it does not answer. */
export const letIn = async ({ tokens, signal }: RunContext): Promise<void> => {
  try {
    await tokens?.current(signal);
  } catch (error) {
    if (!(error instanceof NoAccessToken)) throw error;
    throw error.code === 'token-endpoint-unreachable'
      ? new Unreachable(error.code, error.message)
      : new SelectionError('no-access-token', error.message);
  }
};
