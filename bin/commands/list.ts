/** `scim-conformance list`: the requirements of the profile, one on each line. */
import type { CommandModule } from 'yargs';
import { createTranslator } from '../../schemas/wire/translator.js';
import { select, SelectionError, type Profile } from '../../suites/index.js';
import { profileFlag, profileOf, type ProfileFlags } from '../options/profile-option.js';
import { UsageError } from '../usage/usage-error.js';

interface ListFlags extends ProfileFlags {
  readonly suite: string[];
  readonly json: boolean;
}

/** The requirements that a profile file retires, one on each line. */
const retiredOf = ({ overlay }: Profile): string =>
  Object.entries(overlay?.retired ?? {})
    .map(([id, reason]) => `${id.padEnd(8)} retired: ${reason}\n`)
    .join('');

export const listCommand: CommandModule<unknown, ListFlags> = {
  command: 'list',
  describe: 'List the requirements',
  builder: (yargs) =>
    profileFlag(yargs)
      .option('suite', {
        type: 'string',
        array: true,
        default: [] as string[],
        describe: 'List only these groups, such as CORE or STAT',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' }),
  handler: ({ suite, json, profile }) => {
    try {
      const chosen = profileOf(profile);
      const { words } = createTranslator(chosen.wire ?? {}, () => ['']);
      const shown = (id: string, title: string): string =>
        chosen.overlay?.declared.includes(id) === true ? title : words(title);
      const selected = select({ suites: suite, only: [] }, chosen);
      process.stdout.write(
        json
          ? `${JSON.stringify(
              selected.map(({ id, level, title, source, needs, judging }) => ({
                id,
                level,
                title: shown(id, title),
                source,
                needs,
                implemented: judging !== undefined,
              })),
              null,
              2,
            )}\n`
          : selected
              .map(
                ({ id, level, title, judging }) =>
                  `${id.padEnd(8)} ${level.padEnd(6)} ${shown(id, title)}${judging === undefined ? ' (not implemented)' : ''}\n`,
              )
              .join('') + retiredOf(chosen),
      );
    } catch (error) {
      if (error instanceof SelectionError) throw new UsageError(error.message);
      throw error;
    }
  },
};
