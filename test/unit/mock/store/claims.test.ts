import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import t from 'tap';
import { startMock, systemEnvironment } from '../../../../mock/index.js';
import { Bell } from '../../../../mock/store/postgres/bell.js';
import { Database, type Queries, type Value } from '../../../../mock/store/postgres/database.js';
import { Claims } from '../../../../mock/store/postgres/jobs/claims.js';
import { Heads } from '../../../../mock/store/postgres/jobs/heads.js';
import { StoreAway } from '../../../../mock/store/store-error.js';
import { asynchronous, clientOf, user } from '../../../contract/mock/client.js';
import { openDatabases } from '../../../harness/databases.js';

t.setTimeout(300_000);

const { clock } = systemEnvironment;

const databases = await openDatabases();
if (typeof databases === 'string') t.plan(0, databases);
else {
  const { create, end } = databases;
  t.teardown(end);

  void t.test(
    'what was claimed in a query whose answer was lost is claimed again, long before its lease ends',
    async (t) => {
      const url = await create();
      const mock = await startMock({ store: url, workers: 0 });
      const body = user(`${randomUUID()}@example.com`);
      const accepted = await clientOf(mock)('POST', '/Users', { body, headers: asynchronous });
      t.equal(accepted.status, 202);
      const database = new Database(url, 2);
      const bell = new Bell(database, clock);
      await bell.start();
      t.teardown(async () => {
        claims.close();
        await bell.stop();
        await database.end();
        await mock.stop();
      });
      let lost = 0;
      const forgetful: Queries = {
        query: async <Row extends pg.QueryResultRow>(text: string, values?: readonly Value[]) => {
          const rows = await database.query<Row>(text, values);
          if (lost > 0) return rows;
          lost = rows.length;
          throw new StoreAway('the answer was lost');
        },
      };
      const leaseMillis = 3_600_000;
      const claims = new Claims({ database: forgetful, heads: new Heads(), bell, clock, leaseMillis });
      const claim = await claims.claim(new AbortController().signal);
      t.equal(lost, 1, 'the first query had claimed it');
      t.equal(claim?.job.id, accepted.body.id);
    },
  );

  void t.test('a process that is taken for dead claims nothing until it is among the living again', async (t) => {
    const url = await create();
    const mock = await startMock({ store: url, workers: 0 });
    const database = new Database(url, 2);
    t.teardown(async () => {
      claims.close();
      await database.end();
      await mock.stop();
    });
    await clientOf(mock)('POST', '/Users', { body: user(`${randomUUID()}@example.com`), headers: asynchronous });
    const rings: (() => void)[] = [];
    const bell: { process: number | undefined; on: Bell['on'] } = {
      process: undefined,
      on: (listener) => {
        rings.push(() => listener(undefined));
        return () => undefined;
      },
    };
    let asked = 0;
    const counting: Queries = {
      query: (text, values) => {
        asked += 1;
        return database.query(text, values);
      },
    };
    const claims = new Claims({ database: counting, heads: new Heads(), bell, clock, leaseMillis: 60_000 });
    const claimed = claims.claim(new AbortController().signal);
    for (const ring of rings) ring();
    await clock.sleep(0);
    t.equal(asked, 0);
    bell.process = 1_000_000;
    for (const ring of rings) ring();
    t.equal((await claimed)?.index, 0);
  });
}
