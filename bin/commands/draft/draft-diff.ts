/** `scim-conformance draft diff OLD NEW`: what a newer text demands more, less or otherwise. */
import type { CommandModule } from 'yargs';
import { diffDrafts, diffFormats, normativeSentences, type JudgedProvider } from '../../../drafts/index.js';
import { defaultProfile } from '../../../suites/index.js';
import { readJson } from '../../files/read-file.js';
import { profileOf } from '../../options/profile-option.js';
import { UsageError } from '../../usage/usage-error.js';
import { judgeByBoth } from './judge-by-both.js';
import { profileChanges } from './profile-changes.js';
import { readDraftFile } from './read-draft-file.js';

interface DiffFlags {
  readonly trace?: readonly string[] | undefined;
  readonly 'old-profile'?: string | undefined;
  readonly 'new-profile'?: string | undefined;
  readonly old?: string | undefined;
  readonly new?: string | undefined;
  readonly map?: string | undefined;
  readonly format: keyof typeof diffFormats;
}

export const draftDiffCommand: CommandModule<unknown, DiffFlags> = {
  command: 'diff <old> <new>',
  describe:
    'Show which normative sentences became stricter, looser, new, gone or other words, and which recorded providers pass or fail under which version. Exit code 1: something is different',
  builder: (yargs) =>
    yargs
      .positional('old', { type: 'string', describe: 'The older text' })
      .positional('new', { type: 'string', describe: 'The newer text' })
      .option('map', {
        type: 'string',
        requiresArg: true,
        describe: 'Map of the older text, which names the requirements that a change touches',
      })
      .option('trace', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Recorded runs (--trace of a run) of providers, which are judged by both profiles',
      })
      .option('old-profile', {
        type: 'string',
        requiresArg: true,
        describe: `Profile of the older text, a version or a file (default: ${defaultProfile.version})`,
      })
      .option('new-profile', {
        type: 'string',
        requiresArg: true,
        describe: 'Profile of the newer text, a version or a file',
      })
      .option('format', {
        choices: Object.keys(diffFormats) as (keyof typeof diffFormats)[],
        default: 'pretty' as const,
        requiresArg: true,
        describe: 'Format of the output',
      }),
  handler: async ({ old = '', new: recent = '', map, format, trace = [], ...flags }) => {
    const entries = map === undefined ? [] : readJson(map, '--map', 'files/draft-map').sentences;
    const [before, after] = [old, recent].map((file) => normativeSentences(readDraftFile(file)));
    const changes = diffDrafts(before ?? [], after ?? []).map((change) => ({
      ...change,
      touches: entries.find(({ id }) => id === change.before?.id)?.requirements ?? [],
    }));
    if (trace.length > 0 !== (flags['new-profile'] !== undefined))
      throw new UsageError(
        '--trace and --new-profile belong together: recorded runs are judged by the profiles of both texts',
      );
    const profiles = { before: profileOf(flags['old-profile']), after: profileOf(flags['new-profile']) };
    const providers: JudgedProvider[] = [];
    for (const file of trace) providers.push(await judgeByBoth(file, profiles, changes));
    const compared = { before: old, after: recent, changes, providers };
    const byProfiles = trace.length === 0 ? [] : profileChanges(profiles.before, profiles.after);
    process.stdout.write(diffFormats[format]({ ...compared, profileChanges: byProfiles }));
    process.exitCode = changes.length > 0 || providers.some(({ outcomes }) => outcomes.length > 0) ? 1 : 0;
  },
};
