/**
 * Signing keys made from a seed. Ed25519 gives the same signature for the same text (RFC 8032 §5.1), and node:crypto
 * makes it in this thread.
 */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { SigningKey } from '../mock/index.js';
import type { Chance } from './chance.js';

/** The beginning of a PKCS #8 private key of 32 bytes (RFC 8410 §7); the key follows. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Always makes an Ed25519 key. */
export const createSigningKey = (chance: Chance): SigningKey => {
  const key = Buffer.concat([pkcs8, chance.bytes(32)]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const { kty = '', crv = '', x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  // RFC 8037 §2, RFC 7638 §3: these members, in this order.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return {
    jwk: { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' },
    sign: (claims, header) => {
      const input = `${encode(header)}.${encode(claims)}`;
      return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
    },
  };
};
