/**
 * Verifies compact tokens (RFC 7515 §5.2). A run verifies more than a thousand of them. The common algorithms are verified
 * synchronously, because WebCrypto sends every signature to the thread pool and back; jose does the others.
 */
import { KeyObject, verify } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, errors, type CryptoKey } from 'jose';
import { isCompact } from './security-event-token.js';

/** Rejects with an error of jose if the key does not verify the token. */
export type VerifyToken = (jwt: string, key: CryptoKey) => Promise<void>;

/** The algorithms of each curve (RFC 7518 §3.4, RFC 8037 §3.1, RFC 9864 §2.2), and its digest; null if the digest is built in. */
const curves: Readonly<Record<string, { readonly algorithms: readonly string[]; readonly digest: string | null }>> = {
  'P-256': { algorithms: ['ES256'], digest: 'sha256' },
  'P-384': { algorithms: ['ES384'], digest: 'sha384' },
  'P-521': { algorithms: ['ES512'], digest: 'sha512' },
  Ed25519: { algorithms: ['EdDSA', 'Ed25519'], digest: null },
};

const curveOf = ({ algorithm }: CryptoKey): string =>
  'namedCurve' in algorithm && typeof algorithm.namedCurve === 'string' ? algorithm.namedCurve : algorithm.name;

/** `inPool` runs work that uses the thread pool. */
export const createVerify = (inPool: <T>(work: () => Promise<T>) => Promise<T> = (work) => work()): VerifyToken => {
  const keys = new WeakMap<CryptoKey, KeyObject>();
  const keyOf = (key: CryptoKey): KeyObject => {
    const known = keys.get(key) ?? KeyObject.from(key);
    keys.set(key, known);
    return known;
  };
  return async (jwt, key) => {
    const { alg, crit, b64 } = decodeProtectedHeader(jwt);
    const curve = curves[curveOf(key)];
    const isPlain =
      curve !== undefined && curve.algorithms.includes(alg ?? '') && crit === undefined && b64 === undefined;
    if (!isPlain || !isCompact(jwt)) {
      await inPool(() => compactVerify(jwt, key));
      return;
    }
    const end = jwt.lastIndexOf('.');
    const isRight = verify(
      curve.digest,
      Buffer.from(jwt.slice(0, end)),
      { key: keyOf(key), dsaEncoding: 'ieee-p1363' },
      Buffer.from(jwt.slice(end + 1), 'base64url'),
    );
    if (!isRight) throw new errors.JWSSignatureVerificationFailed();
  };
};
