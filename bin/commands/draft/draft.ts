/** `scim-conformance draft …`: for authors of standards. */
import type { CommandModule } from 'yargs';
import { draftCheckCommand } from './draft-check.js';

export const draftCommand: CommandModule = {
  command: 'draft <command>',
  describe: 'For authors of standards: check the text of a draft',
  builder: (yargs) => yargs.command(draftCheckCommand).demandCommand(1),
  handler: () => undefined,
};
