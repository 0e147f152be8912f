/** The keys that a provider publishes (JWKS, RFC 7517), and which of them a token may be signed with. */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type CompactJWSHeaderParameters,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
} from 'jose';
import { isObject } from '../trace/message.js';

/** Whether a document is a JWK Set. */
export const isKeySet = (value: unknown): value is JSONWebKeySet =>
  isObject(value) &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => isObject(key) && typeof key.kty === 'string');

/**
 * Finds the key that a token is verified with. Rejects with an error of jose: JWKSMultipleMatchingKeys holds all keys that
 * fit, if there are several.
 */
export type FindKey = (header: CompactJWSHeaderParameters) => Promise<CryptoKey>;

/** A set of keys as jose makes it. */
type KeySet = FindKey & { readonly jwks: () => JSONWebKeySet | undefined };

/**
 * Both names of the algorithm of an Ed25519 key mean the same: `EdDSA` (RFC 8037 §3.1) and `Ed25519` (RFC 9864 §2.2). jose
 * compares the name in a key with the name in the token, so it is left out.
 */
const withoutNameOfEd25519 = (key: JWK): JWK => {
  if (key.crv !== 'Ed25519') return key;
  const { alg, ...rest } = key;
  return alg === 'EdDSA' || alg === 'Ed25519' ? rest : key;
};

const comparable = ({ keys }: JSONWebKeySet): JSONWebKeySet => ({ keys: keys.map(withoutNameOfEd25519) });

/** jose cannot verify with Ed448, whose algorithm may be called `EdDSA`, too (RFC 8037 §3.1). */
const isOfEd448 = ({ alg, kid }: CompactJWSHeaderParameters, { keys }: JSONWebKeySet): boolean =>
  alg === 'EdDSA' && keys.some((key) => key.crv === 'Ed448' && (key.kid === undefined || key.kid === kid));

/**
 * `kid` is only a hint (RFC 7515 §4.1.4), and a published key need not have one (RFC 7517 §4.5): if no key has the `kid`
 * of a token, those without any may fit.
 */
const fittingIn = (set: KeySet): FindKey => {
  let nameless: { readonly of: string; readonly findKey: FindKey } | undefined;
  const findNameless: FindKey = ({ alg }) => {
    const keys = set.jwks()?.keys.filter(({ kid }) => kid === undefined) ?? [];
    const of = JSON.stringify(keys);
    if (nameless?.of !== of) nameless = { of, findKey: createLocalJWKSet({ keys }) };
    return nameless.findKey({ alg });
  };
  return async (header) => {
    try {
      return await set(header).catch((error: unknown) => {
        if (header.kid === undefined || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
        return findNameless(header);
      });
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey && isOfEd448(header, set.jwks() ?? { keys: [] }))
        throw new errors.JOSENotSupported('the curve Ed448 is not supported');
      throw error;
    }
  };
};

/** Finds keys in a set that does not change. */
export const keysIn = (set: JSONWebKeySet): FindKey => fittingIn(createLocalJWKSet(comparable(set)));

/** At most so many requests for keys in one run: one before it begins, and one when a token names an unknown key. */
const mostRequests = 4;

/**
 * Fetches the keys from a URL, and fetches them again if a token names a key that is not among them, because a provider
 * may change its keys at any time. Undefined if `request` does not return a JWK Set. The caching does not depend on a
 * clock, so that a run in virtual time can be repeated exactly.
 */
export const fetchKeys = async (url: string, request: () => Promise<unknown>): Promise<FindKey | undefined> => {
  let requests = 0;
  const set = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: Infinity,
    cooldownDuration: 0,
    [customFetch]: async () => {
      requests += 1;
      const keys = requests > mostRequests ? undefined : await request();
      if (!isKeySet(keys)) throw new errors.JWKSNoMatchingKey();
      return Response.json(comparable(keys));
    },
  });
  try {
    await set.reload();
    return fittingIn(set);
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return undefined;
    throw error;
  }
};
