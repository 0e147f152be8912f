/** Fetches the first access tokens before the run sends anything, because without them nothing can be judged. */
import type { RunContext } from '../session/run-context.js';
import { NoAccessToken, SelectionError, Unreachable } from '../errors/errors.js';

/** Rejects with SelectionError if the token endpoint refuses, and with Unreachable if it does not answer. */
export const fetchFirstTokens = async ({ tokens, signal }: RunContext): Promise<void> => {
  try {
    await tokens?.current(signal);
  } catch (error) {
    if (!(error instanceof NoAccessToken)) throw error;
    throw error.code === 'token-endpoint-unreachable'
      ? new Unreachable(error.code, error.message)
      : new SelectionError('no-access-token', error.message);
  }
};
