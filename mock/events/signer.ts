/** Makes tokens of claims, with a key that is this mock's alone (RFC 7515, RFC 8417 §2.3). */
import { base64url, type JWK } from 'jose';
import type { Environment, TokenHeader } from '../environment.js';
import type { Settings } from '../options.js';
import type { Seams } from '../seams.js';
import type { Claims } from './claims.js';
import { once } from './once.js';

export interface Signer {
  /** The public keys (RFC 7517 §5); none where tokens are unsecured. */
  readonly keySet: () => Promise<{ readonly keys: readonly JWK[] }>;
  /** The compact token of these claims. */
  readonly sign: (claims: Claims) => Promise<string>;
}

export interface SignerOptions {
  readonly signing: Settings['signing'];
  readonly newSigningKey: Environment['newSigningKey'];
  readonly seam: Seams['sign'];
}

/** Explicit typing (RFC 8417 §2.3). */
const typ = 'secevent+jwt';

/** An unsecured JWT has an empty signature (RFC 7519 §6). */
const unsecured = (claims: Claims, header: TokenHeader): Promise<string> =>
  Promise.resolve(`${base64url.encode(JSON.stringify(header))}.${base64url.encode(JSON.stringify(claims))}.`);

export const createSigner = ({ signing, newSigningKey, seam }: SignerOptions): Signer => {
  if (signing === 'none') {
    return {
      keySet: () => Promise.resolve({ keys: [] }),
      sign: (claims) => seam(claims, { typ, alg: 'none' }, unsecured),
    };
  }
  const key = once(async () => newSigningKey(signing));
  return {
    keySet: async () => ({ keys: [(await key()).jwk] }),
    sign: async (claims) => {
      const { jwk, sign } = await key();
      return seam(claims, { typ, alg: signing, kid: jwk.kid }, async (given, header) => sign(given, header));
    },
  };
};
