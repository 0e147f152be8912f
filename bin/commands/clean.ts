/** `scim-conformance clean --run ID`: deletes what a run left on the target. */
import type { CommandModule } from 'yargs';
import { printable } from '../../reports/text/visible-text.js';
import { cleanRun } from '../../suites/index.js';
import { reach } from '../presentation/reach.js';
import { configFlag, targetFlags, targetOf, type TargetFlags } from '../options/target-options.js';
import { UsageError } from '../usage/usage-error.js';

interface CleanFlags extends TargetFlags {
  readonly run?: string | undefined;
}

export const cleanCommand: CommandModule<unknown, CleanFlags> = {
  command: 'clean',
  describe: 'Delete what a run left behind on the target',
  builder: (yargs) =>
    configFlag(targetFlags(yargs), ['target', 'insecure']).option('run', {
      type: 'string',
      requiresArg: true,
      demandOption: 'name the run with --run, such as --run 1a2b3c4d: its report says its name',
      describe: 'The name of the run, as its report says it, such as 1a2b3c4d',
    }),
  handler: async (flags) => {
    const { run = '' } = flags;
    // The name is used in a filter that selects what is deleted: it must not match anything else.
    if (!/^[0-9a-f]{8}$/.test(run))
      throw new UsageError(
        `--run «${run}» is not the name of a run: 8 digits from 0 to f were expected, as its report says it`,
      );
    await reach(async () => {
      const { deleted, left } = await cleanRun({ target: targetOf(flags, process.env) }, run);
      const lines = [
        ...deleted.map((url) => `deleted ${printable(url)}`),
        ...left.map((what) => `left    ${printable(what)}`),
        deleted.length + left.length === 0
          ? `Nothing of run ${run} is left (nothing has a name that begins with scimc-${run}-).`
          : `${deleted.length} deleted, ${left.length} left.`,
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
      if (left.length > 0) process.exitCode = 1;
    });
  },
};
