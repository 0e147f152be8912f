/** `scim-conformance draft requirements FILE`: the normative sentences of a draft against the requirements of a profile. */
import { existsSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { checkMap, mapFormats, normativeSentences, updateMap, type MappedRequirement } from '../../../drafts/index.js';
import type { DraftMap } from '../../../schemas/types.js';
import type { Profile } from '../../../suites/index.js';
import { readJson } from '../../files/read-file.js';
import { writeWhole } from '../../files/write-file.js';
import { profileFlag, profileOf } from '../../options/profile-option.js';
import { UsageError } from '../../usage/usage-error.js';
import { readDraftFile } from './read-draft-file.js';

interface RequirementsFlags {
  readonly file?: string | undefined;
  readonly map: string;
  readonly cites?: string | undefined;
  readonly write: boolean;
  readonly format: keyof typeof mapFormats;
  readonly profile?: string | undefined;
}

/** The map in the file, or an empty one if it is to be written. Throws UsageError. */
const readMap = ({ map, cites, write }: RequirementsFlags): DraftMap => {
  if (existsSync(map)) return readJson(map, '--map', 'files/draft-map');
  if (!write) throw new UsageError(`--map ${map} does not exist: add --write to make it`);
  if (cites === undefined)
    throw new UsageError(
      '--cites is needed for a new map: how requirements cite the draft, such as --cites "RFC 9967"',
    );
  return { format: 1, cites, sentences: [] };
};

const mapped = ({ requirements }: Profile): MappedRequirement[] =>
  requirements.map(({ id, level, source }) => ({ id, level, cites: source.map(({ label }) => label) }));

export const draftRequirementsCommand: CommandModule<unknown, RequirementsFlags> = {
  command: 'requirements <file>',
  describe:
    'Compare normative sentences with requirements, by a map that is reviewed like code. Exit code 1: there is something to review',
  builder: (yargs) =>
    profileFlag(yargs)
      .positional('file', { type: 'string', describe: 'The draft: RFC text, kramdown-rfc Markdown or RFCXML' })
      .option('map', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'JSON file that says which requirement tests which sentence (schemas/files/draft-map.json)',
      })
      .option('write', {
        type: 'boolean',
        default: false,
        describe: 'Add new sentences to the map, keep what was reviewed, and remove sentences that are gone',
      })
      .option('cites', {
        type: 'string',
        requiresArg: true,
        describe: 'With --write, for a new map: how requirements cite the draft, such as "RFC 9967"',
      })
      .option('format', {
        choices: Object.keys(mapFormats) as (keyof typeof mapFormats)[],
        default: 'pretty' as const,
        requiresArg: true,
        describe: 'Format of the output',
      }),
  handler: async (flags) => {
    const { file = '', format } = flags;
    const sentences = normativeSentences(readDraftFile(file));
    const before = readMap(flags);
    // A text without a sentence is the wrong file, and no reason to empty the map.
    const isWritten = flags.write && sentences.length > 0;
    const { map, removed } = isWritten ? updateMap(before, sentences) : { map: before, removed: [] };
    if (isWritten) await writeWhole(flags.map, `${JSON.stringify(map, null, 2)}\n`, '--map');
    const findings = checkMap(sentences, map, mapped(profileOf(flags.profile)));
    process.stdout.write(mapFormats[format]({ file, sentences, findings, removed }));
    process.exitCode = findings.length > 0 ? 1 : sentences.length === 0 ? 3 : 0;
  },
};
