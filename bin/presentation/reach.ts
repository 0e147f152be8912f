/** Ends a command properly where its target is not reached, or where the options do not suit the target. */
import { printable } from '../../reports/text/visible-text.js';
import { Blocked, SelectionError, Unreachable } from '../../suites/index.js';
import { UsageError } from '../usage/usage-error.js';

/** Exit code 3 where the target is not reached. Rejects with UsageError where the options are wrong for it. */
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
