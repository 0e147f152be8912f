import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { openDatabases } from '../../harness/databases.js';

t.setTimeout(600_000);

const script = fileURLToPath(new URL('../../../scripts/kills/run.mjs', import.meta.url));

/** Runs the script, which exits with 1 if anything is lost, doubled or goes back. */
const figuresOf = async (...args: string[]): Promise<Record<string, unknown>> => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--clients', '2', ...args]);
  return JSON.parse(stdout) as Record<string, unknown>;
};

const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const none = { lost: 0, doubled: 0, wentBack: 0, crashed: 0 };

const databases = await openDatabases();
if (typeof databases === 'string') t.plan(0, databases);
else {
  const { create, end } = databases;
  t.teardown(end);

  void t.test('kills of a process lose nothing, do nothing twice, and no status goes back', async (t) => {
    const figures = await figuresOf('--kill', 'replicas', '--kills', '2', '--database', await create());
    t.match(figures, { killed: { mocks: 2 }, ...none });
    t.ok(Number(figures.requests) > 0, `${Number(figures.requests)} requests`);
  });

  void t.test('neither do kills of the database', async (t) => {
    const figures = await figuresOf('--kill', 'database', '--kills', '2');
    t.match(figures, { killed: { postgres: 2 }, ...none });
    t.ok(Number(figures.requests) > 0, `${Number(figures.requests)} requests`);
  });

  const skip = isInstalled('rabbitmq-server') ? false : 'rabbitmq-server is not installed';
  void t.test('nor kills of the broker and of a process that has its messages', { skip }, async (t) => {
    const figures = await figuresOf('--kill', 'broker', '--kills', '2', '--database', await create());
    t.match(figures, none);
    t.equal(figures.requests, figures.messages);
    t.ok(Number(figures.messages) > 0, `${Number(figures.messages)} messages`);
  });
}
