/** Keys of attestations: in PEM or as a JWK. */
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readText } from '../files/read-file.js';
import { UsageError } from '../usage/usage-error.js';

type Algorithm = 'EdDSA' | 'ES256' | 'ES384' | 'ES512' | 'PS256';

export interface SigningKey {
  readonly key: KeyObject;
  readonly algorithm: Algorithm;
}

const curves: Readonly<Record<string, Algorithm>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

/** RFC 7518 §3.1, RFC 8037 §3.1; undefined for other keys. */
const algorithmOf = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Algorithm | undefined => {
  switch (asymmetricKeyType) {
    case 'ed25519':
      return 'EdDSA';
    case 'ec':
      return curves[asymmetricKeyDetails?.namedCurve ?? ''];
    case 'rsa':
      return 'PS256';
    default:
      return undefined;
  }
};

const read = (file: string, option: string, parse: (text: string) => KeyObject): SigningKey => {
  const text = readText(file, option);
  let key: KeyObject;
  try {
    key = parse(text);
  } catch {
    // The message of the parser may repeat a part of the key.
    throw new UsageError(`${option} ${file} holds no key: expected a key in PEM, or a JWK`);
  }
  const algorithm = algorithmOf(key);
  if (algorithm === undefined)
    throw new UsageError(`${option} ${file} holds a key of another kind: expected Ed25519, P-256, P-384, P-521 or RSA`);
  return { key, algorithm };
};

const isJwk = (text: string): boolean => text.trimStart().startsWith('{');

/** Throws UsageError. */
export const readPrivateKey = (file: string, option: string): SigningKey =>
  read(file, option, (text) =>
    isJwk(text) ? createPrivateKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' }) : createPrivateKey(text),
  );

/** The public key, also of a file that holds the private one. Throws UsageError. */
export const readPublicKey = (file: string, option: string): SigningKey =>
  read(file, option, (text) =>
    isJwk(text) ? createPublicKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' }) : createPublicKey(text),
  );
