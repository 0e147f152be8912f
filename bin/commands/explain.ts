/** `scim-conformance explain ID`: what a requirement demands, why it matters, how it is tested, and how to meet it. */
import pc from 'picocolors';
import type { CommandModule } from 'yargs';
import { defaultProfile, findRequirement } from '../../suites/index.js';
import { explanationOf } from '../explain/explanation.js';
import { explanationText } from '../explain/explanation-text.js';
import { nearIds } from '../explain/near-ids.js';
import { UsageError } from '../usage/usage-error.js';

/** Longer lines are hard to read. */
const longestLine = 100;

const suggestionFor = (id: string): string => {
  const near = nearIds(
    id,
    defaultProfile.requirements.map((each) => each.id),
  );
  return near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
};

export const explainCommand: CommandModule<unknown, { id?: string | undefined }> = {
  command: 'explain <id>',
  describe: 'Explain one requirement: why it matters, how it is tested, how to meet it',
  builder: (yargs) => yargs.positional('id', { type: 'string', describe: 'Id of the requirement, such as STAT-03' }),
  handler: async ({ id = '' }) => {
    const requirement = findRequirement(id);
    if (requirement === undefined) {
      throw new UsageError(
        `there is no requirement «${id}»${suggestionFor(id)} («scim-conformance list» shows them all)`,
      );
    }
    const { isTTY, columns } = process.stdout;
    const { green, red, dim, bold } = pc.createColors(isTTY && pc.isColorSupported);
    process.stdout.write(
      explanationText(await explanationOf(requirement), {
        width: Math.min(longestLine, isTTY ? columns : longestLine),
        strong: bold,
        good: green,
        bad: red,
        dim,
      }),
    );
  },
};
