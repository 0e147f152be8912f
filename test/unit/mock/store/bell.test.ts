import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { startMock, systemEnvironment } from '../../../../mock/index.js';
import { Bell } from '../../../../mock/store/postgres/bell.js';
import { Database } from '../../../../mock/store/postgres/database.js';
import { wayTo } from '../../../harness/cuttable-way.js';
import { openDatabases } from '../../../harness/databases.js';

t.setTimeout(300_000);

const databases = await openDatabases();
if (typeof databases === 'string') t.plan(0, databases);
else {
  const { create, end } = databases;
  t.teardown(end);
  void t.test('a process without its connection is not alive, and comes back under another number', async (t) => {
    const store = await create();
    // It makes the schema.
    const mock = await startMock({ store, workers: 0 });
    await mock.stop();
    const url = new URL(store);
    const way = await wayTo(url.hostname, Number(url.port || '5432'));
    url.hostname = '127.0.0.1';
    url.port = String(way.port);
    const database = new Database(url.href, 1);
    const bell = new Bell(database, systemEnvironment.clock);
    await bell.start();
    t.teardown(async () => {
      await bell.stop();
      await database.end();
      await way.cut();
    });
    const numberNow = (): number | undefined => bell.process;
    const before = numberNow() ?? Infinity;
    await way.cut();
    while (numberNow() !== undefined) await sleep(1);
    await way.join();
    while (numberNow() === undefined) await sleep(10);
    const after = numberNow() ?? 0;
    t.ok(after > before, `${after} after ${before}`);
  });
}
