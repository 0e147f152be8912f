/** `scim-conformance init URL`: discovers a target and writes a target file for it, without a secret in it. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { word } from '../../reports/facts/commands.js';
import { printable } from '../../reports/text/visible-text.js';
import { validate } from '../../schemas/validators.js';
import { bindingNames, discoverTarget, type DiscoveredTarget } from '../../suites/index.js';
import { demandWritable, writeWhole } from '../files/write-file.js';
import { givenFlags } from '../options/given-flags.js';
import { reach } from '../presentation/reach.js';
import { composeTargetFile, type ComposedFile } from '../target-file/compose-target-file.js';
import { targetFlags, targetOf, type TargetFlags } from '../options/target-options.js';
import { UsageError } from '../usage/usage-error.js';

interface InitFlags extends TargetFlags {
  readonly output: string;
  readonly force: boolean;
}

const demandFree = ({ output, force }: InitFlags): void => {
  if (output === '-') return;
  if (!force && existsSync(output))
    throw new UsageError(`${output} is there already: name another file with --output, or overwrite it with --force`);
  demandWritable(output, '--output');
};

/** Throws UsageError where a file has come to be there meanwhile. */
const write = async ({ output, force }: InitFlags, text: string): Promise<void> => {
  if (output === '-') process.stdout.write(text);
  else if (force) await writeWhole(output, text, '--output');
  else {
    await writeFile(output, text, { flag: 'wx' }).catch((error: unknown) => {
      throw new UsageError(
        `--output ${output} could not be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }
};

const bindingsOf = ({ bindings, bindingNote }: DiscoveredTarget['facts']): string => {
  const found = bindingNames.filter((name) => bindings[name] !== undefined);
  return found.length === 0
    ? `no asynchronous binding is advertised (${bindingNote}). A run tries both; where you know that one is served, say "serves": ["request-mode"] or the other`
    : `${found.join(' and ')} ${found.length === 1 ? 'is' : 'are'} advertised, and every run will hold the target to it`;
};

/** What was found, and what is to be done now. */
const told = (file: string, { facts, invented }: DiscoveredTarget, { variables }: ComposedFile): string => {
  const missing = variables.filter(({ name, secret }) => process.env[name] !== secret);
  const named = file === '-' ? 'FILE' : word(file);
  return [
    ...(file === '-' ? [] : [`${file} describes ${facts.baseUrl}.`]),
    `- Bindings: ${bindingsOf(facts)}.`,
    ...(invented.length === 0
      ? []
      : [
          `- Resources: the target’s /Schemas demand ${invented.join(', ')}. The values in "resources" are invented: put in such as the target accepts.`,
        ]),
    ...(variables.length === 0
      ? []
      : ['- Secrets: the file names where they are, and holds none. A header that may be one is named, too.']),
    'Next:',
    ...missing.map(({ name, holds }) => `  export ${name}=…    # ${holds}`),
    `  scim-conformance --config ${named} --dry-run    # what a run would do`,
    `  scim-conformance --config ${named}`,
    '',
  ]
    .map(printable)
    .join('\n');
};

export const initCommand: CommandModule<unknown, InitFlags> = {
  command: 'init <target>',
  describe: 'Discover a provider and write a target file for --config; nothing is written to the provider',
  builder: (yargs) =>
    targetFlags(yargs)
      .positional('target', { type: 'string', describe: 'SCIM base URL, such as https://host/scim/v2' })
      .option('output', {
        type: 'string',
        requiresArg: true,
        default: 'scim-target.json',
        describe: 'The file to write; - is standard output',
      })
      .option('force', { type: 'boolean', default: false, describe: 'Overwrite the file where there is one' }),
  handler: async (flags) => {
    if (givenFlags().has('target'))
      throw new UsageError(
        '«init» takes the URL without a flag, as in «init https://host/scim/v2»: leave out --target',
      );
    const target = targetOf(flags, process.env);
    demandFree(flags);
    await reach(async () => {
      const discovered = await discoverTarget({ target });
      const folder = path.resolve(flags.output === '-' ? '.' : path.dirname(flags.output));
      const composed = composeTargetFile(discovered, { target, tokenFile: flags.tokenFile, folder });
      const validation = validate('files/target', composed.content);
      if (!validation.valid)
        throw new Error(`init made a file that is no target file: ${JSON.stringify(validation.violations)}`);
      await write(flags, `${JSON.stringify(composed.content, null, 2)}\n`);
      // Where the file is standard output, only the file is.
      const stream = flags.output === '-' ? process.stderr : process.stdout;
      stream.write(told(flags.output, discovered, composed));
    });
  },
};
