import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import t from 'tap';
import { OptionError, type OAuth, type PostAnswer } from '../../../../mock/index.js';
import { createAccessTokens } from '../../../../mock/policy/access-tokens.js';
import { Problem } from '../../../../mock/problem.js';
import { audience, createIssuer, issuer, type TokenOptions } from '../../../providers/issuer.js';

const jwksUri = 'https://issuer.example/jwks.json';

const forever = (): Promise<void> => new Promise(() => undefined);

/** A verifier whose issuer answers with `answer`, at the time `now`. */
const start = async (more: Partial<OAuth> = {}) => {
  const first = await createIssuer();
  const world = {
    now: 1_800_000_000_000,
    loads: 0,
    answer: { status: 200, body: JSON.stringify(first.keySet) } as PostAnswer | undefined,
  };
  const verify = await createAccessTokens(
    { issuer, audience, jwksUri, ...more },
    {
      clock: { now: () => world.now, sleep: forever },
      newPoster: () => ({
        post: (url, { method }) => {
          t.strictSame([method, url], ['GET', jwksUri]);
          world.loads += 1;
          return Promise.resolve(world.answer);
        },
        close: () => Promise.resolve(),
      }),
    },
  );
  return { first, world, verify, token: (options?: TokenOptions) => first.token(world.now, options) };
};

const refusalOf = async (verified: Promise<unknown>): Promise<unknown> => {
  try {
    return await verified;
  } catch (error) {
    return error instanceof Problem ? [error.status, error.headers] : error;
  }
};

const invalid = [401, { 'WWW-Authenticate': 'Bearer realm="scim", error="invalid_token"' }];

void t.test('a token says its client, its scopes and how it was authenticated', async (t) => {
  const { verify, token } = await start();
  t.strictSame(await verify(await token({ claims: { scope: 'scim.read scim.write', amr: ['pwd', 'mfa'] } })), {
    client: 'app',
    scopes: new Set(['scim.read', 'scim.write']),
    amr: new Set(['pwd', 'mfa']),
  });
  t.match(await verify(await token({ claims: { client_id: undefined } })), { client: 'somebody' });
  t.match(await verify(await token()), { scopes: new Set() }, 'without scopes it has no rights');
  t.match(await verify(await token({ claims: { aud: ['https://other.example', audience] } })), { client: 'app' });
  const named = await start({ clientClaim: 'azp', scopeClaim: 'roles' });
  t.match(await named.verify(await named.token({ claims: { azp: 'other', roles: ['reader', 7] } })), {
    client: 'other',
    scopes: new Set(['reader']),
  });
});

void t.test('a plain JWT is accepted like an access token, and no other type', async (t) => {
  const { verify, token } = await start();
  for (const typ of ['at+jwt', 'application/at+jwt', 'JWT', undefined])
    t.match(await verify(await token({ header: { typ } })), { client: 'app' }, String(typ));
  t.strictSame(await refusalOf(verify(await token({ header: { typ: 'secevent+jwt' } }))), invalid);
});

void t.test('whatever is wrong with a token is answered 401 with invalid_token', async (t) => {
  const { verify, token, world } = await start();
  const seconds = world.now / 1000;
  const { privateKey: foreign } = await generateKeyPair('ES256');
  const wrong: Record<string, string> = {
    'another issuer': await token({ claims: { iss: 'https://other.example' } }),
    'another audience': await token({ claims: { aud: 'https://other.example' } }),
    'no audience': await token({ claims: { aud: undefined } }),
    'expired longer ago than clocks may differ': await token({ claims: { exp: seconds - 6 } }),
    'no expiry': await token({ claims: { exp: undefined } }),
    'not yet valid': await token({ claims: { nbf: seconds + 6 } }),
    'signed with another key': await token({ key: foreign }),
    'a shared secret': await token({ header: { alg: 'HS256' }, key: new Uint8Array(32) }),
    'not signed': new UnsecuredJWT({ iss: issuer, aud: audience, client_id: 'app', exp: seconds + 9 }).encode(),
    'no client': await token({ claims: { client_id: undefined, sub: undefined } }),
    'a client with a control character': await token({ claims: { client_id: 'a\u0000b' } }),
    'no JWT': 'abc',
    'no JWT, with points': 'a.b.c',
  };
  for (const [what, each] of Object.entries(wrong)) t.strictSame(await refusalOf(verify(each)), invalid, what);
  t.match(await verify(await token({ claims: { exp: seconds - 4, nbf: seconds + 4 } })), { client: 'app' });
});

void t.test('an unknown key is looked for, but not at once again', async (t) => {
  const { verify, token, world } = await start();
  await verify(await token());
  await verify(await token());
  t.equal(world.loads, 1);
  const next = await createIssuer('two');
  t.strictSame(await refusalOf(verify(await next.token(world.now))), invalid, 'the keys are a moment old');
  world.answer = { status: 200, body: JSON.stringify(next.keySet) };
  t.equal(world.loads, 1);
  world.now += 30_000;
  t.match(await verify(await next.token(world.now)), { client: 'app' });
  t.strictSame(await refusalOf(verify(await token())), invalid, 'the old key is withdrawn');
  t.equal(world.loads, 2);
  world.now += 600_000;
  await Promise.all([verify(await next.token(world.now)), verify(await next.token(world.now))]);
  t.equal(world.loads, 3, 'old keys are renewed, once for requests at the same time');
});

void t.test('while keys cannot be read the answer is 503, and the issuer is not asked for each token', async (t) => {
  for (const answer of [
    undefined,
    { status: 500, body: '' },
    { status: 200, body: '{' },
    { status: 200, body: '{}' },
  ]) {
    const { verify, token, world, first } = await start();
    world.answer = answer;
    t.strictSame(await refusalOf(verify(await token())), [503, { 'Retry-After': '1' }]);
    world.answer = { status: 200, body: JSON.stringify(first.keySet) };
    t.strictSame(await refusalOf(verify(await token())), [503, { 'Retry-After': '1' }]);
    t.equal(world.loads, 1);
    world.now += 1000;
    t.match(await verify(await token()), { client: 'app' });
  }
});

void t.test('keys in a file; a file that cannot be used is named at the start', async (t) => {
  const file = join(t.testdir({}), 'jwks.json');
  const { first, world } = await start();
  const options = { issuer, audience, jwksFile: file };
  const environment = {
    clock: { now: () => world.now, sleep: forever },
    newPoster: () => {
      throw new Error('nothing is sent');
    },
  };
  await t.rejects(createAccessTokens(options, environment), new OptionError('oauth.jwksFile'));
  writeFileSync(file, '{"keys":7}');
  await t.rejects(createAccessTokens(options, environment), { message: /JSON Web Key Set/ });
  writeFileSync(file, JSON.stringify(first.keySet));
  const verify = await createAccessTokens(options, environment);
  t.match(await verify(await first.token(world.now)), { client: 'app' });
});

void t.test('keys come by https, or from this machine', async (t) => {
  for (const url of ['http://127.0.0.1:9/keys', 'http://localhost/keys', 'http://[::1]/keys'])
    await t.resolves(start({ jwksUri: url }), url);
  for (const url of ['http://issuer.example/keys', 'file:///keys', 'keys', 'http://127.0.0.1.example/keys'])
    await t.rejects(start({ jwksUri: url }), { name: 'OptionError', message: /https URL/ }, url);
  await t.rejects(start({ jwksFile: 'keys' }), { message: /either/ });
});
