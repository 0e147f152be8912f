import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import t from 'tap';
import { startMock, type Mock } from '../../../mock/index.js';
import { clientOf } from './client.js';

const originOf = ({ url }: Mock): string => new URL(url).origin;

/** Sends no credential. */
const get = async (mock: Mock, path: string, method = 'GET') => {
  const answer = await fetch(`${originOf(mock)}${path}`, { method });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text(), answer };
};

const textOf = async (socket: Socket): Promise<string> => {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, 'close');
  return text;
};

void t.test('health and readiness need no credential, and are plain JSON', async (t) => {
  const mock = await startMock({ operations: true });
  t.teardown(() => mock.stop());
  for (const [path, status] of [
    ['/healthz', 'ok'],
    ['/readyz', 'ready'],
  ] as const) {
    const { answer, type, text } = await get(mock, path);
    t.equal(answer.status, 200);
    t.equal(type, 'application/json');
    t.strictSame(JSON.parse(text), { status });
    t.equal(answer.headers.get('cache-control'), 'no-store');
    t.equal(answer.headers.get('ratelimit'), null);
  }
  t.equal((await get(mock, '/healthz', 'HEAD')).text, '');
  const posted = await get(mock, '/healthz', 'POST');
  t.equal(posted.status, 405);
  t.equal(posted.answer.headers.get('allow'), 'GET, HEAD');
});

void t.test('they do not use up the rate limit of a client, and are answered when it is used up', async (t) => {
  const mock = await startMock({ operations: true, rateLimit: { capacity: 1, refillPerSecond: 0.001 } });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  for (let count = 0; count < 5; count += 1) await send('GET', `${originOf(mock)}/healthz`);
  t.equal((await send('GET', '/Users')).status, 200);
  t.equal((await send('GET', '/Users')).status, 429);
  t.equal((await send('GET', `${originOf(mock)}/readyz`)).status, 200);
});

void t.test('without the option, and for other paths, the root answers as before', async (t) => {
  const [plain, withOps] = [await startMock(), await startMock({ operations: true })];
  t.teardown(() => Promise.all([plain.stop(), withOps.stop()]));
  const send = clientOf(plain);
  for (const path of ['/healthz', '/readyz', '/metrics', '/', '/live/events']) {
    t.equal((await get(plain, path)).status, 401, path);
    t.equal((await send('GET', `${originOf(plain)}${path}`)).status, 404, path);
  }
  t.equal((await get(withOps, '/health')).status, 401);
  t.equal((await get(withOps, '/scim/v2/healthz')).status, 401);
  t.equal((await clientOf(withOps)('GET', '/healthz')).status, 404, 'nothing changes under the base URL');
});

void t.test('while it stops, the mock is alive and not ready', async (t) => {
  const mock = await startMock({ operations: true });
  const sockets = await Promise.all(
    ['/healthz', '/readyz'].map(async (path) => {
      const socket = connect(mock.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`);
      return socket;
    }),
  );
  // When this is answered, the server has read the heads above in part.
  await get(mock, '/healthz');
  const stopped = mock.stop();
  const answers = Promise.all(sockets.map(textOf));
  for (const socket of sockets) socket.write('Connection: close\r\n\r\n');
  const [health = '', readiness = ''] = await answers;
  await stopped;
  t.match(health, /^HTTP\/1\.1 200 /);
  t.match(readiness, /^HTTP\/1\.1 503 /);
  t.match(readiness, '{"status":"not ready","reasons":["The mock is stopping."]}');
});
