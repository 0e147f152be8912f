/** `scim-conformance draft check FILE`: checks the examples in the text of a draft or an RFC. */
import type { CommandModule } from 'yargs';
import { checkDraft, draftFormats, type DraftFormatName } from '../../../drafts/index.js';
import { writeWhole } from '../../files/write-file.js';
import { profileFlag, profileOf, type ProfileFlags } from '../../options/profile-option.js';
import { readDraftFile } from './read-draft-file.js';

interface CheckFlags extends ProfileFlags {
  readonly file?: string | undefined;
  readonly format: DraftFormatName;
  readonly output: string;
}

export const draftCheckCommand: CommandModule<unknown, CheckFlags> = {
  command: 'check <file>',
  describe:
    'Check every example: HTTP messages, JSON, tokens, and values that go on from one to the next. Exit code 1: there is a finding; 3: the file has no example',
  builder: (yargs) =>
    profileFlag(yargs)
      .positional('file', { type: 'string', describe: 'The draft: RFC text, kramdown-rfc Markdown or RFCXML' })
      .option('format', {
        choices: Object.keys(draftFormats) as DraftFormatName[],
        default: 'pretty' as const,
        requiresArg: true,
        describe: 'Format of the findings',
      })
      .option('output', {
        type: 'string',
        default: '-',
        requiresArg: true,
        describe: 'File for them; - is standard output',
      }),
  handler: async ({ file = '', format, output, profile }) => {
    const check = checkDraft(readDraftFile(file), profileOf(profile).wire);
    await writeWhole(output, draftFormats[format]({ file, checkedAt: new Date(), ...check }), '--output');
    const { messages, bodies } = check.examples;
    process.exitCode = check.findings.length > 0 ? 1 : messages + bodies === 0 ? 3 : 0;
  },
};
