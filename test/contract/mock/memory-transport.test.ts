import { createServer } from 'node:http';
import { createConnection } from 'node:net';
import t from 'tap';
import { createMock, startMock, type CreateOptions, type MemoryMock, type MemoryReply } from '../../../mock/index.js';
import { MemoryTransport } from '../../../mock/http/server/memory-transport.js';
import { bulk, user } from './client.js';

interface Test {
  teardown(fn: () => unknown): void;
}

/** The same mock with and without a socket: the same tokens, ids and time. */
const twins = async (t: Test) => {
  const options = (): CreateOptions => {
    let ids = 0;
    return {
      clients: [
        { name: 'primary', token: 'one' },
        { name: 'second', token: 'two' },
      ],
      operationMillis: 0,
      rateLimit: false,
      features: [],
      environment: { clock: { now: () => Date.parse('2026-01-01T00:00:00Z'), sleep: () => Promise.resolve() } },
      seams: { newId: () => `id-${(ids += 1)}` },
    };
  };
  const listening = await startMock(options());
  t.teardown(() => listening.stop());
  const inMemory = await createMock({ ...options(), baseUrl: listening.url });
  t.teardown(() => inMemory.stop());
  return { listening, inMemory };
};

interface Lines {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** Sends the very bytes over a socket, and reads until the server ends the connection, or the answer is whole. */
const overSocket = (port: number, { method, target, headers, body = '' }: Lines): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    const staysOpen = !headers.some(([name]) => name === 'Connection');
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      // A server that waits for the next request does not end the connection.
      if (staysOpen && (method === 'HEAD' || isWhole(Buffer.concat(chunks).toString('latin1')))) socket.destroy();
    });
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const length = body === '' ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    socket.write(`${method} ${target} HTTP/1.1\r\n${lines}${length}\r\n`, 'latin1');
    socket.write(body);
  });

/** Whether bytes hold all of an answer that says how long it is. */
const isWhole = (bytes: string): boolean => {
  const [head = '', ...rest] = bytes.split('\r\n\r\n');
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  return rest.length > 0 && Buffer.byteLength(rest.join('\r\n\r\n'), 'latin1') >= Number(length ?? 0);
};

const text = (reply: MemoryReply, phrase: string): string =>
  'failure' in reply
    ? reply.failure
    : [
        `HTTP/1.1 ${reply.status} ${phrase}`,
        ...reply.headers.map(([name, value]) => `${name}: ${value}`),
        '',
        reply.body,
      ].join('\r\n');

const bearer = ['Authorization', 'Bearer one'] as const;
const host = ['Host', 'provider.example'] as const;
const end = ['Connection', 'close'] as const;
const json = ['Content-Type', 'application/scim+json'] as const;

const cases: Record<string, Lines> = {
  'a list': { method: 'GET', target: '/scim/v2/Users', headers: [host, bearer, end] },
  'a create': {
    method: 'POST',
    target: '/scim/v2/Users',
    headers: [host, bearer, end, json],
    body: JSON.stringify(user('ü')),
  },
  'a bulk request': {
    method: 'POST',
    target: '/scim/v2/Bulk',
    headers: [host, bearer, end, json],
    body: JSON.stringify(bulk([{ method: 'DELETE', path: '/Users/none' }])),
  },
  HEAD: { method: 'HEAD', target: '/scim/v2/Users', headers: [host, bearer, end] },
  'dot segments': { method: 'GET', target: '/scim/v2/Users/../ServiceProviderConfig', headers: [host, bearer, end] },
  'escaped dot segments': { method: 'GET', target: '/scim/v2/Users/%2e%2e/%2E%2e', headers: [host, bearer, end] },
  'a bad escape': { method: 'GET', target: '/scim/v2/Users/%zz', headers: [host, bearer, end] },
  'an escaped slash': { method: 'GET', target: '/scim/v2/Users/a%2Fb', headers: [host, bearer, end] },
  'odd characters': { method: 'GET', target: '/scim/v2/Users/"<>\\^`{|}\'', headers: [host, bearer, end] },
  'bytes beyond ASCII': { method: 'GET', target: '/scim/v2/Users/\u00e9', headers: [host, bearer, end] },
  'two slashes': { method: 'GET', target: '//scim/v2//Users', headers: [host, bearer, end] },
  'no credential': { method: 'GET', target: '/scim/v2/Users', headers: [host, end] },
  'two credentials': {
    method: 'GET',
    target: '/scim/v2/Users',
    headers: [host, bearer, ['Authorization', 'Bearer x'], end],
  },
  'a preference on two lines': {
    method: 'POST',
    target: '/scim/v2/Users',
    headers: [host, bearer, end, json, ['Prefer', 'handling=strict'], ['Prefer', 'respond-async']],
    body: JSON.stringify(user('two-lines')),
  },
  'no host': { method: 'GET', target: '/scim/v2/Users', headers: [bearer, end] },
  'two hosts': { method: 'GET', target: '/scim/v2/Users', headers: [host, ['Host', 'other'], bearer, end] },
  'an unknown method': { method: 'FROBNICATE', target: '/scim/v2/Users', headers: [host, bearer, end] },
  'a method that the endpoint does not have': {
    method: 'PROPFIND',
    target: '/scim/v2/Users',
    headers: [host, bearer, end],
  },
  'a tunnel': { method: 'CONNECT', target: 'provider.example:443', headers: [host, bearer, end] },
  'an expectation': { method: 'POST', target: '/scim/v2/Users', headers: [host, bearer, end, ['Expect', 'much']] },
  'fields that are too large': {
    method: 'GET',
    target: '/scim/v2/Users',
    headers: [host, bearer, end, ['X-Large', 'x'.repeat(20_000)]],
  },
  'a field with a control character': {
    method: 'GET',
    target: '/scim/v2/Users',
    headers: [host, bearer, end, ['X-Odd', 'a\u0001b']],
  },
};

/** The same on a connection that may carry more: in memory most of these never become bytes. */
const kept = Object.entries(cases).map(([name, lines]): [string, Lines] => [
  `${name}, and the connection is kept`,
  { ...lines, headers: lines.headers.filter((line) => line !== end) },
]);

void t.test('answers in memory are the same as over a socket, byte for byte', async (t) => {
  const { listening, inMemory } = await twins(t);
  for (const [name, lines] of [...Object.entries(cases), ...kept]) {
    const wire = await overSocket(listening.port, lines);
    const { method, target, headers, body } = lines;
    const url = method === 'CONNECT' ? target : `http://127.0.0.1:${listening.port}${target}`;
    const reply = await inMemory.handle({ method, url, headers, ...(body === undefined ? {} : { body }) });
    t.equal(text(reply, /^HTTP\/1\.1 \d+ (.*)\r\n/.exec(wire)?.[1] ?? ''), wire, name);
  }
});

const create = async (t: Test, options: CreateOptions = {}) => {
  const mock = await createMock({ operationMillis: 0, rateLimit: false, ...options });
  t.teardown(() => mock.stop());
  return { mock, ask: askOf(mock) };
};

const askOf =
  (mock: MemoryMock) =>
  (path: string, { method = 'GET', body, signal }: { method?: string; body?: unknown; signal?: AbortSignal } = {}) =>
    mock.handle({
      method,
      url: `${mock.url}${path}`,
      headers: [host, json, ['Authorization', `Bearer ${mock.tokens.primary}`]],
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });

void t.test('an answer needs no timer and no I/O: it arrives before the next turn of the event loop', async (t) => {
  const { ask } = await create(t);
  for (const exchange of [
    () => ask('/ServiceProviderConfig'),
    () => ask('/Users', { method: 'POST', body: user() }),
    () => ask('/Bulk', { method: 'POST', body: bulk([{ method: 'POST', path: '/Users', bulkId: 'a', data: user() }]) }),
  ]) {
    let hasTurned = false;
    setImmediate(() => (hasTurned = true));
    t.match(await exchange(), { status: Number });
    t.equal(hasTurned, false);
  }
});

void t.test('it starts before the event loop turns', async (t) => {
  let hasTurned = false;
  setImmediate(() => (hasTurned = true));
  await create(t);
  t.equal(hasTurned, false);
});

void t.test('a connection that the server ends after its answer is not used again', async (t) => {
  const { mock, ask } = await create(t, {
    seams: { respond: (answer) => ({ ...answer, headers: { ...answer.headers, connection: 'close' } }) },
  });
  t.match(await ask('/Groups'), { status: 200, body: /ListResponse/ });
  t.match(await ask('/Groups'), { status: 200, body: /ListResponse/ });
  await mock.stop();
  t.same(await ask('/Groups'), { failure: 'nobody listens' });
});

void t.test('a connection that the server cuts is a failure, and the next request is answered', async (t) => {
  const server = createServer((request, response) => {
    if (request.url === '/cut') request.socket.destroy();
    if (request.url === '/half') {
      response.writeHead(200, { 'Content-Length': 10 });
      response.write('half');
      setImmediate(() => request.socket.destroy());
    }
    if (request.url === '/old') {
      response.shouldKeepAlive = false;
      response.removeHeader('Transfer-Encoding');
      response.write('until the end');
      setImmediate(() => response.end());
    }
    if (request.url === '/') {
      response.writeProcessing();
      response.end('whole');
    }
  });
  const transport = new MemoryTransport(server);
  t.teardown(() => transport.close());
  const get = (path: string) => transport.handle({ method: 'GET', url: `http://any${path}`, headers: [host] });
  const cut = { failure: 'the connection was closed before the answer was complete' };
  t.same(await get('/cut'), cut);
  t.match(await get(''), { status: 200, body: 'whole' });
  t.same(await get('/half'), cut);
  t.match(await get('/old'), { status: 200, body: 'until the end' });
  t.match(await get('/'), { status: 200, body: 'whole' });
});

void t.test('requests at the same time have connections of their own', async (t) => {
  const { ask } = await create(t);
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, index) => ask('/Users', { method: 'POST', body: user(`user-${index}`) })),
  );
  t.same(
    replies.map((reply) => 'body' in reply && (JSON.parse(reply.body) as { userName: string }).userName),
    Array.from({ length: 20 }, (_, index) => `user-${index}`),
  );
});

void t.test(
  'a client that stops waiting closes the connection; the mock notices it, and nothing is lost',
  async (t) => {
    const { ask } = await create(t, { longPollSeconds: 3600 });
    const leaving = new AbortController();
    const left = ask('/events/poll', { method: 'POST', body: {}, signal: leaving.signal });
    await ask('/ServiceProviderConfig');
    leaving.abort();
    t.same(await left, { failure: 'the connection was closed before the answer was complete' });
    t.same(await ask('/Users', { signal: leaving.signal }), { failure: 'the request was given up before it was sent' });
    await ask('/Users', { method: 'POST', body: user() });
    const polled = await ask('/events/poll', { method: 'POST', body: { returnImmediately: true } });
    t.equal('body' in polled && Object.keys((JSON.parse(polled.body) as { sets: object }).sets).length, 1);
  },
);

void t.test('a stop answers waiting requests', async (t) => {
  const { mock, ask } = await create(t, { longPollSeconds: 3600 });
  const waiting = ask('/events/poll', { method: 'POST', body: {} });
  await ask('/ServiceProviderConfig');
  await mock.stop();
  t.match(await waiting, { status: 200, body: '{"sets":{}}' });
});
