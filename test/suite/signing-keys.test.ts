import { createSign, generateKeyPairSync } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet } from 'jose';
import t from 'tap';
import { createSignatureCheck } from '../../suites/security-events/signing-keys.js';

const issue = async (kid: string): Promise<{ jwt: string; keys: JSONWebKeySet }> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwt = await new SignJWT({ jti: kid }).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
  return { jwt, keys: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256' }] } };
};

void t.test('a signature verifies with its own key and with no other', async (t) => {
  const [first, second] = [await issue('a'), await issue('a')];
  const check = createSignatureCheck(first.keys, '');
  t.match(await check({ jwt: first.jwt, header: { alg: 'ES256', kid: 'a' } }), { signature: 'verified' });
  t.match(await check({ jwt: second.jwt, header: { alg: 'ES256', kid: 'a' } }), { signature: 'invalid' });
});

void t.test('a key that came after the run had begun is fetched, and no more than a few times', async (t) => {
  const [old, current, foreign] = [await issue('old'), await issue('current'), await issue('foreign')];
  let fetched = 0;
  const check = createSignatureCheck(old.keys, '', () => {
    fetched += 1;
    return Promise.resolve(current.keys);
  });
  t.match(await check({ jwt: old.jwt, header: { alg: 'ES256', kid: 'old' } }), { signature: 'verified' });
  t.equal(fetched, 0);
  t.match(await check({ jwt: current.jwt, header: { alg: 'ES256', kid: 'current' } }), { signature: 'verified' });
  t.equal(fetched, 1);
  for (let round = 0; round < 5; round += 1)
    t.match(await check({ jwt: foreign.jwt, header: { alg: 'ES256', kid: 'foreign' } }), { signature: 'invalid' });
  t.equal(fetched, 3);
});

void t.test('an algorithm that is not known here is unchecked, and not wrong', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = { alg: 'ES256K', kid: 'k' };
  const text = `${part(header)}.${part({ jti: '1' })}`;
  const signature = createSign('sha256').update(text).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' });
  const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256K' }] } as JSONWebKeySet;
  const check = createSignatureCheck(keys, '');
  t.match(await check({ jwt: `${text}.${signature.toString('base64url')}`, header }), {
    signature: 'unchecked',
    note: /cannot be verified here/,
  });
});
