import { fileURLToPath } from 'node:url';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { Agent, request, RetryAgent } from 'undici';
import { runRestartCommand } from '../../../bin/process/restart-command.js';
import { openDatabases } from '../../harness/databases.js';
import { runSuite } from '../../harness/run-suite.js';
import { freePort } from '../../providers/reverse-proxy.js';

t.setTimeout(300_000);

const cli = fileURLToPath(new URL('../../../dist/bin/scim-conformance.js', import.meta.url));

const databases = await openDatabases();
if (typeof databases === 'string') t.plan(0, databases);
else {
  const { create, end } = databases;
  t.teardown(end);
  void t.test(
    'a mock on PostgreSQL that is killed (kill -9) and started again resumes what it had accepted',
    async (t) => {
      const folder = await mkdtemp(join(tmpdir(), 'restart-'));
      const port = await freePort();
      const pid = join(folder, 'pid');
      const mock = `"${process.execPath}" "${cli}" mock --store "${await create()}" --port ${port} --token secret`;
      const start = `${mock} & echo $! > "${pid}"`;
      await runRestartCommand(start);
      t.teardown(async () => {
        process.kill(Number(await readFile(pid, 'utf8')));
        await rm(folder, { recursive: true });
      });
      const baseUrl = `http://127.0.0.1:${port}/scim/v2`;
      const headers = { authorization: 'Bearer secret' };
      // It is asked again until it listens.
      const dispatcher = new RetryAgent(new Agent(), { maxRetries: 200, minTimeout: 100, maxTimeout: 100 });
      t.equal((await request(`${baseUrl}/ServiceProviderConfig`, { dispatcher, headers })).statusCode, 200);
      await dispatcher.close();
      const report = await runSuite({
        target: { baseUrl, token: 'secret' },
        only: ['CKPT-01', 'LIFE-01'],
        path: 'restart/0',
        seed: 1,
        restart: () => runRestartCommand(`kill -9 $(cat "${pid}"); ${start}`),
      });
      t.strictSame(
        report.requirements.map(({ id, outcome, evidence }) => [id, outcome, evidence?.actual]),
        [
          ['LIFE-01', 'pass', undefined],
          ['CKPT-01', 'pass', undefined],
        ],
      );
      t.strictSame(report.leftovers, []);
    },
  );
}
