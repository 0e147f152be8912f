import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { startMock } from '../../../../mock/index.js';
import { audience, createIssuer, issuer } from '../../../providers/issuer.js';
import { asynchronous, clientOf, untilCompleted, user, type Send } from '../client.js';

const own = await createIssuer();

const keyServer = createServer((_request, response) => response.end(JSON.stringify(own.keySet)));
await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
t.teardown(() => keyServer.close());
const jwksUri = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/keys`;

const start = async (t: { teardown(fn: () => Promise<void>): void }, more = {}) => {
  const mock = await startMock({ operationMillis: 0, oauth: { issuer, audience, jwksUri }, ...more });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  /** Sends as the client `name` of the issuer. */
  const as =
    (name: string, claims: Record<string, unknown> = {}): Send =>
    async (method, path, sent = {}) => {
      const token = await own.token(Date.now(), { claims: { client_id: name, ...claims } });
      return send(method, path, { ...sent, headers: { ...sent.headers, Authorization: `Bearer ${token}` } });
    };
  return { mock, send, as };
};

void t.test('clients of the issuer are served beside those of the options, each with its own requests', async (t) => {
  const { send, as } = await start(t);
  const [one, two] = [as('one'), as('two')];
  const accepted = await one('POST', '/Users', { headers: asynchronous, body: user() });
  t.equal(accepted.status, 202);
  const location = accepted.headers.get('location') ?? '';
  t.match(await untilCompleted(one, location), { status: { completed: true } });
  t.equal((await two('GET', location)).status, 404);
  t.equal((await send('GET', location)).status, 404, 'nor a client of the options');
  const trail = await one('GET', `/audit?request=${String(accepted.body.id)}`);
  t.match(trail.body.Resources, [{ client: 'one' }]);
  const others = (await two('GET', '/audit')).body.Resources;
  t.match(others, [{ client: 'two', status: 404 }], 'only what it did itself');
  t.equal((others as unknown[]).length, 1);
  t.equal((await as('primary')('POST', '/Users', { headers: asynchronous, body: user() })).status, 202);
});

void t.test('each client of the issuer has its own bucket', async (t) => {
  const { as } = await start(t, { rateLimit: { capacity: 2, refillPerSecond: 0.001 } });
  const [one, two] = [as('one'), as('two')];
  const statuses = [];
  for (const send of [one, one, one, two]) statuses.push((await send('GET', '/Users')).status);
  t.strictSame(statuses, [200, 200, 429, 200]);
});

void t.test('a token that is not valid is answered 401 with a challenge, before anything is read', async (t) => {
  const { as } = await start(t);
  const expired = as('one', { exp: 1 });
  const reply = await expired('POST', '/Users', { headers: asynchronous, body: '{' });
  t.match(
    [reply.status, reply.body.status, reply.headers.get('www-authenticate')],
    [401, '401', 'Bearer realm="scim", error="invalid_token"'],
  );
});

void t.test('while the keys cannot be read the answer is 503, and clients of the options are served', async (t) => {
  const { as, send } = await start(t, { oauth: { issuer, audience, jwksUri: 'http://127.0.0.1:1/keys' } });
  const reply = await as('one')('GET', '/Users');
  t.match([reply.status, reply.body.status, reply.headers.get('retry-after')], [503, '503', '1']);
  t.equal((await send('GET', '/Users')).status, 200);
});

void t.test('an address of keys that nobody should use is refused at the start', async (t) => {
  await t.rejects(startMock({ oauth: { issuer, audience, jwksUri: 'http://issuer.example/keys' } }), {
    name: 'OptionError',
  });
});
