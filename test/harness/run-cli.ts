/** Runs the built command line as a user does, gathers what it says, and holds what it writes against the schemas. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { schemaRefusal, traceRefusal } from './valid.js';

const entry = fileURLToPath(new URL('../../dist/bin/scim-conformance.js', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Told of all standard output so far, whenever there is more. */
  readonly onOutput?: (stdout: string, child: ChildProcess) => void;
}

/** Why a file that a command wrote is not what it should be. */
const refusalsOf = (args: readonly string[]): string[] => {
  // Their --json is something else.
  if (['diff', 'list', 'self-test'].includes(args[0] ?? '')) return [];
  return args.flatMap((file, index) => {
    const flag = args[index - 1] ?? '';
    if (!['--json', '--trace'].includes(flag) || statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
      return [];
    const text = readFileSync(file, 'utf8');
    const refusal = flag === '--json' ? schemaRefusal('files/report', JSON.parse(text)) : traceRefusal(text);
    return refusal === undefined ? [] : [`${flag} ${file}: ${refusal}`];
  });
};

/** Rejects where the report or the trace that the command wrote does not keep its schema. */
export const runCli = async (args: readonly string[], options: CliOptions = {}): Promise<CliResult> => {
  const result = await run(args, options);
  // Where it was used wrongly it wrote nothing, and the file is an older one.
  const refusals = result.code === 2 ? [] : refusalsOf(args);
  if (refusals.length > 0) throw new Error(refusals.join('\n'));
  return result;
};

const run = (args: readonly string[], { env = {}, onOutput }: CliOptions): Promise<CliResult> =>
  new Promise((resolve, reject) => {
    // Credentials of whoever runs the tests are no part of them.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('SCIM_'));
    const child = spawn(process.execPath, [entry, ...args], {
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      onOutput?.(stdout, child);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
