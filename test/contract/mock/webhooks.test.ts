import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { startMock, type StartOptions } from '../../../mock/index.js';
import { validate } from '../../../schemas/validators.js';
import { asynchronous, clientOf, user } from './client.js';

interface Test {
  teardown(fn: () => unknown): void;
}

interface Delivered {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver; `answer` gives the status of a delivery by its number, from 0, or undefined for none. */
const startReceiver = async (t: Test, answer: (place: number) => number | undefined = () => 204) => {
  const delivered: Delivered[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = answer(delivered.length);
      const { method = '', url: path = '', headers } = request;
      delivered.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
      if (status === undefined) response.destroy();
      else response.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {}).end();
      for (const { count, resolve } of waiting) if (delivered.length >= count) resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    delivered,
    count: (count: number): Promise<void> =>
      new Promise((resolve) => {
        if (delivered.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
};

const start = async (t: Test, options: StartOptions = {}) => {
  const mock = await startMock({ webhookLoopback: true, webhookRetryMillis: 5, operationMillis: 0, ...options });
  t.teardown(() => mock.stop());
  return clientOf(mock);
};

const secret = 'a secret of the client';

const registration = (endpoint: string, more: Record<string, unknown> = {}) => ({
  body: { eventType: 'user.created', endpoint, attributes: ['id', 'userName', 'active'], secret, ...more },
});

void t.test('a webhook is registered, shown without its secret, and removed by its client only', async (t) => {
  const send = await start(t);
  const registered = await send('POST', '/integration/webhook', registration('http://127.0.0.1:1/hook'));
  t.equal(registered.status, 201);
  const location = registered.headers.get('location') ?? '';
  t.match(registered.body, { id: location.split('/').at(-1), eventType: 'user.created' });
  const [read, list] = [await send('GET', location), await send('GET', '/integration/webhook')];
  t.strictSame(read.body, registered.body);
  t.strictSame(list.body.Resources, [registered.body]);
  for (const { body } of [registered, read, list]) t.notMatch(JSON.stringify(body), secret);
  t.strictSame((await send('GET', '/integration/webhook', { as: 'second' })).body.Resources, []);
  t.equal((await send('GET', location, { as: 'second' })).status, 404);
  t.equal((await send('DELETE', location, { as: 'second' })).status, 404);
  t.equal((await send('DELETE', location)).status, 204);
  t.equal((await send('GET', location)).status, 404);
});

void t.test('what is no registration is refused, without repeating the secret', async (t) => {
  const send = await start(t);
  for (const more of [
    { eventType: undefined },
    { eventType: 'user.invented' },
    { endpoint: 'http://receiver.example/hook' },
    { endpoint: 'https://10.0.0.1/hook' },
    { attributes: 'id' },
    { secret: { value: secret } },
  ]) {
    const refused = await send('POST', '/integration/webhook', registration('http://127.0.0.1:1/hook', more));
    t.equal(refused.status, 400, JSON.stringify(more));
    t.notMatch(JSON.stringify(refused.body), secret);
  }
  const strict = await start(t, { webhookLoopback: false });
  t.equal((await strict('POST', '/integration/webhook', registration('http://127.0.0.1:1/hook'))).status, 400);
});

void t.test(
  'matching events are delivered with the chosen attributes and signed, asynchronous ones, too',
  async (t) => {
    const receiver = await startReceiver(t);
    const send = await start(t);
    await send('POST', '/integration/webhook', registration(receiver.url));
    await send('POST', '/Groups', { body: { displayName: 'Crew' } });
    const created = await send('POST', '/Users', { body: { ...user(), active: true } });
    await receiver.count(1);
    await send('POST', '/Users', { headers: asynchronous, body: user() });
    await receiver.count(2);
    const [first] = receiver.delivered;
    t.equal(first?.method, 'POST');
    const body = JSON.parse(first?.body ?? '') as { id: string; eventType: string; attributes: unknown };
    t.ok(validate('async/webhook-delivery', body).valid);
    t.strictSame(body.attributes, { id: created.body.id, userName: created.body.userName, active: true });
    t.equal(first?.headers['x-scim-delivery-id'], body.id);
    const hmac = createHmac('sha256', secret)
      .update(first?.body ?? '')
      .digest('hex');
    t.equal(first?.headers['x-scim-signature'], `sha256=${hmac}`);
    t.equal(receiver.delivered.length, 2, 'the group is not delivered');
  },
);

void t.test('updates and deletes are delivered', async (t) => {
  const receiver = await startReceiver(t);
  const send = await start(t);
  for (const eventType of ['user.updated', 'user.deleted'])
    await send('POST', '/integration/webhook', registration(receiver.url, { eventType, attributes: ['displayName'] }));
  const sent = user();
  const { headers } = await send('POST', '/Users', { body: sent });
  const location = headers.get('location') ?? '';
  await send('PUT', location, { body: { ...sent, displayName: 'New' } });
  await send('DELETE', location);
  await receiver.count(2);
  t.strictSame(
    // Deliveries have no order.
    Object.fromEntries(
      receiver.delivered.map(({ body }) => {
        const { eventType, attributes } = JSON.parse(body) as { eventType: string; attributes: unknown };
        return [eventType, attributes];
      }),
    ),
    { 'user.updated': { displayName: 'New' }, 'user.deleted': { displayName: 'New' } },
  );
});

void t.test('a failed delivery is tried again, the same to the byte; no redirect is followed', async (t) => {
  const receiver = await startReceiver(t, (place) => [503, undefined, 302, 204][place]);
  const send = await start(t);
  await send('POST', '/integration/webhook', registration(receiver.url));
  await send('POST', '/Users', { body: user() });
  await receiver.count(4);
  const [first] = receiver.delivered;
  for (const each of receiver.delivered) {
    t.equal(each.path, '/hook');
    t.equal(each.body, first?.body);
    t.equal(each.headers['x-scim-delivery-id'], first?.headers['x-scim-delivery-id']);
  }
});

void t.test('a removed webhook gets no further try', async (t) => {
  const receiver = await startReceiver(t, () => 503);
  const send = await start(t, { webhookRetryMillis: 1 });
  const { headers } = await send('POST', '/integration/webhook', registration(receiver.url));
  await send('POST', '/Users', { body: user() });
  await receiver.count(2);
  await send('DELETE', headers.get('location') ?? '');
  const tries = receiver.delivered.length;
  const other = await startReceiver(t);
  await send('POST', '/integration/webhook', registration(other.url));
  // Some tries of the first webhook would have come before these.
  for (let count = 1; count <= 10; count += 1) {
    await send('POST', '/Users', { body: user() });
    await other.count(count);
  }
  t.equal(receiver.delivered.length, tries);
});

void t.test('without the feature there is no such endpoint', async (t) => {
  const send = await start(t, { features: [] });
  t.equal((await send('POST', '/integration/webhook', registration('http://127.0.0.1:1/hook'))).status, 404);
});
