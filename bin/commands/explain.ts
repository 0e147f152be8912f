/** `scim-conformance explain ID`: one requirement, where it comes from and how it is tested. */
import type { CommandModule } from 'yargs';
import { findGuide, findRequirement, judges, scenarios } from '../../suites/index.js';
import { UsageError } from '../usage-error.js';

const needsLine = (needs: Record<string, string | undefined>): string => {
  const said = Object.entries(needs).map(([what, value]) => `${what} ${value ?? ''}`);
  return said.length === 0 ? 'nothing beyond synchronous SCIM' : said.join(', ');
};

export const explainCommand: CommandModule<unknown, { id?: string | undefined }> = {
  command: 'explain <id>',
  describe: 'Explain one requirement',
  builder: (yargs) => yargs.positional('id', { type: 'string', describe: 'Such as STAT-03' }),
  handler: ({ id = '' }) => {
    const requirement = findRequirement(id);
    if (requirement === undefined) {
      throw new UsageError(`there is no requirement «${id}»; «scim-conformance list» shows them all`);
    }
    const entry = judges.get(requirement.id);
    const guide = findGuide(requirement.id);
    const from = scenarios.filter(({ name }) => entry?.from !== 'every' && (entry?.from.includes(name) ?? false));
    const tested =
      entry === undefined
        ? ['not implemented in this version: reported as such, never as a pass']
        : entry.from === 'every'
          ? ['looks at the exchanges of every scenario']
          : from.map(({ name, title }) => `${name}: ${title}`);
    process.stdout.write(
      [
        `${requirement.id} (${requirement.level})`,
        `  ${requirement.title}`,
        '',
        'Source',
        ...requirement.source.map(({ label, href }) => `  ${label}${href === undefined ? '' : `  ${href}`}`),
        '',
        'Needs',
        `  ${needsLine({ ...requirement.needs })}`,
        '',
        'Why it matters',
        `  ${guide?.why ?? ''}`,
        '',
        'How it is tested',
        `  ${guide?.tested ?? ''}`,
        '',
        'How to meet it',
        `  ${guide?.fix ?? ''}`,
        '',
        'Tested by',
        ...tested.map((line) => `  ${line}`),
        '',
        'Run it alone',
        `  scim-conformance --target URL --only ${requirement.id}`,
        '',
      ].join('\n'),
    );
  },
};
