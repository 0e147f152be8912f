import { connect, type Socket } from 'node:net';
import t from 'tap';
import { startMock, type MockOptions } from '../../../../mock/index.js';
import { openDatabases } from '../../../harness/databases.js';
import { asynchronous, bulk, clientOf, user, type Reply } from '../client.js';

const databases = await openDatabases();
t.teardown(() => (typeof databases === 'string' ? undefined : databases.end()));

const start = async (t: { teardown(fn: () => Promise<void>): void }, options: MockOptions = {}, now = () => 0) => {
  const mock = await startMock({
    operationMillis: 0,
    retryAfterSeconds: 1,
    clients: [
      { name: 'primary', token: 'one' },
      { name: 'second', token: 'two' },
    ],
    ...options,
    environment: { clock: { now, sleep: () => Promise.resolve() } },
  });
  t.teardown(() => mock.stop());
  return { mock, send: clientOf(mock) };
};

const limitsOf = ({ status, headers }: Reply) => [
  status,
  headers.get('retry-after'),
  headers.get('ratelimit-policy'),
  headers.get('ratelimit'),
];

const stores = {
  memory: () => Promise.resolve('memory'),
  ...(typeof databases === 'string' ? {} : { postgres: databases.create }),
};

for (const [name, createStore] of Object.entries(stores)) {
  void t.test(`${name}: the quota of a day ends at midnight, and each limit has its own policy`, async (t) => {
    let now = Date.parse('2026-01-01T23:59:50.500Z');
    const store = await createStore();
    const options: MockOptions = { dailyQuota: 2, rateLimit: { capacity: 10, refillPerSecond: 10 }, store };
    const [one, other] = [await start(t, options, () => now), await start(t, options, () => now)];
    const policy = '"default";q=10;w=1, "daily";q=2;w=86400';
    t.strictSame(limitsOf(await one.send('GET', '/Users')), [200, null, policy, '"default";r=9;t=1, "daily";r=1;t=10']);
    // A store that is shared has one quota for all processes.
    const last = store === 'memory' ? one : other;
    t.strictSame(limitsOf(await last.send('GET', '/Users')), [
      200,
      null,
      policy,
      '"default";r=8;t=1, "daily";r=0;t=10',
    ]);
    const refused = await one.send('GET', '/Users');
    t.strictSame(limitsOf(refused), [429, '10', policy, '"default";r=7;t=1, "daily";r=0;t=10']);
    t.match(refused.body, { status: '429', detail: /quota of this day/ });
    t.equal((await one.send('GET', '/Users', { as: 'second' })).status, 200);
    now += 9_500;
    t.match(limitsOf(await one.send('GET', '/Users'))[3], '"daily";r=1;t=86400');
  });
}

void t.test('a client has so many requests in progress, until they are answered or given up', async (t) => {
  const { mock, send } = await start(t, { concurrentRequests: 1, rateLimit: false, longPollSeconds: 60 });
  /** A request whose body does not come, once it is in progress. It is begun again if one of the looks was before it. */
  const begin = async (): Promise<Socket> => {
    for (;;) {
      const socket = connect(mock.port, '127.0.0.1');
      const seen = { refusals: 0 };
      socket.on('data', () => (seen.refusals += 1));
      const { pathname } = new URL(mock.url);
      const fields = 'Host: mock\r\nAuthorization: Bearer one\r\nContent-Type: application/json\r\nContent-Length: 9';
      socket.write(`POST ${pathname}/Users HTTP/1.1\r\n${fields}\r\n\r\n`);
      while (seen.refusals === 0) if ((await send('GET', '/Users')).status === 429) return socket;
      socket.destroy();
    }
  };
  const socket = await begin();
  t.strictSame(limitsOf(await send('GET', '/Users')), [
    429,
    '1',
    '"concurrent";q=1;qu="concurrent-requests"',
    '"concurrent";r=0',
  ]);
  t.equal((await send('GET', '/Users', { as: 'second' })).status, 200);
  socket.destroy();
  for (;;) {
    const reply = await send('GET', '/Users');
    if (reply.status === 429) continue;
    t.strictSame(limitsOf(reply), [200, null, '"concurrent";q=1;qu="concurrent-requests"', '"concurrent";r=0']);
    break;
  }
  for (const path of ['/Users/none', '/Nothing', '/Users']) t.not((await send('GET', path)).status, 429, path);
});

void t.test('a request that another limit refuses is not in progress any more', async (t) => {
  const { send } = await start(t, { concurrentRequests: 1, rateLimit: { capacity: 1, refillPerSecond: 0.001 } });
  const statuses = [];
  for (let i = 0; i < 3; i += 1) statuses.push(limitsOf(await send('GET', '/Users'))[1]);
  t.strictSame(statuses, [null, '1000', '1000'], 'the bucket refuses, and not the other limit');
});

void t.test('a poll that keeps to Retry-After is exempt from every limit, and counts for none', async (t) => {
  let now = 0;
  const { send } = await start(t, { dailyQuota: 1, concurrentRequests: 1 }, () => now);
  const accepted = await send('POST', '/Users', { headers: asynchronous, body: user() });
  t.equal(accepted.status, 202);
  const location = accepted.headers.get('location') ?? '';
  for (let poll = 0; poll < 3; poll += 1, now += 1000) t.equal((await send('GET', location)).status, 200);
  t.equal((await send('GET', '/Users')).status, 429);
});

void t.test('the refill of the bucket tightens while the queue is full', async (t) => {
  let now = 0;
  const options: MockOptions = {
    adaptiveLimit: {},
    queueCapacity: 10,
    workers: 0,
    rateLimit: { capacity: 10, refillPerSecond: 10 },
  };
  const { send } = await start(t, options, () => now);
  t.equal((await send('GET', '/Users')).headers.get('ratelimit-policy'), '"adaptive";q=10;w=1');
  const operations = Array.from({ length: 10 }, (_, i) => ({
    method: 'POST',
    path: '/Users',
    bulkId: String(i),
    data: user(),
  }));
  t.equal((await send('POST', '/Bulk', { headers: asynchronous, body: bulk(operations) })).status, 202);
  now += 1000;
  const reply = await send('GET', '/Users');
  t.equal(reply.headers.get('ratelimit-policy'), '"adaptive";q=10;w=10', 'a tenth of the refill');
  t.equal(reply.headers.get('ratelimit'), '"adaptive";r=8;t=1');
});
