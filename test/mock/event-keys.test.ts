import { decodeJwt, decodeProtectedHeader } from 'jose';
import t from 'tap';
import { startMock, type StartOptions } from '../../mock/index.js';
import { clientOf, user } from './client.js';
import { poll, respondAsync, setsOf, untilResult } from './events-client.js';

const start = async (t: { teardown(fn: () => Promise<void>): void }, options: StartOptions = {}) => {
  const mock = await startMock({ retryAfterSeconds: 0, rateLimit: false, ...options });
  t.teardown(() => mock.stop());
  return { mock, send: clientOf(mock) };
};

void t.test('keys and metadata are for everybody', async (t) => {
  const { mock } = await start(t);
  const { origin } = new URL(mock.url);
  const metadata = await fetch(`${origin}/.well-known/ssf-configuration`);
  t.match(await metadata.json(), { issuer: origin, jwks_uri: `${mock.url}/jwks.json` });
  const keys = (await (await fetch(`${mock.url}/jwks.json`)).json()) as { keys: Record<string, unknown>[] };
  t.match(keys.keys, [{ kty: 'EC', crv: 'P-256', alg: 'ES256' }]);
  t.notOk('d' in (keys.keys[0] ?? {}));
  t.equal((await fetch(`${mock.url}/jwks.json`, { method: 'POST' })).status, 405);
});

void t.test('unsecured tokens are made on request, and no key is published', async (t) => {
  const { mock, send } = await start(t, { signing: 'none' });
  const accepted = await send('POST', '/Users', { headers: respondAsync, body: user() });
  const { text } = await untilResult(send, accepted.headers.get('location') ?? '');
  t.same(decodeProtectedHeader(text), { typ: 'secevent+jwt', alg: 'none' });
  t.ok(text.endsWith('.'));
  t.equal(decodeJwt(text).txn, accepted.headers.get('set-txn'));
  t.same(await (await fetch(`${mock.url}/jwks.json`)).json(), { keys: [] });
});

void t.test('the seams see the claims before they are signed, and how they are', async (t) => {
  const { send } = await start(t, {
    seams: {
      claimsOf: (claims, { client }) =>
        client === undefined ? undefined : { ...claims, iss: 'https://other.example' },
      sign: (claims, header, honestly) => honestly(claims, { ...header, typ: 'JWT' }),
    },
  });
  const accepted = await send('POST', '/Users', { headers: respondAsync, body: user() });
  const { text } = await untilResult(send, accepted.headers.get('location') ?? '');
  t.equal(decodeJwt(text).iss, 'https://other.example');
  t.equal(decodeProtectedHeader(text).typ, 'JWT');
  t.same(Object.values(setsOf(await poll(send))), [text], 'an event that is not made is not sent');
});
