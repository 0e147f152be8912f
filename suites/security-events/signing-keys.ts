/** The keys that a provider publishes (JWKS, RFC 7517), and whether a token is signed with one of them (EVT-09). */
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

/** Says of a token whether its signature verifies. Never rejects. */
export type CheckSignature = (token: TokenContent) => Promise<SignatureCheck>;

/** Whether a document is a JWK Set. */
export const isKeySet = (value: unknown): value is JSONWebKeySet =>
  isObject(value) &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => isObject(key) && typeof key.kty === 'string');

/** Finds the key that a token is verified with. */
export type FindKey = (header: CompactJWSHeaderParameters) => Promise<CryptoKey>;

/** Requests for the keys of one run: one before it begins, the others where a token names a key that is not known yet. */
const mostRequests = 4;

/**
 * The keys at a URL, which are requested again where a token names one that is not among them: a provider may change
 * its keys at any time. Undefined where `request` does not lead to a JWK Set. Which key is found depends on no clock,
 * so that a run in virtual time finds the same ones again.
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
  /** Undefined: there are no keys to check with. */
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
    // Who verifies it has the secret it was made with: nothing is published.
    if (algorithm.startsWith('HS')) return { signature: 'hmac', note: `Its algorithm is ${algorithm}.` };
    if (findKey === undefined) return { signature: 'unchecked', note: why };
    try {
      const key = await findKey({ alg: algorithm, ...(typeof header.kid === 'string' ? { kid: header.kid } : {}) });
      await verify(jwt, key);
      return { signature: 'verified' };
    } catch (error) {
      if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyWithAny(jwt, error, verify);
      // What nobody here can verify may be right.
      if (error instanceof errors.JOSENotSupported)
        return { signature: 'unchecked', note: `It cannot be verified here: ${error.message}.` };
      return { signature: 'invalid', note: error instanceof Error ? error.message : String(error) };
    }
  };

/** Several keys fit a token that does not name its own: one of them has to verify it. */
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
      // The next one may.
    }
  }
  return { signature: 'invalid', note: 'None of the keys that fit verifies it.' };
};
