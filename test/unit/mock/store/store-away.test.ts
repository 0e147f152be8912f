import t from 'tap';
import { startMock } from '../../../../mock/index.js';
import { asynchronous, bulk, clientOf, untilCompleted, user } from '../../../contract/mock/client.js';
import { wayTo } from '../../../harness/cuttable-way.js';
import { openDatabases } from '../../../harness/databases.js';

t.setTimeout(300_000);

const databases = await openDatabases();
if (typeof databases === 'string') t.plan(0, databases);
else {
  const { create, end } = databases;
  t.teardown(end);

  void t.test(
    'without the database, requests are answered 503, and what was accepted is done when it is back',
    async (t) => {
      const url = new URL(await create());
      const way = await wayTo(url.hostname, Number(url.port || '5432'));
      t.teardown(() => way.cut());
      url.hostname = '127.0.0.1';
      url.port = String(way.port);
      const mock = await startMock({
        store: url.href,
        retryAfterSeconds: 0,
        operationMillis: 0,
        workers: 0,
      });
      t.teardown(() => mock.stop());
      const send = clientOf(mock);
      const body = bulk([{ method: 'POST', path: '/Users', bulkId: 'a', data: user('waits@example.com') }]);
      const accepted = await send('POST', '/Bulk', { body, headers: asynchronous });
      t.equal(accepted.status, 202);
      const place = (accepted.headers.get('location') ?? '').slice(mock.url.length);
      await way.cut();
      const requests = [
        () => send('GET', '/Users'),
        () => send('POST', '/Users', { body: user('refused@example.com') }),
        () => send('POST', '/Users', { body: user('refused@example.com'), headers: asynchronous }),
        () => send('GET', place),
      ];
      for (const request of requests) {
        const { status, headers, body: error } = await request();
        t.equal(status, 503);
        t.equal(headers.get('retry-after'), '1');
        t.match(error, { status: '503', detail: 'The store does not answer now.' });
      }
      await way.join();
      const worker = await startMock({ store: url.href, retryAfterSeconds: 0, operationMillis: 0 });
      t.teardown(() => worker.stop());
      t.match(await untilCompleted(send, place), { state: 'completed' });
      t.match(await send('GET', '/Users'), { status: 200, body: { totalResults: 1 } });
    },
  );
}
