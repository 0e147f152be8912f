/** `scim-conformance init URL`: discovers a target and writes a target file for it, without secrets. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { shellQuoted } from '../../reports/facts/commands.js';
import { printable } from '../../reports/text/visible-text.js';
import { validate } from '../../schemas/validators.js';
import { bindingNames, discoverTarget, type DiscoveredTarget } from '../../suites/index.js';
import { isStandardOutput, placeOf } from '../files/place.js';
import { writeWhole } from '../files/write-file.js';
import { givenFlags } from '../options/given-flags.js';
import { reach } from '../presentation/reach.js';
import { composeTargetFile, type ComposedFile } from '../target-file/compose-target-file.js';
import { targetFlags, targetOf, type TargetFlags } from '../options/target-options.js';
import { UsageError } from '../usage/usage-error.js';

interface InitFlags extends TargetFlags {
  readonly output: string;
  readonly force: boolean;
}

const demandUnusedName = ({ output, force }: InitFlags): void => {
  if (isStandardOutput(output)) return;
  if (!force && existsSync(output))
    throw new UsageError(`${output} already exists: name another file with --output, or overwrite it with --force`);
  placeOf(output, '--output');
};

/** Throws UsageError if somebody has created the file in the meantime. */
const write = async ({ output, force }: InitFlags, text: string): Promise<void> => {
  if (isStandardOutput(output)) process.stdout.write(text);
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
    ? `no asynchronous binding is advertised (${bindingNote}). A run tries both. If you know that the provider serves one of them, add "serves": ["request-mode"] or ["respond-async"]`
    : `${found.join(' and ')} ${found.length === 1 ? 'is' : 'are'} advertised, so every run will test it`;
};

/** What was discovered, and what to do next. */
const nextSteps = (file: string, { facts, invented }: DiscoveredTarget, { variables }: ComposedFile): string => {
  const demanded = [...invented.user, ...invented.group];
  const missing = variables.filter(({ name, secret }) => process.env[name] !== secret);
  const named = isStandardOutput(file) ? 'FILE' : shellQuoted(file);
  return [
    ...(isStandardOutput(file) ? [] : [`${file} describes ${facts.baseUrl}.`]),
    `- Bindings: ${bindingsOf(facts)}.`,
    ...(demanded.length === 0
      ? []
      : [
          `- Resources: the target’s /Schemas demand ${demanded.join(', ')}. The values in "resources" are invented: replace them by values that the target accepts.`,
        ]),
    ...(variables.length === 0
      ? []
      : [
          '- Secrets: the file contains no secret. It names the variable or file that holds each one, also for every header given with --header.',
        ]),
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
  describe: 'Discover what a provider advertises and write a target file for --config. The provider is only read',
  builder: (yargs) =>
    targetFlags(yargs)
      .positional('target', { type: 'string', describe: 'SCIM base URL, such as https://host/scim/v2' })
      .option('output', {
        type: 'string',
        requiresArg: true,
        default: 'scim-target.json',
        describe: 'File to write; - is standard output',
      })
      .option('force', { type: 'boolean', default: false, describe: 'Overwrite the file if it exists' }),
  handler: async (flags) => {
    if (givenFlags().has('target'))
      throw new UsageError(
        '«init» takes the URL without a flag, as in «init https://host/scim/v2»: leave out --target',
      );
    const target = targetOf(flags, process.env);
    demandUnusedName(flags);
    await reach(async () => {
      const discovered = await discoverTarget({ target });
      const folder = path.resolve(isStandardOutput(flags.output) ? '.' : path.dirname(flags.output));
      const composed = composeTargetFile(discovered, { target, tokenFile: flags.tokenFile, folder });
      const validation = validate('files/target', composed.content);
      if (!validation.valid)
        throw new Error(`init made an invalid target file: ${JSON.stringify(validation.violations)}`);
      await write(flags, `${JSON.stringify(composed.content, null, 2)}\n`);
      // If the file goes to standard output, nothing else may be written there.
      const stream = isStandardOutput(flags.output) ? process.stderr : process.stdout;
      stream.write(nextSteps(flags.output, discovered, composed));
    });
  },
};
