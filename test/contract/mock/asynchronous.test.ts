import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { validate } from '../../../schemas/validators.js';
import { asynchronous, bulk, clientOf, complete, resultsOf, untilCompleted, user } from './client.js';
import { gated } from './gated.js';

t.setTimeout(300_000);

const start = async (t: { teardown(fn: () => Promise<void>): void }, options = {}) => {
  const mock = await startMock({ retryAfterSeconds: 0, operationMillis: 1, rateLimit: false, ...options });
  t.teardown(() => mock.stop());
  return { mock, send: clientOf(mock) };
};

void t.test('the 202 is that of profile §2', async (t) => {
  const { mock, send } = await start(t, { retryAfterSeconds: 3 });
  const { status, headers, body } = await send('POST', '/Users', {
    headers: { ...asynchronous, 'X-Request-ID': 'mine' },
    body: user(),
  });
  t.equal(status, 202);
  t.equal(headers.get('content-type'), 'application/scim+json');
  t.equal(headers.get('location'), `${mock.url}/provision/${String(body.id)}/status`);
  t.equal(headers.get('x-request-id'), 'mine');
  t.equal(headers.get('x-scim-request-mode'), 'asynchronous');
  t.equal(headers.get('retry-after'), '3');
  t.equal(headers.get('cache-control'), 'no-store');
  t.match(validate('async/provision-status', body), { valid: true });
  t.match(body, {
    operationsCount: { total: 1, success: 0, failed: 0, pending: 1 },
    status: { completed: false, success: false },
    state: /^(queued|processing)$/,
  });
});

void t.test(
  'create, replace, patch and delete work asynchronously, and what only processing finds fails the operation',
  async (t) => {
    const { send } = await start(t);
    const created = await complete(send, 'POST', '/Users', user('a@example.com'));
    const location = resultsOf(created)[0]?.location ?? '';
    const path = new URL(location).pathname.replace('/scim/v2', '');
    await complete(send, 'PUT', path, { ...user('a@example.com'), displayName: 'Put' });
    t.equal((await send('GET', location)).body.displayName, 'Put');
    const duplicate = await complete(send, 'POST', '/Users', user('A@EXAMPLE.com'));
    t.match(resultsOf(duplicate), [{ status: '409', response: { scimType: 'uniqueness', status: '409' } }]);
    t.match(duplicate, { state: 'failed', status: { completed: true, success: false } });
    await complete(send, 'DELETE', path);
    t.equal((await send('GET', location)).status, 404);
    t.match(resultsOf(await complete(send, 'DELETE', path)), [{ status: '404' }]);
  },
);

void t.test('of many creates of one userName at once exactly one succeeds', async (t) => {
  const { mock, send } = await start(t, { workers: 8 });
  const done = await Promise.all(
    Array.from({ length: 25 }, () => complete(send, 'POST', '/Users', user('one@example.com'))),
  );
  const codes = done.map((status) => resultsOf(status)[0]?.status);
  t.equal(codes.filter((code) => code === '201').length, 1);
  t.equal(codes.filter((code) => code === '409').length, 24);
  t.equal((await mock.snapshot()).users, 1);
});

void t.test('a status belongs to its client, answers conditionally, and takes no writes', async (t) => {
  // With the feature `cancel`, DELETE would be one.
  const { send } = await start(t, { features: ['idempotency'] });
  const accepted = await send('POST', '/Users', { headers: { ...asynchronous, 'X-Request-ID': 'r1' }, body: user() });
  const location = accepted.headers.get('location') ?? '';
  await untilCompleted(send, location);
  const read = await send('GET', location);
  t.equal((await send('GET', location, { as: 'second' })).status, 404);
  t.equal((await send('GET', location.replace('/provision/', '/provisions/'))).body.id, read.body.id);
  t.equal((await send('GET', location, { headers: { 'If-None-Match': read.headers.get('etag') ?? '' } })).status, 304);
  t.equal((await send('GET', location, { headers: { 'X-Original-Request-ID': 'r1' } })).status, 200);
  t.equal((await send('GET', location, { headers: { 'X-Original-Request-ID': 'r2' } })).status, 400);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const refused = await send(method, location, { headers: { 'Content-Type': 'text/plain' } });
    t.equal(refused.status, 405, `${method}: 405 comes before 415`);
    t.equal(refused.headers.get('allow'), 'GET, HEAD');
  }
  t.strictSame((await send('GET', location)).body, read.body, 'after completion nothing changes');
});

void t.test(
  'idempotency: the same again is the same request, another body is 409, another client does not meet it',
  async (t) => {
    const { mock, send } = await start(t);
    const headers = { ...asynchronous, 'X-Request-ID': 'key' };
    const body = user('i@example.com');
    const replies = await Promise.all(Array.from({ length: 5 }, () => send('POST', '/Users', { headers, body })));
    t.strictSame(new Set(replies.map(({ body: { id } }) => id)).size, 1);
    await untilCompleted(send, replies[0]?.headers.get('location') ?? '');
    t.equal((await mock.snapshot()).users, 1);
    t.equal((await send('POST', '/Users', { headers, body: user() })).status, 409);
    t.equal((await send('POST', '/Users', { headers, body: user(), as: 'second' })).status, 202);
    const refused = { ...asynchronous, 'X-Request-ID': 'unused' };
    t.equal((await send('POST', '/Users', { headers: refused, body: {} })).status, 400);
    t.equal((await send('POST', '/Users', { headers: refused, body: user() })).status, 202, 'a refusal uses up no key');
  },
);

void t.test('a queue without room answers 503 with Retry-After, and loses nothing', async (t) => {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const { mock, send } = await start(t, {
    queueCapacity: 3,
    environment: { clock: { now: () => Date.now(), sleep: () => gate } },
  });
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => send('POST', '/Users', { headers: asynchronous, body: user() })),
  );
  const accepted = replies.filter(({ status }) => status === 202);
  const refused = replies.filter(({ status }) => status === 503);
  t.equal(accepted.length, 3);
  t.equal(refused.length, 5);
  t.equal(refused[0]?.headers.get('retry-after'), '1');
  open();
  await Promise.all(accepted.map(({ headers }) => untilCompleted(send, headers.get('location') ?? '')));
  t.equal((await mock.snapshot()).users, 3);
});

void t.test('a completed status is kept for its time and no longer', async (t) => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const { send } = await start(t, {
    retentionSeconds: 60,
    environment: { clock: { now: () => now, sleep: () => Promise.resolve() } },
  });
  const accepted = await send('POST', '/Users', { headers: asynchronous, body: user() });
  const location = accepted.headers.get('location') ?? '';
  await untilCompleted(send, location);
  now += 59_000;
  t.equal((await send('GET', location)).status, 200);
  now += 2000;
  t.equal((await send('GET', location)).status, 404);
});

void t.test('a bulk of many is accepted before the work is done', async (t) => {
  const { open, clock } = gated();
  const { send } = await start(t, { operationMillis: 20, environment: { clock } });
  const operations = Array.from({ length: 20 }, (_, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${index}`,
    data: user(),
  }));
  const accepted = await send('POST', '/Bulk', { headers: asynchronous, body: bulk(operations) });
  t.equal((accepted.body.operationsCount as { pending: number }).pending, 20);
  open();
  const status = await untilCompleted(send, accepted.headers.get('location') ?? '');
  t.match(status, { operationsCount: { success: 20 }, state: 'completed' });
});
