/** `scim-conformance --target URL`: runs the suite against a provider. */
import type { CommandModule } from 'yargs';
import { runAndPresent } from '../present.js';
import { runFlags, runOptionsOf, targetFlags, targetOf, type RunFlags, type TargetFlags } from '../run-options.js';

export const runCommand: CommandModule<unknown, RunFlags & TargetFlags> = {
  command: '$0',
  describe: 'Run the suite against a provider',
  builder: (yargs) => runFlags(targetFlags(yargs)),
  handler: async (flags) => {
    await runAndPresent(runOptionsOf(flags, targetOf(flags, process.env)), flags);
  },
};
