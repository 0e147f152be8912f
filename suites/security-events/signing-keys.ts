/** Checks whether one of the published keys signed a token (EVT-09). */
import { errors } from 'jose';
import type { ReceivedToken } from '../../schemas/types.js';
import type { FindKey } from './published-keys.js';
import { isCompact, type TokenContent } from './security-event-token.js';
import type { VerifyToken } from './verify-token.js';

export type SignatureCheck = Pick<ReceivedToken, 'signature' | 'note'>;

/** Checks the signature of a token. Never rejects. */
export type CheckSignature = (token: TokenContent) => Promise<SignatureCheck>;

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
    // Its claims can be read through quotes or an object around it, but its form is for EVT-08 alone.
    if (!isCompact(jwt)) return { signature: 'unchecked', note: 'It does not come as a compact JWT.' };
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
