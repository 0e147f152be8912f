import t from 'tap';
import { startMock, StoreError, type Mock, type MockOptions } from '../../../../mock/index.js';
import { openDatabases } from '../../../harness/databases.js';
import { asynchronous, bulk, clientOf, untilCompleted, user, type Send } from '../../../contract/mock/client.js';

t.setTimeout(300_000);

const databases = await openDatabases();
if (typeof databases === 'string') t.plan(0, databases);
else {
  const { create, end } = databases;
  t.teardown(end);
  const url = await create();
  const clients: NonNullable<MockOptions['clients']> = [
    { name: 'primary', token: 'one' },
    { name: 'second', token: 'two' },
  ];
  const publicUrl = 'http://provider.example/scim/v2';

  const start = async (options: MockOptions = {}): Promise<{ mock: Mock; send: Send }> => {
    const mock = await startMock({ store: url, clients, publicUrl, retryAfterSeconds: 0, ...options });
    return { mock, send: clientOf(mock) };
  };
  /** The path of a URL in an answer, which names the public host. */
  const pathOf = (location: string | null): string => (location ?? '').slice(publicUrl.length);

  void t.test('what one process accepts, another runs, a third shows', async (t) => {
    // Without workers it can only accept.
    const [front, back, other] = [await start({ workers: 0 }), await start(), await start({ workers: 0 })];
    t.teardown(() => Promise.all([front, back, other].map(({ mock }) => mock.stop())));
    const accepted = await front.send('POST', '/Users', { body: user('shared@example.com'), headers: asynchronous });
    t.equal(accepted.status, 202);
    const status = await untilCompleted(other.send, pathOf(accepted.headers.get('location')));
    t.match(status, { operationsCount: { success: 1 }, state: 'completed' });
    const [result] = status.Operations as { location: string }[];
    t.match(await front.send('GET', pathOf(result?.location ?? '')), {
      status: 200,
      body: { userName: 'shared@example.com' },
    });
    const taken = await other.send('POST', '/Users', { body: user('SHARED@example.com') });
    t.match(taken, { status: 409, body: { scimType: 'uniqueness' } });
  });

  void t.test('a request is cancelled in another process, and repeated in a third', async (t) => {
    const [one, two, three] = [await start({ workers: 0 }), await start({ workers: 0 }), await start({ workers: 0 })];
    const requestOf = (bulkId: string) =>
      bulk([{ method: 'POST', path: '/Users', bulkId, data: user('once@example.com') }]);
    const body = requestOf('a');
    const headers = { ...asynchronous, 'X-Request-ID': 'the-same-everywhere' };
    const accepted = await one.send('POST', '/Bulk', { body, headers });
    const place = pathOf(accepted.headers.get('location'));
    t.equal(accepted.status, 202);
    t.equal((await two.send('DELETE', place)).status, 204);
    const again = await three.send('POST', '/Bulk', { body, headers });
    t.equal(again.headers.get('location'), accepted.headers.get('location'));
    t.equal((await three.send('POST', '/Bulk', { body: requestOf('b'), headers })).status, 409);
    await Promise.all([one, two, three].map(({ mock }) => mock.stop()));
    const worker = await start();
    t.teardown(() => worker.mock.stop());
    const status = await untilCompleted(worker.send, place);
    t.match(status, { operationsCount: { failed: 1 }, Operations: [{ status: '424' }] });
  });

  void t.test('buckets, status tokens, keys and the streams of events are those of all', async (t) => {
    const rateLimit = { capacity: 4, refillPerSecond: 0.001 };
    const [one, two] = [await start({ rateLimit }), await start({ rateLimit })];
    t.teardown(() => Promise.all([one, two].map(({ mock }) => mock.stop())));
    const accepted = await one.send('POST', '/Users', { body: user(), headers: asynchronous });
    const place = pathOf(accepted.headers.get('location'));
    const token = accepted.body.statusToken as { value: string };
    const withToken = await two.send('GET', place, { headers: { Authorization: `Bearer ${token.value}` } });
    t.equal(withToken.status, 200);
    const keys = await Promise.all([one, two].map(({ send }) => send('GET', '/jwks.json')));
    t.match(keys[0]?.body.keys, [{ kty: 'EC' }]);
    t.strictSame(keys[0]?.body, keys[1]?.body);
    const poll = { returnImmediately: true };
    await untilCompleted(two.send, place);
    const first = await one.send('POST', '/events/poll', { body: poll, as: 'second' });
    const [jti] = Object.keys(first.body.sets as object);
    t.type(jti, 'string');
    const then = await two.send('POST', '/events/poll', {
      body: { ...poll, ack: Object.keys(first.body.sets as object) },
      as: 'second',
    });
    t.strictSame(then.body.sets, {}, 'what was acknowledged there is not sent here');
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1)
      for (const { send } of [one, two]) statuses.push((await send('GET', '/Users?count=0')).status);
    t.ok(statuses.includes(429), String(statuses));
    t.ok(statuses.filter((status) => status === 200).length < 4, 'the bucket is not there twice');
  });

  void t.test('an event wakes a poll in another process', async (t) => {
    const [one, two] = [await start(), await start({ longPollSeconds: 60 })];
    t.teardown(() => Promise.all([one, two].map(({ mock }) => mock.stop())));
    for (;;) {
      const { body } = await two.send('POST', '/events/poll', { body: { returnImmediately: true } });
      const acknowledged = Object.keys(body.sets as object);
      if (acknowledged.length === 0) break;
      await two.send('POST', '/events/poll', { body: { ack: acknowledged, maxEvents: 0 } });
    }
    const waiting = two.send('POST', '/events/poll', { body: {} });
    await one.send('POST', '/Users', { body: user() });
    t.equal(Object.keys((await waiting).body.sets as object).length, 1);
  });

  void t.test('operations on one resource run in the order of acceptance, whoever accepts and runs them', async (t) => {
    const processes = [await start({ operationMillis: 0 }), await start({ operationMillis: 0 })] as const;
    t.teardown(() => Promise.all(processes.map(({ mock }) => mock.stop())));
    const created = await processes[0].send('POST', '/Users', { body: user() });
    const path = `/Users/${String(created.body.id)}`;
    const places: string[] = [];
    for (let count = 0; count < 30; count += 1) {
      const body = { ...user(String(created.body.userName)), displayName: String(count) };
      const { headers } = await (processes[count % 2] ?? processes[0]).send('PUT', path, {
        body,
        headers: asynchronous,
      });
      places.push(pathOf(headers.get('location')));
    }
    const versions: unknown[] = [];
    for (const place of places) {
      const { Operations } = await untilCompleted(processes[0].send, place);
      versions.push((Operations as { version: string }[])[0]?.version);
    }
    t.strictSame(
      versions,
      places.map((_, index) => `W/"${index + 2}"`),
    );
  });

  void t.test('text that no database holds is an error of the client or is kept, but no 5xx', async (t) => {
    const { mock, send } = await start();
    t.teardown(() => mock.stop());
    const name = 'zero\u0000zero@example.com';
    const created = await send('POST', '/Users', { body: user(name) });
    t.match(created, { status: 201, body: { userName: name } });
    t.match(await send('GET', `/Users/${String(created.body.id)}`), { body: { userName: name } });
    t.equal((await send('GET', '/Users/%00')).status, 404);
    t.equal((await send('GET', '/provision/%00/status')).status, 404);
    t.equal((await send('POST', '/events/poll', { body: { ack: ['\u0000'], maxEvents: 0 } })).status, 200);
  });

  void t.test('a database that is not there, or is newer, is named', async (t) => {
    const unreachable = new URL(url);
    unreachable.port = '1';
    unreachable.password = 'secret';
    await t.rejects(startMock({ store: unreachable.href }), { code: 'store-unreachable' });
    const error: unknown = await startMock({ store: unreachable.href }).catch((caught: unknown) => caught);
    t.ok(error instanceof StoreError && !error.message.includes('secret'));
    await t.rejects(startMock({ store: 'mysql://host/database' }), { code: 'store-url' });
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      "insert into scim_mock.migrations (name, run_on) values ('29990101000000_from-the-future', now())",
    );
    await client.end();
    await t.rejects(startMock({ store: url }), { code: 'store-newer' });
  });
}
