/** Fetches the keys that a provider publishes (JWKS, RFC 7517), and checks whether one of them signed a token (EVT-09). */
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type CompactJWSHeaderParameters,
  type CryptoKey,
  type JSONWebKeySet,
} from 'jose';
import type { ReceivedToken } from '../../schemas/types.js';
import { isObject } from '../trace/message.js';
import type { TokenContent } from './security-event-token.js';
import type { VerifyToken } from './verify-token.js';

export type SignatureCheck = Pick<ReceivedToken, 'signature' | 'note'>;

/** Checks the signature of a token. Never rejects. */
export type CheckSignature = (token: TokenContent) => Promise<SignatureCheck>;

/** Whether a document is a JWK Set. */
export const isKeySet = (value: unknown): value is JSONWebKeySet =>
  isObject(value) &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => isObject(key) && typeof key.kty === 'string');

/** Finds the key that a token is verified with. */
export type FindKey = (header: CompactJWSHeaderParameters) => Promise<CryptoKey>;

/** At most so many requests for keys in one run: one before it begins, and one when a token names an unknown key. */
const mostRequests = 4;

/**
 * Fetches the keys from a URL, and fetches them again if a token names a key that is not among them, because a provider
 * may change its keys at any time. Undefined if `request` does not return a JWK Set. The caching does not depend on a
 * clock, so that a run in virtual time can be repeated exactly.
 */
export const fetchKeys = async (url: string, request: () => Promise<unknown>): Promise<FindKey | undefined> => {
  let requests = 0;
  const findKey = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: Infinity,
    cooldownDuration: 0,
    [customFetch]: async () => {
      requests += 1;
      const keys = requests > mostRequests ? undefined : await request();
      if (!isKeySet(keys)) throw new errors.JWKSNoMatchingKey();
      return Response.json(keys);
    },
  });
  try {
    await findKey.reload();
    return findKey;
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return undefined;
    throw error;
  }
};

export interface SignatureKeys {
  /** Undefined if there are no keys. */
  readonly findKey?: FindKey | undefined;
  /** Why there are none, as a sentence. */
  readonly why: string;
  readonly verify: VerifyToken;
}

export const createSignatureCheck =
  ({ findKey, why, verify }: SignatureKeys): CheckSignature =>
  async ({ jwt, header }) => {
    if (jwt === undefined) return { signature: 'unsigned', note: 'It is plain JSON and no JWT.' };
    if (header === undefined) return { signature: 'unsigned', note: 'It cannot be read as a JWT.' };
    const algorithm = header.alg;
    if (algorithm === 'none') return { signature: 'unsigned', note: 'Its algorithm is none.' };
    if (typeof algorithm !== 'string') return { signature: 'invalid', note: 'Its header names no algorithm.' };
    // An HMAC can only be verified with the secret that made it, which is never published.
    if (algorithm.startsWith('HS')) return { signature: 'hmac', note: `Its algorithm is ${algorithm}.` };
    if (findKey === undefined) return { signature: 'unchecked', note: why };
    try {
      const key = await findKey({ alg: algorithm, ...(typeof header.kid === 'string' ? { kid: header.kid } : {}) });
      await verify(jwt, key);
      return { signature: 'verified' };
    } catch (error) {
      if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyWithAny(jwt, error, verify);
      // An algorithm that jose does not support may still be right.
      if (error instanceof errors.JOSENotSupported)
        return { signature: 'unchecked', note: `It cannot be verified here: ${error.message}.` };
      return { signature: 'invalid', note: error instanceof Error ? error.message : String(error) };
    }
  };

/** Tries each of several keys, for a token that does not name its key. */
const verifyWithAny = async (
  jwt: string,
  several: errors.JWKSMultipleMatchingKeys,
  verify: VerifyToken,
): Promise<SignatureCheck> => {
  for await (const key of several) {
    try {
      await verify(jwt, key);
      return { signature: 'verified' };
    } catch {
      // The next key may verify it.
    }
  }
  return { signature: 'invalid', note: 'None of the matching keys verifies it.' };
};
