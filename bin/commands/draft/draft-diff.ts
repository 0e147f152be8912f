/** `scim-conformance draft diff OLD NEW`: what a newer text demands more, less or otherwise. */
import type { CommandModule } from 'yargs';
import { diffDrafts, diffFormats, normativeSentences } from '../../../drafts/index.js';
import { readJson } from '../../files/read-file.js';
import { readDraftFile } from './read-draft-file.js';

interface DiffFlags {
  readonly old?: string | undefined;
  readonly new?: string | undefined;
  readonly map?: string | undefined;
  readonly format: keyof typeof diffFormats;
}

export const draftDiffCommand: CommandModule<unknown, DiffFlags> = {
  command: 'diff <old> <new>',
  describe:
    'Show which normative sentences became stricter, looser, new, gone or other words. Exit code 1: there are some',
  builder: (yargs) =>
    yargs
      .positional('old', { type: 'string', describe: 'The older text' })
      .positional('new', { type: 'string', describe: 'The newer text' })
      .option('map', {
        type: 'string',
        requiresArg: true,
        describe: 'Map of the older text, which names the requirements that a change touches',
      })
      .option('format', {
        choices: Object.keys(diffFormats) as (keyof typeof diffFormats)[],
        default: 'pretty' as const,
        requiresArg: true,
        describe: 'Format of the output',
      }),
  handler: ({ old = '', new: recent = '', map, format }) => {
    const entries = map === undefined ? [] : readJson(map, '--map', 'files/draft-map').sentences;
    const [before, after] = [old, recent].map((file) => normativeSentences(readDraftFile(file)));
    const changes = diffDrafts(before ?? [], after ?? []).map((change) => ({
      ...change,
      touches: entries.find(({ id }) => id === change.before?.id)?.requirements ?? [],
    }));
    process.stdout.write(diffFormats[format]({ before: old, after: recent, changes }));
    process.exitCode = changes.length > 0 ? 1 : 0;
  },
};
