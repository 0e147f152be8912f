/** Signing keys with jose: as a private JWK that can be stored, and as what signs. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import type { SigningAlgorithm, SigningKey } from './environment.js';

/** A new private key (RFC 7517 §4). */
export const newPrivateKey = async (algorithm: SigningAlgorithm): Promise<JWK> => {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return exportJWK(privateKey);
};

/** Signs with a private key. The public key has its thumbprint as `kid` (RFC 7638). */
export const signingKeyOf = async (jwk: JWK, algorithm: SigningAlgorithm): Promise<SigningKey> => {
  const privateKey = await importJWK(jwk, algorithm);
  const { kty, crv, x, y } = jwk;
  const shown: JWK = { kty, crv, x, ...(y === undefined ? {} : { y }) } as JWK;
  const kid = await calculateJwkThumbprint(shown);
  return {
    jwk: { ...shown, kid, alg: algorithm, use: 'sig' },
    sign: (claims, header) => new SignJWT(claims).setProtectedHeader({ ...header }).sign(privateKey),
  };
};
