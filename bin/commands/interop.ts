/** `scim-conformance interop NAME=RUN.json …`: what several implementations made of the same text. */
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { interopFormats } from '../../reports/interop/formats.js';
import type { Implementation } from '../../reports/interop/matrix.js';
import { readReport } from '../files/read-file.js';
import { writeWhole } from '../files/write-file.js';
import { UsageError } from '../usage/usage-error.js';

interface InteropFlags {
  readonly runs?: string[] | undefined;
  readonly format: keyof typeof interopFormats;
  readonly output: string;
}

/** `NAME=FILE`, or a file whose name is that of the implementation. */
const implementationOf = (given: string): Implementation => {
  const [, name, file = given] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  return { name: name ?? path.basename(file, path.extname(file)), report: readReport(file) };
};

/** Throws UsageError. */
const implementationsOf = (runs: readonly string[]): Implementation[] => {
  const implementations = runs.map(implementationOf);
  const twice = implementations.find(
    ({ name }, place) => implementations.findIndex((each) => each.name === name) < place,
  );
  if (twice !== undefined)
    throw new UsageError(`two implementations have the name ${twice.name}: name them, as in "Example 2.0=run.json"`);
  return implementations;
};

export const interopCommand: CommandModule<unknown, InteropFlags> = {
  command: 'interop <runs..>',
  describe:
    'Compare the JSON reports of several implementations, first what the text leaves open and where they differ; or make an Implementation Status section (RFC 7942)',
  builder: (yargs) =>
    yargs
      .positional('runs', { type: 'string', array: true, describe: 'JSON reports, as NAME=FILE or FILE' })
      .option('format', {
        choices: Object.keys(interopFormats) as (keyof typeof interopFormats)[],
        default: 'markdown' as const,
        requiresArg: true,
        describe: 'A matrix, or an Implementation Status section in Markdown or RFCXML',
      })
      .option('output', {
        type: 'string',
        default: '-',
        requiresArg: true,
        describe: 'File for it; - is standard output',
      }),
  handler: async ({ runs = [], format, output }) => {
    await writeWhole(output, interopFormats[format](implementationsOf(runs)), '--output');
  },
};
