/** `scim-conformance list`: every requirement of the profile, a line each. */
import type { CommandModule } from 'yargs';
import { judges, select, SelectionError } from '../../suites/index.js';
import { UsageError } from '../usage-error.js';

interface ListFlags {
  readonly suite: string[];
  readonly json: boolean;
}

export const listCommand: CommandModule<unknown, ListFlags> = {
  command: 'list',
  describe: 'List the requirements',
  builder: (yargs) =>
    yargs
      .option('suite', { type: 'string', array: true, default: [] as string[], describe: 'These groups only' })
      .option('json', { type: 'boolean', default: false, describe: 'As JSON' }),
  handler: ({ suite, json }) => {
    try {
      const selected = select({ suites: suite, only: [] });
      process.stdout.write(
        json
          ? `${JSON.stringify(
              selected.map((requirement) => ({ ...requirement, implemented: judges.has(requirement.id) })),
              null,
              2,
            )}\n`
          : selected
              .map(
                ({ id, level, title }) =>
                  `${id.padEnd(8)} ${level.padEnd(6)} ${title}${judges.has(id) ? '' : ' (not implemented)'}\n`,
              )
              .join(''),
      );
    } catch (error) {
      if (error instanceof SelectionError) throw new UsageError(error.message);
      throw error;
    }
  },
};
