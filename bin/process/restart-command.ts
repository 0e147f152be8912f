/** Runs the command of --restart-command in a shell. */
import { spawn } from 'node:child_process';

/** Milliseconds that the command may take; it may end before the provider is back. */
const timeoutMs = 60_000;

/**
 * Resolves when the command has ended with exit code 0, and rejects if it ends in another way or takes too long. Nothing of
 * the terminal is given to it, because the provider that it starts may go on after the run.
 */
export const runRestartCommand = (command: string, milliseconds = timeoutMs): Promise<void> =>
  new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C ends the run, and not the provider.
    const child = spawn(command, { shell: true, stdio: 'ignore', detached: true });
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      reject(new Error(`the command of --restart-command takes more than ${milliseconds / 1000} seconds`));
    }, milliseconds);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`the command of --restart-command cannot be run (${error.message})`));
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else
        reject(
          new Error(
            code === null
              ? `the command of --restart-command was ended by ${signal ?? 'a signal'}`
              : `the command of --restart-command has ended with exit code ${code}`,
          ),
        );
    });
  });
