import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { openDatabases } from '../../harness/databases.js';

t.setTimeout(300_000);

const script = fileURLToPath(new URL('../../../scripts/kill-replicas.mjs', import.meta.url));

const databases = await openDatabases();
if (typeof databases === 'string') t.plan(0, databases);
else {
  const { create, end } = databases;
  t.teardown(end);
  void t.test('two kills lose nothing, do nothing twice, and no status goes back', async (t) => {
    const args = [script, '--database', await create(), '--kills', '2', '--clients', '2'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const figures = JSON.parse(stdout) as Record<string, number>;
    t.match(figures, { kills: 2, lost: 0, doubled: 0, wentBack: 0 });
    t.ok((figures.requests ?? 0) > 0, `${figures.requests} requests`);
  });
}
