/** Signs security event tokens (RFC 7515, RFC 8417 §2.3) with the key of this provider. */
import type { JWK } from 'jose';
import type { TokenHeader } from '../environment.js';
import type { Settings } from '../options.js';
import type { Keys } from '../ports.js';
import type { Claims } from '../security-event.js';
import type { EventSeams } from './event-seams.js';

export interface Signer {
  /** The public keys (RFC 7517 §5); empty if tokens are unsecured. */
  readonly keySet: () => Promise<{ readonly keys: readonly JWK[] }>;
  /** The compact token with these claims. */
  readonly sign: (claims: Claims) => Promise<string>;
}

export interface SignerOptions {
  readonly signing: Settings['signing'];
  readonly keys: Keys;
  readonly seam: EventSeams['sign'];
}

/** Explicit typing (RFC 8417 §2.3). */
const typ = 'secevent+jwt';

/** An unsecured JWT has an empty signature (RFC 7519 §6). */
const unsecured = (claims: Claims, header: TokenHeader): Promise<string> =>
  Promise.resolve(
    `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`,
  );

export const createSigner = ({ signing, keys, seam }: SignerOptions): Signer => {
  if (signing === 'none') {
    return {
      keySet: () => Promise.resolve({ keys: [] }),
      sign: (claims) => seam(claims, { typ, alg: 'none' }, unsecured),
    };
  }
  return {
    keySet: async () => ({ keys: [(await keys.signingKey(signing)).jwk] }),
    sign: async (claims) => {
      const { jwk, sign } = await keys.signingKey(signing);
      return seam(claims, { typ, alg: signing, kid: jwk.kid }, async (given, header) => sign(given, header));
    },
  };
};
