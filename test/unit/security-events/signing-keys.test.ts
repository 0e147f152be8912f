import { createSign, generateKeyPairSync } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet } from 'jose';
import t from 'tap';
import { systemEnvironment } from '../../../suites/environment/system-environment.js';
import { fetchKeys, keysIn } from '../../../suites/security-events/published-keys.js';
import { createSignatureCheck } from '../../../suites/security-events/signing-keys.js';

const { verify } = systemEnvironment;

const issue = async (kid: string): Promise<{ jwt: string; keys: JSONWebKeySet }> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwt = await new SignJWT({ jti: kid }).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
  return { jwt, keys: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256' }] } };
};

void t.test('a signature verifies with its own key and with no other', async (t) => {
  const [first, second] = [await issue('a'), await issue('a')];
  const check = createSignatureCheck({ findKey: keysIn(first.keys), why: '', verify });
  t.match(await check({ jwt: first.jwt, header: { alg: 'ES256', kid: 'a' } }), { signature: 'verified' });
  t.match(await check({ jwt: second.jwt, header: { alg: 'ES256', kid: 'a' } }), { signature: 'invalid' });
});

/** A check with the keys that each request gets. */
const checkWithKeysOf = async (request: () => unknown): Promise<ReturnType<typeof createSignatureCheck>> =>
  createSignatureCheck({
    findKey: await fetchKeys('https://keys.example/jwks', () => Promise.resolve(request())),
    why: 'no keys',
    verify,
  });

void t.test('a key that came after the run had begun is fetched, and no more than a few times', async (t) => {
  const [old, current, foreign] = [await issue('old'), await issue('current'), await issue('foreign')];
  let requests = 0;
  const check = await checkWithKeysOf(() => {
    requests += 1;
    return requests === 1 ? old.keys : current.keys;
  });
  t.match(await check({ jwt: old.jwt, header: { alg: 'ES256', kid: 'old' } }), { signature: 'verified' });
  t.equal(requests, 1);
  t.match(await check({ jwt: current.jwt, header: { alg: 'ES256', kid: 'current' } }), { signature: 'verified' });
  t.equal(requests, 2);
  for (let round = 0; round < 5; round += 1)
    t.match(await check({ jwt: foreign.jwt, header: { alg: 'ES256', kid: 'foreign' } }), { signature: 'invalid' });
  t.equal(requests, 4);
});

void t.test('tokens that are checked at the same time wait for one request for the new key', async (t) => {
  const [old, current] = [await issue('old'), await issue('current')];
  let requests = 0;
  const check = await checkWithKeysOf(() => {
    requests += 1;
    return requests === 1 ? old.keys : current.keys;
  });
  const token = { jwt: current.jwt, header: { alg: 'ES256', kid: 'current' } };
  const checks = await Promise.all(Array.from({ length: 10 }, () => check(token)));
  t.strictSame([...new Set(checks.map(({ signature }) => signature))], ['verified']);
  t.equal(requests, 2);
});

void t.test('keys that cannot be fetched again leave those that are known', async (t) => {
  const [old, foreign] = [await issue('old'), await issue('foreign')];
  let requests = 0;
  const check = await checkWithKeysOf(() => {
    requests += 1;
    return requests === 1 ? old.keys : { error: 'down' };
  });
  t.match(await check({ jwt: foreign.jwt, header: { alg: 'ES256', kid: 'foreign' } }), {
    signature: 'invalid',
    note: 'no applicable key found in the JSON Web Key Set',
  });
  t.match(await check({ jwt: old.jwt, header: { alg: 'ES256', kid: 'old' } }), { signature: 'verified' });
});

void t.test('a place that leads to no keys leaves the signature unchecked', async (t) => {
  const { jwt } = await issue('a');
  for (const answer of [undefined, 'keys', { keys: [{ kid: 'a' }] }]) {
    const check = await checkWithKeysOf(() => answer);
    t.strictSame(await check({ jwt, header: { alg: 'ES256', kid: 'a' } }), { signature: 'unchecked', note: 'no keys' });
  }
});

void t.test('an algorithm that is not known here is unchecked, and not wrong', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = { alg: 'ES256K', kid: 'k' };
  const text = `${part(header)}.${part({ jti: '1' })}`;
  const signature = createSign('sha256').update(text).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' });
  const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256K' }] } as JSONWebKeySet;
  const check = createSignatureCheck({ findKey: keysIn(keys), why: '', verify });
  t.match(await check({ jwt: `${text}.${signature.toString('base64url')}`, header }), {
    signature: 'unchecked',
    note: /cannot be verified here/,
  });
});

void t.test('a token in quotes is unchecked: its form is wrong, and not its signature', async (t) => {
  const { jwt, keys } = await issue('a');
  const check = createSignatureCheck({ findKey: keysIn(keys), why: '', verify });
  t.match(await check({ jwt: `"${jwt}"`, header: { alg: 'ES256', kid: 'a' } }), { signature: 'unchecked' });
});
