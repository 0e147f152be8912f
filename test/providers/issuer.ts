/** An issuer of access tokens for tests: keys, tokens and the key set. */
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JSONWebKeySet } from 'jose';

export const issuer = 'https://issuer.example';
export const audience = 'https://scim.example';

export interface TokenOptions {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Another key than that of the issuer. */
  readonly key?: CryptoKey | Uint8Array;
}

export interface Issuer {
  readonly keySet: JSONWebKeySet;
  /** A valid token at the time `now` (milliseconds since 1970), except for what the options change. */
  readonly token: (now: number, options?: TokenOptions) => Promise<string>;
}

export const createIssuer = async (kid = 'one'): Promise<Issuer> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return {
    keySet: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }] },
    token: (now, { claims = {}, header = {}, key = privateKey } = {}) => {
      const seconds = Math.floor(now / 1000);
      const usual = { iss: issuer, aud: audience, exp: seconds + 300, client_id: 'app', sub: 'somebody' };
      return new SignJWT({ ...usual, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt', ...header })
        .sign(key);
    },
  };
};
