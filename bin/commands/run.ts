/** `scim-conformance --target URL`, or `--config FILE`: runs the suite against a provider. */
import type { Argv, CommandModule } from 'yargs';
import { runAndPresent } from '../presentation/present.js';
import { printPlan } from '../presentation/print-plan.js';
import { presentationOf } from '../options/output-options.js';
import { runFlags, runOptionsOf, type RunFlags } from '../options/run-options.js';
import { configFlag, targetFlags, targetOf, type TargetFlags } from '../options/target-options.js';

/** All flags of a run. */
export const flagsOfRun = <T>(yargs: Argv<T>) => configFlag(runFlags(targetFlags(yargs)));

export const runCommand: CommandModule<unknown, RunFlags & TargetFlags> = {
  command: '$0',
  describe: 'Run the suite against a provider',
  builder: flagsOfRun,
  handler: async (flags) => {
    const { config } = flags;
    const options = {
      ...runOptionsOf(flags, targetOf(flags, process.env)),
      ...(config === undefined ? {} : { targetFile: config }),
    };
    if (flags.dryRun === true) await printPlan(options);
    else await runAndPresent(options, presentationOf(flags));
  },
};
