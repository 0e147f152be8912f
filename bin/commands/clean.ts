/** `scim-conformance clean --run ID`: deletes the resources that an earlier run left on the target. */
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
      demandOption: 'give the id of the run with --run, such as --run 1a2b3c4d; the report shows it',
      describe: 'Id of the run, such as 1a2b3c4d; its report shows it',
    }),
  handler: async (flags) => {
    const { run = '' } = flags;
    // The id is part of a filter that selects what is deleted, so that it must not match anything else.
    if (!/^[0-9a-f]{8}$/.test(run))
      throw new UsageError(
        `--run «${run}» is not the id of a run: 8 hexadecimal digits were expected, as the report shows them`,
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
