/** Runs the built command line as a user does, and gathers what it says. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

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

export const runCli = (args: readonly string[], { env = {}, onOutput }: CliOptions = {}): Promise<CliResult> =>
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
