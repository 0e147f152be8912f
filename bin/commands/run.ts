/** `scim-conformance --target URL`: runs the suite against a provider. */
import type { CommandModule } from 'yargs';
import { runAndPresent } from '../present.js';
import { printPlan } from '../print-plan.js';
import {
  presentationOf,
  runFlags,
  runOptionsOf,
  targetFlags,
  targetOf,
  type RunFlags,
  type TargetFlags,
} from '../run-options.js';

export const runCommand: CommandModule<unknown, RunFlags & TargetFlags> = {
  command: '$0',
  describe: 'Run the suite against a provider',
  builder: (yargs) => runFlags(targetFlags(yargs)),
  handler: async (flags) => {
    const options = runOptionsOf(flags, targetOf(flags, process.env));
    if (flags.dryRun === true) await printPlan(options);
    else await runAndPresent(options, presentationOf(flags));
  },
};
