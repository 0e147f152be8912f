/**
 * Runs the built command line, collects its output, and validates the files that it writes against the schemas. All
 * command lines of a test file run in one process, one after another, except those whose test is about the process.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eventsRefusal, schemaRefusal, traceRefusal } from './valid.js';

const entry = new URL('../../dist/bin/scim-conformance.js', import.meta.url);

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Runs the command line in its own process, as for a user. */
  readonly isAlone?: boolean;
  /** Called with all standard output so far, whenever there is more. The command line then has its own process. */
  readonly onOutput?: (stdout: string, child: ChildProcess) => void;
}

/** Why the content of a file that an option names is not what it should be. */
const checks: Readonly<Record<string, (text: string) => string | undefined>> = {
  '--json': (text) => schemaRefusal('files/report', JSON.parse(text)),
  '--trace': traceRefusal,
  '--events': eventsRefusal,
};

/** Why a file that a command wrote is not what it should be. */
const refusalsOf = (args: readonly string[]): string[] => {
  // Their --json is something else.
  if (['diff', 'list', 'self-test'].includes(args[0] ?? '')) return [];
  return args.flatMap((file, index) => {
    const flag = args[index - 1] ?? '';
    const check = checks[flag];
    // What these names mean in the process of the command, they do not mean here.
    const isElsewhere = file.startsWith('/dev/') || statSync(file, { throwIfNoEntry: false })?.isFile() !== true;
    if (check === undefined || isElsewhere) return [];
    const refusal = check(readFileSync(file, 'utf8'));
    return refusal === undefined ? [] : [`${flag} ${file}: ${refusal}`];
  });
};

/** The credentials of the developer must not influence the tests. */
const environmentWith = (env: CliOptions['env']): Record<string, string | undefined> => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SCIM_'))),
  ...env,
});

/** The flags that name a mock and its primary credential. */
export const targetFlags = ({ url, tokens }: { url: string; tokens: { primary: string } }): string[] => [
  '--target',
  url,
  '--token',
  tokens.primary,
];

/** Rejects if the report or the trace that the command wrote does not match its schema. */
export const runCli = async (args: readonly string[], options: CliOptions = {}): Promise<CliResult> => {
  // `completion` ends its process.
  const hasOwn = options.isAlone === true || options.onOutput !== undefined || args[0] === 'completion';
  const result = await (hasOwn ? runAlone(args, options) : runNext(args, options));
  // After a usage error the command has written nothing, and the file is an older one.
  const refusals = result.code === 2 ? [] : refusalsOf(args);
  if (refusals.length > 0) throw new Error(refusals.join('\n'));
  return result;
};

let host: ChildProcess | undefined;

/** The process of this test file; it ends with it. */
const openHost = (): ChildProcess => {
  if (host !== undefined) return host;
  host = fork(fileURLToPath(new URL('./cli-host.mjs', import.meta.url)), [entry.href], { execArgv: [] });
  host.unref();
  host.channel?.unref();
  return host;
};

let last: Promise<unknown> = Promise.resolve();

/** In the process of this test file, after all that were asked for before. */
const runNext = (args: readonly string[], { env }: CliOptions): Promise<CliResult> => {
  const result = last.then(async () => {
    const child = openHost();
    child.ref();
    child.channel?.ref();
    const over = new AbortController();
    try {
      const ended = once(child, 'exit', { signal: over.signal }).then(() => {
        host = undefined;
        throw new Error(`the process ended in: ${args.join(' ')}`);
      });
      child.send({ args, env: environmentWith(env) });
      const [message] = (await Promise.race([once(child, 'message', { signal: over.signal }), ended])) as [CliResult];
      ended.catch(() => undefined);
      return message;
    } finally {
      over.abort();
      child.channel?.unref();
      child.unref();
    }
  });
  last = result.catch(() => undefined);
  return result;
};

/** Starts a command line in its own process, with nothing to read. */
export const spawnCli = (args: readonly string[], env: CliOptions['env'] = {}) =>
  spawn(process.execPath, [fileURLToPath(entry), ...args], {
    env: environmentWith(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const runAlone = (args: readonly string[], { env, onOutput }: CliOptions): Promise<CliResult> =>
  new Promise((resolve, reject) => {
    const child = spawnCli(args, env);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      onOutput?.(stdout, child);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
