/** A mock with renames speaks them over HTTP, and signs what is on the wire. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import t, { type Test } from 'tap';
import { startMock, type Mock } from '../../../mock/index.js';
import type { Renames } from '../../../schemas/wire/renames.js';
import { renamed } from '../../unit/schemas/wire/renamed.js';

const start = async (t: Test, wire: Renames = renamed): Promise<Mock> => {
  const mock = await startMock({ operationMillis: 0, wire, webhookLoopback: true });
  t.teardown(() => mock.stop());
  return mock;
};

const scim = 'application/vnd.example.scim+json';
const user = (userName: string) => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName });

const post = (mock: Mock, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${mock.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${mock.tokens.primary}`, 'content-type': scim, ...headers },
    body: JSON.stringify(body),
  });

void t.test('a write is accepted by its new field, and its status has the new names', async (t) => {
  const mock = await start(t);
  const accepted = await post(mock, '/Users', user('one'), { 'SCIM-Mode': 'asynchronous' });
  t.equal(accepted.status, 202);
  const location = accepted.headers.get('location') ?? '';
  t.match(location, /\/scim\/v2\/jobs\/[\w-]+$/);
  const headers = { authorization: `Bearer ${mock.tokens.primary}` };
  const read = await fetch(location, { headers });
  t.equal(read.headers.get('content-type'), scim);
  const status: unknown = await read.json();
  t.match(status, { schemas: ['urn:example:scim:Job'], counts: { total: 1 }, meta: { location } });
  const old = location.replace('/jobs/', '/provision/').concat('/status');
  t.equal((await fetch(old, { headers })).status, 404);
});

void t.test('the old names are none, and errors have the new ones', async (t) => {
  const mock = await start(t);
  const ignored = await post(mock, '/Users', user('two'), { 'X-SCIM-Request-Mode': 'asynchronous' });
  t.equal(ignored.status, 201);
  const refused = await post(mock, '/Users', user('three'), { 'content-type': 'application/scim+json' });
  t.equal(refused.status, 415);
  t.equal(refused.headers.get('content-type'), scim);
});

interface Delivered {
  readonly signature: string | undefined;
  readonly body: string;
}

/** A server that keeps the first request whose body is wanted. */
const receive = async (
  t: Test,
  isWanted: (body: string) => boolean,
): Promise<{ readonly url: string; readonly delivered: Promise<Delivered> }> => {
  let keep: (delivered: Delivered) => void;
  const delivered = new Promise<Delivered>((resolve) => (keep = resolve));
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const field = request.headers['x-scim-signature'];
      if (isWanted(body)) keep({ signature: typeof field === 'string' ? field : undefined, body });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, delivered };
};

const isCompletion = (token: string): boolean =>
  Buffer.from(token.split('.')[1] ?? '', 'base64url').includes('"urn:example:scim:event:done":{');

void t.test('a token is signed with the new names in it, pushed and polled', async (t) => {
  const mock = await start(t);
  const { url, delivered } = await receive(t, isCompletion);
  mock.pushTo({ url });
  const accepted = await post(mock, '/Users', user('four'), { Prefer: 'respond-async' });
  t.match(accepted.headers.get('scim-transaction'), /./);
  const keys = (await (await fetch(`${mock.url}/jwks.json`)).json()) as JSONWebKeySet;
  await compactVerify((await delivered).body, createLocalJWKSet(keys));
  const polled = await post(mock, '/events/poll', { returnImmediately: true });
  const { sets } = (await polled.json()) as { sets: Record<string, string> };
  const tokens = Object.values(sets);
  for (const token of tokens) await compactVerify(token, createLocalJWKSet(keys));
  t.equal(tokens.filter(isCompletion).length, 1);
});

void t.test('a delivery to a webhook is signed as it is sent', async (t) => {
  const mock = await start(t, { members: { userName: 'login' } });
  const { url, delivered } = await receive(t, () => true);
  const secret = 'a-secret-of-the-webhook';
  const registered = await post(
    mock,
    '/integration/webhook',
    {
      endpoint: url,
      eventType: 'user.created',
      attributes: ['login'],
      secret,
    },
    { 'content-type': 'application/scim+json' },
  );
  t.equal(registered.status, 201, await registered.text());
  const { userName: login, ...rest } = user('five');
  await post(mock, '/Users', { ...rest, login }, { 'content-type': 'application/scim+json' });
  const { signature, body } = await delivered;
  t.match(body, '"attributes":{"login":"five"}');
  t.equal(signature, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
});
