/** Signs security event tokens (RFC 7515, RFC 8417 §2.3) with the key of this provider. */
import type { JWK } from 'jose';
import type { Translator } from '../../schemas/wire/translator.js';
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
  /** Undefined: the wire has the names of the mock. */
  readonly wire: Translator | undefined;
}

/** Explicit typing (RFC 8417 §2.3). */
const typ = 'secevent+jwt';

type Sign = Parameters<EventSeams['sign']>[2];

/** An unsecured JWT has an empty signature (RFC 7519 §6). */
const unsecured = (claims: Claims, header: TokenHeader): Promise<string> =>
  Promise.resolve(
    `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`,
  );

/** Signs what will be on the wire, and gives the token in the names of the mock: its signature is right when it is sent. */
const renamedSign =
  (sign: Sign, wire: Translator | undefined): Sign =>
  async (claims, header) =>
    wire === undefined ? sign(claims, header) : wire.token(await sign(wire.claims(claims), header));

export const createSigner = ({ signing, keys, seam, wire }: SignerOptions): Signer => {
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
      const honestly: Sign = async (given, header) => sign(given, header);
      return seam(claims, { typ, alg: signing, kid: jwk.kid }, renamedSign(honestly, wire));
    },
  };
};
