/** Reads security event tokens (RFC 8417): compact JWTs, or their claims as plain JSON. */
import { eventUri } from '../../schemas/names.js';
import { readJson } from '../trace/json.js';
import { isObject, type JsonObject } from '../trace/message.js';
import { usualUrn, withUsualNames } from '../trace/spelling.js';

/** The parts of a token that could be read. */
export interface TokenContent {
  /** Compact serialisation; absent if the token came as plain JSON. */
  readonly jwt?: string;
  readonly header?: JsonObject;
  readonly claims?: JsonObject;
  /** The name under which a poll delivered it. */
  readonly key?: string;
}

/** Three parts in base64url; the last one is empty if the token is unsecured (RFC 7515 §7.1, RFC 7519 §6). */
const compact = /^[\w-]+\.[\w-]*\.[\w-]*$/;

export const isCompact = (text: string): boolean => compact.test(text.trim());

const part = (text: string | undefined): JsonObject | undefined => {
  const value = readJson(Buffer.from(text ?? '', 'base64url').toString('utf8'));
  return isObject(value) ? value : undefined;
};

/** Reads a compact JWT; without header or claims if they cannot be read. */
export const readJwt = (text: string): TokenContent => {
  const jwt = text.trim();
  const [head, payload] = jwt.split('.');
  const header = part(head);
  const claims = part(payload);
  return { jwt, ...(header === undefined ? {} : { header }), ...(claims === undefined ? {} : { claims }) };
};

/** Reads a value as one token; undefined if it is none. */
export const readToken = (value: unknown): TokenContent | undefined => {
  if (typeof value === 'string') return isCompact(value) ? readJwt(value) : undefined;
  return isObject(value) && isObject(value.events) ? { claims: value } : undefined;
};

/** The SETs of an RFC 8936 answer (§2.3), each with its name in the answer. */
export const setsIn = (body: unknown): TokenContent[] =>
  isObject(body) && isObject(body.sets)
    ? Object.entries(body.sets).map(([key, value]) => ({ ...(readToken(value) ?? {}), key }))
    : [];

/** The SETs of an RFC 8936 answer whose `txn` is one of these. */
export const setsAbout = (body: unknown, txns: ReadonlySet<unknown>): (TokenContent & { readonly key: string })[] =>
  setsIn(body).flatMap((token) =>
    token.key !== undefined && txns.has(txnOf(token.claims)) ? [{ ...token, key: token.key }] : [],
  );

type EventEntries = readonly (readonly [uri: string, payload: unknown])[];

const readEvents = new WeakMap<JsonObject, EventEntries>();

/** The events of a token with their URIs, both read with the usual spelling; none if `events` is not an object. */
export const eventsOf = (claims: JsonObject | undefined): EventEntries => {
  if (!isObject(claims?.events)) return [];
  const known = readEvents.get(claims);
  if (known !== undefined) return known;
  const events = Object.entries(claims.events).map(
    ([uri, payload]) => [usualUrn(uri), withUsualNames(payload)] as const,
  );
  readEvents.set(claims, events);
  return events;
};

/** The completion event in a token (RFC 9967 §2.5.1.3); undefined if it has none. */
export const completionOf = (claims: JsonObject | undefined): unknown =>
  eventsOf(claims).find(([uri]) => uri === eventUri.asyncResponse)?.[1];

/** `sub_id.uri` (RFC 9967 §2.1), as it was sent; undefined if it is no string. */
export const subjectOf = (claims: JsonObject | undefined): string | undefined =>
  isObject(claims?.sub_id) && typeof claims.sub_id.uri === 'string' ? claims.sub_id.uri : undefined;

/**
 * `sub_id.uri` as a path under the base URL, with a slash before it: RFC 9967 §2.1 calls it a relative path, which may be
 * without one. Undefined if it is no string.
 */
export const subjectPathOf = (claims: JsonObject | undefined): string | undefined =>
  subjectOf(claims)?.replace(/^(?:\.?\/)?/, '/');

/** Whether the path of a subject names a resource, and not only an endpoint. */
export const namesResource = (path: string): boolean => /^\/[^/]+\/[^/]+/.test(path);

/** `txn` of a token; undefined if it is no string. */
export const txnOf = (claims: JsonObject | undefined): string | undefined =>
  typeof claims?.txn === 'string' ? claims.txn : undefined;

/** A `txn` of a bulk operation without its suffix (RFC 9967 §2.5.1.2). */
export const withoutSuffix = (txn: string): string => txn.replace(/:\d+$/, '');

/** The number after this Set-Txn and a colon in a `txn`; undefined if there is none. */
export const suffixOf = (txn: string | undefined, setTxn: string): number | undefined => {
  const match = txn?.startsWith(`${setTxn}:`) === true ? /^\d{1,9}$/.exec(txn.slice(setTxn.length + 1)) : null;
  return match === null ? undefined : Number(match[0]);
};
