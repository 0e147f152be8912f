/** `scim-conformance draft …`: for authors of standards. */
import type { CommandModule } from 'yargs';
import { draftCheckCommand } from './draft-check.js';
import { draftDiffCommand } from './draft-diff.js';
import { draftRequirementsCommand } from './draft-requirements.js';

export const draftCommand: CommandModule = {
  command: 'draft <command>',
  describe: 'For authors of standards: check the text of a draft, compare it with requirements or with an older one',
  builder: (yargs) =>
    yargs.command(draftCheckCommand).command(draftRequirementsCommand).command(draftDiffCommand).demandCommand(1),
  handler: () => undefined,
};
