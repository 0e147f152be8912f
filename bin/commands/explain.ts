/** `scim-conformance explain ID`: what a requirement demands, why it matters, how it is tested, and how to meet it. */
import pc from 'picocolors';
import type { CommandModule } from 'yargs';
import { findRequirement, type Profile, type Requirement } from '../../suites/index.js';
import { chosenProfile, profileFlag, type ProfileFlags } from '../options/profile-option.js';
import { explanationOf } from '../explain/explanation.js';
import { explanationText } from '../explain/explanation-text.js';
import { nearIds } from '../explain/near-ids.js';
import { UsageError } from '../usage/usage-error.js';

/** Longer lines are hard to read. */
const longestLine = 100;

const suggestionFor = (id: string, { requirements }: Profile): string => {
  const near = nearIds(
    id,
    requirements.map((each) => each.id),
  );
  return near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
};

interface ExplainFlags extends ProfileFlags {
  readonly id?: string | undefined;
}

/** Throws UsageError, which says whether a profile file has retired it. */
const requirementOf = (id: string, profile: Profile): Requirement => {
  const requirement = findRequirement(id, profile);
  if (requirement !== undefined) return requirement;
  const reason = profile.overlay?.retired[id.toUpperCase()];
  throw new UsageError(
    reason === undefined
      ? `there is no requirement «${id}»${suggestionFor(id, profile)} («scim-conformance list» shows them all)`
      : `profile ${profile.version} retires ${id.toUpperCase()}: ${reason}`,
  );
};

export const explainCommand: CommandModule<unknown, ExplainFlags> = {
  command: 'explain <id>',
  describe: 'Explain one requirement: why it matters, how it is tested, how to meet it',
  builder: (yargs) =>
    profileFlag(yargs).positional('id', { type: 'string', describe: 'Id of the requirement, such as STAT-03' }),
  handler: async ({ id = '', profile }) => {
    const chosen = chosenProfile(profile);
    const requirement = requirementOf(id, chosen.profile);
    const { isTTY, columns } = process.stdout;
    const { green, red, dim, bold } = pc.createColors(isTTY && pc.isColorSupported);
    process.stdout.write(
      explanationText(await explanationOf(requirement, chosen.profile, profile), {
        width: Math.min(longestLine, isTTY ? columns : longestLine),
        strong: bold,
        good: green,
        bad: red,
        dim,
      }),
    );
  },
};
