import { generateKeyPairSync, sign } from 'node:crypto';
import type { JSONWebKeySet, JWK } from 'jose';
import t from 'tap';
import type { ReceivedToken } from '../../../schemas/types.js';
import { systemEnvironment } from '../../../suites/environment/system-environment.js';
import { fetchKeys, keysIn, type FindKey } from '../../../suites/security-events/published-keys.js';
import { createSignatureCheck } from '../../../suites/security-events/signing-keys.js';

const { verify } = systemEnvironment;

type Head = { readonly alg: string; readonly kid?: string };

interface Signer {
  readonly jwk: JWK;
  readonly issue: (header: Head) => string;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const signerOn = (curve: 'ed25519' | 'ed448'): Signer => {
  const { privateKey, publicKey } = generateKeyPairSync(curve as 'ed25519');
  return {
    jwk: publicKey.export({ format: 'jwk' }),
    issue: (header) => {
      const text = `${part(header)}.${part({ jti: '1' })}`;
      return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
    },
  };
};

const [own, other] = [signerOn('ed25519'), signerOn('ed25519')];

const checked = async (
  header: Head,
  findKey: FindKey | undefined,
  signer = own,
): Promise<ReceivedToken['signature']> => {
  const { signature } = await createSignatureCheck({ findKey, why: '', verify })({ jwt: signer.issue(header), header });
  return signature;
};

/** The check of a token with keys that were given, and with the same keys fetched. */
const withKeys = async (header: Head, keys: readonly JWK[], signer = own): Promise<ReceivedToken['signature'][]> => {
  const set: JSONWebKeySet = { keys: [...keys] };
  const fetched = await fetchKeys('https://keys.example/jwks', () => Promise.resolve(set));
  return [await checked(header, keysIn(set), signer), await checked(header, fetched, signer)];
};

const both = (signature: ReceivedToken['signature']) => [signature, signature];

void t.test('a token with a kid verifies with a published key that has none (RFC 7517 §4.5)', async (t) => {
  const header = { alg: 'EdDSA', kid: 'a' };
  t.strictSame(await withKeys(header, [own.jwk]), both('verified'));
  t.strictSame(await withKeys(header, [other.jwk, own.jwk]), both('verified'), 'also if it is one of several');
  t.strictSame(await withKeys(header, [{ ...other.jwk, kid: 'b' }, own.jwk]), both('verified'), 'beside others');
  t.strictSame(await withKeys(header, [other.jwk]), both('invalid'), 'but only if it fits');
});

void t.test('a key with another kid is the key of other tokens (RFC 7515 §4.1.4)', async (t) => {
  t.strictSame(await withKeys({ alg: 'EdDSA', kid: 'a' }, [{ ...own.jwk, kid: 'b' }]), both('invalid'));
  t.strictSame(await withKeys({ alg: 'EdDSA', kid: 'a' }, [{ ...own.jwk, kid: 'a' }]), both('verified'));
  t.strictSame(await withKeys({ alg: 'EdDSA' }, [{ ...own.jwk, kid: 'b' }]), both('verified'), 'it names none itself');
});

void t.test('Ed25519 and EdDSA are names of the same algorithm (RFC 9864 §2.2)', async (t) => {
  for (const inToken of ['Ed25519', 'EdDSA']) {
    for (const inKey of [{ alg: 'Ed25519' }, { alg: 'EdDSA' }, {}])
      t.strictSame(await withKeys({ alg: inToken, kid: 'a' }, [{ ...own.jwk, kid: 'a', ...inKey }]), both('verified'));
  }
  t.strictSame(await withKeys({ alg: 'Ed25519', kid: 'a' }, [{ ...own.jwk, kid: 'a', alg: 'ES256' }]), both('invalid'));
});

void t.test('a signature on the curve Ed448 is unchecked, and not wrong', async (t) => {
  const signer = signerOn('ed448');
  for (const alg of ['EdDSA', 'Ed448'])
    t.strictSame(await withKeys({ alg, kid: 'a' }, [{ ...signer.jwk, kid: 'a' }], signer), both('unchecked'));
});

void t.test('keys without a kid that are fetched later are found, too', async (t) => {
  let requests = 0;
  const findKey = await fetchKeys('https://keys.example/jwks', () => {
    requests += 1;
    return Promise.resolve({ keys: requests === 1 ? [other.jwk] : [own.jwk] });
  });
  t.equal(await checked({ alg: 'EdDSA', kid: 'a' }, findKey), 'verified');
  t.equal(
    await checked({ alg: 'EdDSA', kid: 'a' }, findKey, other),
    'invalid',
    'the old one is not published any more',
  );
});
