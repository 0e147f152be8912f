import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import t from 'tap';
import { createMock, startMock, type Environment, type MemoryReply, type StartOptions } from '../../../mock/index.js';
import { clientOf, user } from './client.js';
import { poll, respondAsync, setsOf, untilResult, verifierOf } from './events-client.js';

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

void t.test('EdDSA tokens verify with the published key', async (t) => {
  const { mock, send } = await start(t, { signing: 'EdDSA' });
  const accepted = await send('POST', '/Users', { headers: respondAsync, body: user() });
  const { text } = await untilResult(send, accepted.headers.get('location') ?? '');
  t.match(decodeProtectedHeader(text), { typ: 'secevent+jwt', alg: 'EdDSA', kid: String });
  t.match(await verifierOf(mock, 'EdDSA')(text), { txn: accepted.headers.get('set-txn') ?? '' });
});

/** Time, ids and keys that are the same for each mock. */
const repeatable = (): Partial<Environment> => {
  let ids = 0;
  // PKCS #8 around a seed of 32 bytes (RFC 8410 §7).
  const key = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    clock: { now: () => Date.parse('2026-01-01T00:00:00Z'), sleep: () => Promise.resolve() },
    newId: () => `id-${(ids += 1)}`,
    randomBytes: (count) => Buffer.alloc(count, 1),
    newSigningKey: () => ({
      jwk: { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid: 'the-key', alg: 'EdDSA', use: 'sig' },
      sign: (claims, tokenHeader) => {
        const input = `${encode(tokenHeader)}.${encode(claims)}`;
        return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
      },
    }),
  };
};

void t.test('with time, ids and keys of a test, two mocks say the same', async (t) => {
  const tellings = await Promise.all(
    [1, 2].map(async () => {
      const mock = await createMock({ signing: 'EdDSA', environment: repeatable() });
      t.teardown(() => mock.stop());
      const ask = (method: string, path: string, body?: unknown) =>
        mock.handle({
          method,
          url: `${mock.url}${path}`,
          headers: [
            ['Host', '127.0.0.1'],
            ['Authorization', `Bearer ${mock.tokens.primary}`],
            ['Content-Type', 'application/scim+json'],
            ['Prefer', 'respond-async'],
          ],
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
      return [
        await ask('POST', '/Users', user('same@example.com')),
        await ask('POST', '/events/poll', {}),
        await ask('GET', '/jwks.json'),
      ];
    }),
  );
  t.same(tellings[0], tellings[1]);
  const [, polled, keys] = tellings[0] ?? [];
  const bodyOf = (reply: MemoryReply | undefined): string => (reply !== undefined && 'body' in reply ? reply.body : '');
  const tokens = Object.values((JSON.parse(bodyOf(polled)) as { sets: Record<string, string> }).sets);
  t.equal(tokens.length, 2);
  const keySet = createLocalJWKSet(JSON.parse(bodyOf(keys)) as JSONWebKeySet);
  const verified = await Promise.all(tokens.map((token) => jwtVerify(token, keySet)));
  t.same(
    verified.map(({ protectedHeader }) => protectedHeader.kid),
    ['the-key', 'the-key'],
  );
});
