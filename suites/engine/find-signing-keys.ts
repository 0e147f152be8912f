/**
 * Finds the keys for the signatures of security event tokens: the keys that the user gives, or those that the metadata of
 * the provider name (OpenID Shared Signals 1.0 §7, `/.well-known/ssf-configuration`).
 */
import type { JSONWebKeySet } from 'jose';
import { header, mediaType } from '../../schemas/names.js';
import type { HeaderList } from '../../schemas/types.js';
import { fetchKeys, isKeySet, keysIn, type FindKey } from '../security-events/published-keys.js';
import { createSignatureCheck, type CheckSignature } from '../security-events/signing-keys.js';
import type { RunContext } from '../session/run-context.js';
import { readJson } from '../trace/json.js';
import { isObject } from '../trace/message.js';

/** A JWK Set, or the URL of one. */
export type KeySource = JSONWebKeySet | string;

export interface SigningKeys {
  readonly check: CheckSignature;
  /** Where the keys come from. */
  readonly from?: string;
  /** Why there are none, as a sentence. */
  readonly why?: string;
}

const metadataPath = '/.well-known/ssf-configuration';

/**
 * A place that the user gives is asked, wherever it is; one that the target names, only on the target itself: whoever
 * writes the metadata could make the suite send requests to any host. Keys are public, so they are fetched without a
 * credential. The client certificate is only for the host of the target.
 */
const getJson = async ({ transport, signal, facts }: RunContext, url: string): Promise<unknown> => {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const headers: HeaderList = [[header.accept, mediaType.json]];
  const withoutCertificate = new URL(url).origin !== new URL(facts.baseUrl).origin;
  const answer = await transport.send({ method: 'GET', url, headers, withoutCertificate }, signal);
  return answer.type === 'response' && answer.status === 200 && !answer.truncated ? readJson(answer.body) : undefined;
};

const none = (why: string, { verify }: RunContext): SigningKeys => ({
  check: createSignatureCheck({ why, verify }),
  why,
});

const found = (findKey: FindKey | undefined, place: string, context: RunContext): SigningKeys => {
  const why = `${place} does not lead to a JWK Set, so no signature was checked.`;
  return findKey === undefined
    ? none(why, context)
    : { check: createSignatureCheck({ findKey, why, verify: context.verify }), from: place };
};

export const findSigningKeys = async (context: RunContext, source: KeySource | undefined): Promise<SigningKeys> => {
  const fetched = async (url: string): Promise<SigningKeys> =>
    found(URL.canParse(url) ? await fetchKeys(url, () => getJson(context, url)) : undefined, url, context);
  if (typeof source === 'string') return fetched(source);
  if (source !== undefined)
    return found(isKeySet(source) ? keysIn(source) : undefined, 'the JWK Set that was given', context);
  const { origin } = new URL(context.facts.baseUrl);
  const metadata = await getJson(context, `${origin}${metadataPath}`);
  const place = isObject(metadata) ? metadata.jwks_uri : undefined;
  if (typeof place !== 'string')
    return none(
      `No keys were given (--jwks), and ${origin}${metadataPath} names none, so no signature was checked.`,
      context,
    );
  if (URL.canParse(place) && new URL(place).origin !== origin)
    return none(
      `${origin}${metadataPath} names ${place}, which is on another host, so no signature was checked: give it with --jwks if it may be asked.`,
      context,
    );
  return fetched(place);
};
