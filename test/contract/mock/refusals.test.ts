import { connect } from 'node:net';
import fc from 'fast-check';
import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { asynchronous, clientOf, user } from './client.js';

t.setTimeout(300_000);

const start = async (t: { teardown(fn: () => Promise<void>): void }, options = {}) => {
  const mock = await startMock({ retryAfterSeconds: 0, operationMillis: 0, rateLimit: false, ...options });
  t.teardown(() => mock.stop());
  return { mock, send: clientOf(mock) };
};

void t.test('whatever is refused is refused with a SCIM error of the same status', async (t) => {
  const { send } = await start(t);
  const { body } = await send('POST', '/Users', { body: user('taken@example.com') });
  const path = `/Users/${String(body.id)}`;
  const patch = (operation: unknown) => ({
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [operation] },
  });
  const cases: [status: number, scimType: string | undefined, ...Parameters<typeof send>][] = [
    [400, 'invalidSyntax', 'POST', '/Users', { body: '{' }],
    [400, 'invalidSyntax', 'POST', '/Users', { body: '['.repeat(5000) + ']'.repeat(5000) }],
    [400, 'invalidValue', 'POST', '/Users', { body: { schemas: user().schemas } }],
    [400, 'invalidValue', 'POST', '/Users', { body: { ...user(), active: 'yes' } }],
    [400, 'invalidValue', 'POST', '/Users', { headers: { 'X-SCIM-Request-Mode': 'later' }, body: user() }],
    [400, 'invalidValue', 'POST', '/Users', { headers: { ...asynchronous, 'X-Request-ID': 'a b' }, body: user() }],
    [409, 'uniqueness', 'POST', '/Users', { body: user('TAKEN@example.com') }],
    [404, undefined, 'GET', '/Users/none', {}],
    [404, undefined, 'GET', '/Nothing', {}],
    [404, undefined, 'GET', '/Users/%2e%2e%2fetc', {}],
    [405, undefined, 'DELETE', '/Users', {}],
    [412, undefined, 'PUT', path, { headers: { 'If-Match': 'W/"99"' }, body: user() }],
    [415, undefined, 'POST', '/Users', { headers: { 'Content-Type': 'text/plain' }, body: user() }],
    [400, 'invalidFilter', 'GET', '/Users?filter=userName%20is', {}],
    [400, 'invalidValue', 'GET', '/Users?count=many', {}],
    [400, 'invalidPath', 'PATCH', path, patch({ op: 'replace', path: 'nothing', value: 1 })],
    [400, 'invalidPath', 'PATCH', path, patch({ op: 'add', path: '__proto__.polluted', value: 'yes' })],
    [400, 'mutability', 'PATCH', path, patch({ op: 'replace', path: 'id', value: 'x' })],
    [400, 'noTarget', 'PATCH', path, patch({ op: 'remove' })],
    [400, 'invalidSyntax', 'PATCH', path, patch({ op: { toString: 1 } })],
    [400, 'mutability', 'PATCH', path, patch({ op: 'remove', path: 'userName' })],
  ];
  for (const [status, scimType, ...request] of cases) {
    const reply = await send(...request);
    const what = `${request[0]} ${request[1]}`;
    t.match([reply.status, reply.body.status, reply.body.scimType], [status, String(status), scimType], what);
    t.equal(reply.headers.get('content-type'), 'application/scim+json', what);
  }
  t.equal(({} as { polluted?: string }).polluted, undefined, 'no prototype was reached');
  const after = await send('GET', path);
  t.strictSame(after.body, body, 'nothing was changed');
});

void t.test('without a credential or with a bad one: 401 before anything is read', async (t) => {
  const { mock, send } = await start(t);
  for (const Authorization of ['', 'Bearer wrong', `Basic ${mock.tokens.primary}`]) {
    const reply = await send('POST', '/Users', { headers: { ...asynchronous, Authorization }, body: '{' });
    t.equal(reply.status, 401);
    t.match(reply.headers.get('www-authenticate'), /^Bearer /);
  }
  t.match(await mock.snapshot(), { users: 0, statuses: 0 });
});

void t.test('a password is never shown', async (t) => {
  const { send } = await start(t);
  const created = await send('POST', '/Users', { body: { ...user(), password: 'Secret-Pass-1' } });
  const read = await send('GET', `/Users/${String(created.body.id)}`);
  t.notOk(JSON.stringify([created.body, read.body]).includes('Secret-Pass-1'));
});

void t.test(
  'the limiter: 429 without effect, an honest Retry-After, another client untouched, polite polls free',
  async (t) => {
    let now = 0;
    const { mock, send } = await start(t, {
      rateLimit: { capacity: 3, refillPerSecond: 0.5 },
      retryAfterSeconds: 1,
      environment: { clock: { now: () => now, sleep: () => Promise.resolve() } },
    });
    const accepted = await send('POST', '/Users', { headers: asynchronous, body: user() });
    await send('GET', '/Users');
    const last = await send('GET', '/Users');
    t.equal(last.headers.get('ratelimit-policy'), '"default";q=3;w=6');
    t.equal(last.headers.get('ratelimit'), '"default";r=0;t=2');
    const refused = await send('POST', '/Users', { body: user() });
    t.match([refused.status, refused.body.status, refused.headers.get('retry-after')], [429, '429', '2']);
    t.equal((await send('GET', '/Users', { as: 'second' })).status, 200);
    t.equal((await send('GET', accepted.headers.get('location') ?? '')).status, 200, 'the first poll');
    t.equal((await send('GET', accepted.headers.get('location') ?? '')).status, 429, 'a hasty poll');
    now += 1000;
    t.equal((await send('GET', accepted.headers.get('location') ?? '')).status, 200, 'a polite poll');
    now += 1000;
    t.equal((await send('POST', '/Users', { body: user() })).status, 201, 'after Retry-After');
    t.equal((await mock.snapshot()).users, 2);
  },
);

void t.test('a filter that would cost the parser exponential time is refused at once', async (t) => {
  const { send } = await start(t);
  const filter = `userName eq "${'\n'.repeat(60)}"`;
  const answer = await send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
  t.match([answer.status, answer.body.scimType], [400, 'invalidFilter']);
});

void t.test(
  'bytes that are not HTTP get a SCIM error, and the mock stops promptly although connections are open',
  async (t) => {
    const mock = await startMock();
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(mock.port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
    });
    t.match(answer, /^HTTP\/1\.1 400 .*"status":"400"/s);
    const send = clientOf(mock);
    await send('GET', '/Users');
    await mock.stop();
    await t.rejects(send('GET', '/Users'));
  },
);

void t.test('no body, path or field makes it answer 5xx', async (t) => {
  const { send } = await start(t);
  const { body } = await send('POST', '/Users', { body: user() });
  const segment = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 20 })
    .map((text) => encodeURIComponent(text.toWellFormed()));
  const path = fc.oneof(
    fc.constantFrom('/Users', '/Bulk', '/Groups', `/Users/${String(body.id)}`),
    segment.map((id) => `/Users/${id}`),
    segment.map((id) => `/provision/${id}/status`),
    segment.map((text) => `/Users?filter=${text}`),
  );
  const content = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.record({
      schemas: fc.constant(['urn:ietf:params:scim:api:messages:2.0:PatchOp']),
      Operations: fc.array(
        fc.record({
          op: fc.constantFrom('add', 'replace', 'remove'),
          path: fc.oneof(
            fc.constantFrom('emails[type eq "work"].value', 'name.givenName', 'emails', 'active', 'members[', 'x]'),
            fc.string(),
          ),
          value: fc.jsonValue({ maxDepth: 2 }),
        }),
        { maxLength: 3 },
      ),
    }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      path,
      content,
      fc.boolean(),
      async (method, url, sent, isAsync) => {
        const reply = await send(method, url, {
          headers: isAsync ? asynchronous : {},
          ...(method === 'GET' ? {} : { body: JSON.stringify(sent) }),
        });
        if (reply.status >= 500) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
      },
    ),
    { numRuns: 400 },
  );
  t.equal((await send('GET', '/ServiceProviderConfig')).status, 200);
});

void t.test('request targets in other forms', async (t) => {
  const { mock } = await start(t);
  const base = new URL(mock.url).pathname;
  const body = JSON.stringify(user());
  const statusOf = (method: string, target: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const fields = [
        `Host: 127.0.0.1:${mock.port}`,
        `Authorization: Bearer ${mock.tokens.primary}`,
        'Connection: close',
        ...(method === 'POST'
          ? ['Content-Type: application/scim+json', `Content-Length: ${Buffer.byteLength(body)}`]
          : []),
      ];
      let answer = '';
      const socket = connect(mock.port, '127.0.0.1', () =>
        socket.write(`${method} ${target} HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n${method === 'POST' ? body : ''}`),
      );
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('error', reject);
      socket.on('close', () => resolve(Number(answer.split(' ')[1])));
    });
  t.equal(await statusOf('GET', `${base}/Users#%`), 400, 'a fragment');
  t.equal(await statusOf('GET', `${base}/Users/#`), 400);
  t.equal(await statusOf('GET', `${mock.url}/Users?count=1`), 200, 'the absolute form');
  t.equal(await statusOf('POST', `${mock.url}/Users`), 201);
  t.equal(
    await statusOf('POST', `http://elsewhere.example${base}/Users?attributes=id`),
    409,
    'the same user once more',
  );
});

void t.test(
  'the connection stays open after a body that is too large, also if the rest of it comes later',
  async (t) => {
    const { mock } = await start(t, { maxPayloadBytes: 1000 });
    const { pathname: base } = new URL(mock.url);
    const head = (method: string, length: number): string =>
      [
        `${method} ${base}/Users HTTP/1.1`,
        'Host: mock',
        `Authorization: Bearer ${mock.tokens.primary}`,
        'Content-Type: application/scim+json',
        `Content-Length: ${length}`,
        '\r\n',
      ].join('\r\n');
    const socket = connect(mock.port, '127.0.0.1');
    t.teardown(() => Promise.resolve(void socket.destroy()));
    let text = '';
    const until = (isEnough: () => boolean): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (isEnough()) resolve();
        };
        socket.on('data', look);
        socket.on('close', () => reject(new Error(`closed after ${JSON.stringify(text)}`)));
        look();
      });
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.write(head('POST', 200_000));
    await until(() => text.includes('"status":"413"'));
    socket.write('x'.repeat(200_000));
    text = '';
    socket.write(head('GET', 0));
    await until(() => text.includes('"totalResults":0'));
    t.match(text, /^HTTP\/1\.1 200 /);
  },
);
