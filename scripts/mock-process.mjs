/** Starts mocks of the build as processes of their own, because only a process can be killed, can crash, and has a heap. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/bin/scim-conformance.js', import.meta.url));

/** The bearer token of the first client. */
export const token = 'mock-process';

/** A file for `mock --config`, and how to remove it. `options`: members of schemas/files/mock.json. */
export const writeConfig = async (options) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'mock-process-'));
  const config = path.join(folder, 'mock.json');
  const clients = [
    { name: 'primary', token },
    { name: 'second', token: 'nobody' },
  ];
  await writeFile(config, JSON.stringify({ clients, quiet: true, ...options }));
  return { config, remove: () => rm(folder, { recursive: true, force: true }) };
};

/**
 * `config`: undefined for the defaults. Resolves when the mock listens: its process, its URL, the milliseconds that this took, and whether it has ended by itself;
 * `kill` (SIGKILL) and `stop` (SIGTERM) resolve when the process is gone. `nodeArgs`: arguments of Node.js.
 */
export const startMock = (config, nodeArgs = []) =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const configured = config === undefined ? [] : ['--config', config];
    const child = spawn(process.execPath, [...nodeArgs, cli, 'mock', ...configured, '--quiet'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let isWanted = true;
    let hasEnded = false;
    const gone = new Promise((ended) =>
      child.once('exit', (code, signal) => {
        hasEnded = true;
        ended();
        reject(new Error(`a mock ended with ${code ?? signal} before it listened`));
      }),
    );
    const end = (signal) => {
      // What has ended before was not asked to.
      if (!hasEnded) isWanted = false;
      child.kill(signal);
      return gone;
    };
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const url = /listens at (\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      resolve({
        pid: child.pid,
        url,
        millis: performance.now() - begun,
        hasCrashed: () => isWanted && hasEnded,
        kill: () => end('SIGKILL'),
        stop: () => end('SIGTERM'),
      });
    });
  });
