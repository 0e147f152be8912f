import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { createMock, startMock, type StartOptions } from '../../../mock/index.js';
import { eventUri } from '../../../schemas/names.js';
import { clientOf, user } from './client.js';
import { poll, setsOf, verifierOf } from './events-client.js';

t.setTimeout(300_000);

interface Test {
  teardown(fn: () => unknown): void;
}

/** Milliseconds for which the answer to a push is waited for. */
const patience = 10_000;

/** A clock that does not wait between tries, and remembers how long it should have. The patience does not run out. */
const instant = () => {
  const sleeps: number[] = [];
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    if (ms === patience) return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
    sleeps.push(ms);
    return Promise.resolve();
  };
  return { sleeps, clock: { now: () => Date.now(), sleep } };
};

interface Pushed {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * A push receiver. `answer` decides the response to each push by its number, from 0; `count(n)` resolves when n pushes
 * have arrived.
 */
const startReceiver = async (t: Test, answer: (place: number) => { status: number; body?: string }) => {
  const pushed: Pushed[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body = '' } = answer(pushed.length);
      pushed.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end(body);
      for (const { count, resolve } of waiting) if (pushed.length >= count) resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const count = (count: number): Promise<void> =>
    new Promise((resolve) => {
      if (pushed.length >= count) resolve();
      else waiting.push({ count, resolve });
    });
  return { pushed, count, url: `http://127.0.0.1:${port}/set` };
};

const start = async (t: Test, options: StartOptions = {}) => {
  const mock = await startMock({ operationMillis: 0, rateLimit: false, ...options });
  t.teardown(() => mock.stop());
  return { mock, send: clientOf(mock) };
};

void t.test('a token is pushed once when it is acknowledged, and its events can be polled too', async (t) => {
  const receiver = await startReceiver(t, () => ({ status: 202 }));
  const { mock, send } = await start(t);
  await send('POST', '/Users', { body: user('before@example.com') });
  mock.pushTo({ url: receiver.url, authorization: 'Bearer receiver' });
  const { body } = await send('POST', '/Users', { body: user() });
  await receiver.count(1);
  await send('DELETE', `/Users/${String(body.id)}`);
  await receiver.count(2);
  t.equal(receiver.pushed.length, 2, 'nothing of what was before');
  const [first] = receiver.pushed;
  t.match(first?.headers, {
    'content-type': 'application/secevent+jwt',
    accept: 'application/json',
    authorization: 'Bearer receiver',
  });
  const claims = await Promise.all(receiver.pushed.map(({ body: token }) => verifierOf(mock)(token)));
  t.same(
    claims.map(({ events }) => Object.keys(events)),
    [[eventUri.createNotice], [eventUri.delete]],
  );
  const sets = setsOf(await poll(send));
  t.equal(Object.keys(sets).length, 3);
  t.equal(sets[claims[0]?.jti ?? ''], first?.body);
});

void t.test('a refused token is not sent again, a failed one is, with growing waits', async (t) => {
  const { sleeps, clock } = instant();
  const refusal = { status: 400, body: JSON.stringify({ err: 'invalid_request', description: '' }) };
  const answers = [refusal, { status: 500 }, { status: 400 }, { status: 200 }, { status: 202 }];
  const receiver = await startReceiver(t, (place) => answers[place] ?? { status: 202 });
  const { mock, send } = await start(t, { push: { url: receiver.url }, environment: { clock } });
  await send('POST', '/Users', { body: user('refused@example.com') });
  await receiver.count(1);
  await send('POST', '/Users', { body: user('again@example.com') });
  await receiver.count(5);
  const claims = await Promise.all(receiver.pushed.map(({ body }) => verifierOf(mock)(body)));
  t.equal(new Set(claims.slice(1).map(({ jti }) => jti)).size, 1);
  t.not(claims[0]?.jti, claims[1]?.jti);
  t.same(sleeps, [100, 200, 400]);
});

void t.test('a push is repeated at most eight times', async (t) => {
  const { sleeps, clock } = instant();
  const receiver = await startReceiver(t, () => ({ status: 503 }));
  const { mock, send } = await start(t, { environment: { clock } });
  mock.pushTo({ url: receiver.url, client: 'second' });
  await send('POST', '/Users', { body: user() });
  await receiver.count(8);
  await send('POST', '/Users', { body: user() });
  await receiver.count(16);
  t.equal(new Set(receiver.pushed.map(({ body }) => body)).size, 2);
  t.same(sleeps.slice(0, 7), [100, 200, 400, 800, 1600, 3200, 5000]);
});

void t.test('pushTo replaces or removes the receiver, and stop ends repeated pushes', async (t) => {
  const [first, second] = [
    await startReceiver(t, () => ({ status: 202 })),
    await startReceiver(t, () => ({ status: 500 })),
  ];
  const { mock, send } = await start(t);
  mock.pushTo({ url: first.url });
  await send('POST', '/Users', { body: user() });
  await first.count(1);
  mock.pushTo({ url: second.url });
  await send('POST', '/Users', { body: user() });
  await second.count(1);
  mock.pushTo({});
  await send('POST', '/Users', { body: user() });
  mock.pushTo({ url: second.url });
  await send('POST', '/Users', { body: user('last@example.com') });
  await second.count(2);
  await mock.stop();
  t.equal(first.pushed.length, 1);
});

void t.test('a receiver that is not there is tried again', async (t) => {
  const { sleeps, clock } = instant();
  const seen: (number | undefined)[] = [];
  let done = (): void => undefined;
  const refused = new Promise<void>((resolve) => (done = resolve));
  const { send } = await start(t, {
    push: { url: 'http://127.0.0.1:1/' },
    environment: { clock },
    seams: {
      pushAnswer: ({ status }) => {
        seen.push(status);
        if (seen.length < 3) return 'again';
        done();
        return 'refused';
      },
    },
  });
  await send('POST', '/Users', { body: user() });
  await refused;
  t.same(seen, [undefined, undefined, undefined]);
  t.same(sleeps, [100, 200]);
});

void t.test('a receiver that never answers is given up after ten seconds, and tried again', async (t) => {
  let now = 0;
  const asked: { url: string; at: number; authorization: string | undefined }[] = [];
  let done = (): void => undefined;
  const taken = new Promise<void>((resolve) => (done = resolve));
  const mock = await createMock({
    operationMillis: 0,
    push: { url: 'https://receiver.example/set', authorization: 'Bearer receiver' },
    environment: {
      clock: {
        now: () => now,
        sleep: (ms) => {
          now += ms;
          return Promise.resolve();
        },
      },
      newPoster: () => ({
        post: async (url, { headers }, signal) => {
          asked.push({ url, at: now, authorization: headers.Authorization });
          if (asked.length < 3) {
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
            return undefined;
          }
          done();
          return { status: 202, body: '' };
        },
        close: () => Promise.resolve(),
      }),
    },
  });
  t.teardown(() => mock.stop());
  await mock.handle({
    method: 'POST',
    url: `${mock.url}/Users`,
    headers: [
      ['Host', '127.0.0.1'],
      ['Authorization', `Bearer ${mock.tokens.primary}`],
      ['Content-Type', 'application/scim+json'],
    ],
    body: JSON.stringify(user()),
  });
  await taken;
  const first = asked[0]?.at ?? 0;
  const order = { url: 'https://receiver.example/set', authorization: 'Bearer receiver' };
  t.same(asked, [
    { ...order, at: first },
    { ...order, at: first + patience + 100 },
    { ...order, at: first + 2 * patience + 300 },
  ]);
});
