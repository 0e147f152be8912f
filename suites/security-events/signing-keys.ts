/** The keys that a provider publishes (JWKS, RFC 7517), and whether a token is signed with one of them (EVT-09). */
import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose';
import type { ReceivedToken } from '../../schemas/types.js';
import { isObject } from '../trace/message.js';
import type { TokenContent } from './security-event-token.js';

export type SignatureCheck = Pick<ReceivedToken, 'signature' | 'note'>;

/** Says of a token whether its signature verifies. Never rejects. */
export type CheckSignature = (token: TokenContent) => Promise<SignatureCheck>;

/** Whether a document is a JWK Set. */
export const isKeySet = (value: unknown): value is JSONWebKeySet =>
  isObject(value) &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => isObject(key) && typeof key.kty === 'string');

/** How often keys are fetched again in a run, because a token names one that was not among them. */
const mostRenewals = 3;

/**
 * `keys` undefined: there are none to check with; `why` says so as a sentence. `fetchAgain` gives the keys of the
 * moment: a provider may change them at any time.
 */
export const createSignatureCheck = (
  keys: JSONWebKeySet | undefined,
  why: string,
  fetchAgain: () => Promise<unknown> = () => Promise.resolve(undefined),
): CheckSignature => {
  let keyOf = keys === undefined ? undefined : createLocalJWKSet(keys);
  let renewals = 0;
  const verify = async (jwt: string, keyOf: ReturnType<typeof createLocalJWKSet>): Promise<void> => {
    await compactVerify(jwt, keyOf);
  };
  /** Once more with keys of now, where there is none of the token's. */
  const verifyAgain = async (jwt: string, error: unknown): Promise<void> => {
    if (!(error instanceof errors.JWKSNoMatchingKey) || renewals === mostRenewals) throw error;
    renewals += 1;
    const now = await fetchAgain();
    if (!isKeySet(now)) throw error;
    keyOf = createLocalJWKSet(now);
    await verify(jwt, keyOf);
  };
  return async ({ jwt, header }) => {
    if (jwt === undefined) return { signature: 'unsigned', note: 'It is plain JSON and no JWT.' };
    if (header === undefined) return { signature: 'unsigned', note: 'It cannot be read as a JWT.' };
    const algorithm = header.alg;
    if (algorithm === 'none') return { signature: 'unsigned', note: 'Its algorithm is none.' };
    // Who verifies it has the secret it was made with: nothing is published.
    if (typeof algorithm === 'string' && algorithm.startsWith('HS'))
      return { signature: 'hmac', note: `Its algorithm is ${algorithm}.` };
    if (keyOf === undefined) return { signature: 'unchecked', note: why };
    try {
      await verify(jwt, keyOf).catch((error: unknown) => verifyAgain(jwt, error));
      return { signature: 'verified' };
    } catch (error) {
      if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyWithAny(jwt, error);
      // What nobody here can verify may be right.
      if (error instanceof errors.JOSENotSupported)
        return { signature: 'unchecked', note: `It cannot be verified here: ${error.message}.` };
      return { signature: 'invalid', note: error instanceof Error ? error.message : String(error) };
    }
  };
};

/** Several keys fit a token that does not name its own: one of them has to verify it. */
const verifyWithAny = async (jwt: string, several: errors.JWKSMultipleMatchingKeys): Promise<SignatureCheck> => {
  for await (const key of several) {
    try {
      await compactVerify(jwt, key);
      return { signature: 'verified' };
    } catch {
      // The next one may.
    }
  }
  return { signature: 'invalid', note: 'None of the keys that fit verifies it.' };
};
