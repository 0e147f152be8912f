/**
 * Ends a command with a message and the right exit code if its target is not reached, or if the options do not suit the
 * target.
 */
import { printable } from '../../reports/text/visible-text.js';
import { Blocked, SelectionError, Unreachable } from '../../suites/index.js';
import { UsageError } from '../usage/usage-error.js';

/** Sets exit code 3 if the target is not reached. Rejects with UsageError if the options are wrong for it. */
export const reach = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof SelectionError) throw new UsageError(printable(error.message));
    if (!(error instanceof Unreachable || error instanceof Blocked)) throw error;
    process.stderr.write(`scim-conformance: ${printable(error.message)}\n`);
    process.exitCode = 3;
  }
};
