/** Reads recorded messages: header fields without regard to case, and JSON bodies. */
import { header, mediaType } from '../../schemas/names.js';
import type { Exchange, HeaderList } from '../../schemas/types.js';
import { readJson } from './json.js';
import { withUsualNames } from './spelling.js';
import type { Answered } from './trace.js';

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as text for messages: a string as it is, anything else as JSON. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? 'absent' : JSON.stringify(value);

/** The member of this name, in any letter case (RFC 7643 §2.1): for names that are not those of the protocol. */
export const memberOf = (object: JsonObject, name: string): unknown => {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  const spelled = Object.keys(object).find((each) => each.toLowerCase() === wanted);
  return spelled === undefined ? undefined : object[spelled];
};

/** The value at a path of attribute names such as `name.familyName`; undefined if there is none. */
export const atPath = (resource: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isObject(value) ? memberOf(value, name) : undefined), resource);

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

/** Blanks and tabs around the value of a field are no part of it (RFC 9110 §5.5). */
const withoutOuterBlanks = (value: string): string => {
  let [from, to] = [0, value.length];
  while (from < to && isBlank(value[from])) from += 1;
  while (to > from && isBlank(value[to - 1])) to -= 1;
  return value.slice(from, to);
};

/**
 * The field's value without blanks around it, several lines joined by a comma (RFC 9110 §5.3); undefined if it is absent.
 * A trace holds the fields as they came, so that every reader of a field needs this function.
 */
export const headerValue = (headers: HeaderList, name: string): string | undefined => {
  const wanted = name.toLowerCase();
  const values = headers
    .filter(([field]) => field.toLowerCase() === wanted)
    .map(([, value]) => withoutOuterBlanks(value));
  return values.length === 0 ? undefined : values.join(', ');
};

/** The response's field of that name; undefined if it is absent or there was no response. */
export const responseHeader = (exchange: Exchange, name: string): string | undefined =>
  exchange.response === undefined ? undefined : headerValue(exchange.response.headers, name);

/** Media type in lower case without parameters (RFC 9110 §8.3.1); undefined if the field is absent. */
export const responseMediaType = (exchange: Exchange): string | undefined =>
  responseHeader(exchange, 'content-type')?.split(';')[0]?.trim().toLowerCase();

/** Media types that a SCIM answer may have: `application/json` is right if the client asked for it (RFC 7644 §3.8). */
export const mediaTypesFor = ({ request }: Exchange): readonly string[] =>
  headerValue(request.headers, header.accept) === mediaType.json ? [mediaType.scim, mediaType.json] : [mediaType.scim];

interface Parsed {
  readonly asSent: unknown;
  /** The same value if all names were sent in their usual spelling. */
  readonly withUsualNames: unknown;
}

const parsed = new WeakMap<object, Parsed>();

const nothing: Parsed = { asSent: undefined, withUsualNames: undefined };

const jsonOf = (message: { readonly body?: string; readonly truncated?: boolean } | undefined): Parsed => {
  if (message?.body === undefined || message.truncated === true) return nothing;
  const known = parsed.get(message);
  if (known !== undefined) return known;
  const asSent = readJson(message.body);
  const read = { asSent, withUsualNames: withUsualNames(asSent) };
  parsed.set(message, read);
  return read;
};

/**
 * The response body as JSON, with the names of SCIM in their usual spelling; undefined if there is none, it does not
 * parse or it was cut.
 */
export const responseJson = (exchange: Exchange): unknown => jsonOf(exchange.response).withUsualNames;

/** The response body as JSON with the names as they were sent: for answers that are not SCIM, and for CORE-07. */
export const responseJsonAsSent = (exchange: Exchange): unknown => jsonOf(exchange.response).asSent;

/** The response body as a JSON object; undefined if it is not one. */
export const responseObject = (exchange: Exchange): JsonObject | undefined => {
  const value = responseJson(exchange);
  return isObject(value) ? value : undefined;
};

const hasNull = (value: unknown): boolean => {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  for (const member of Object.values(value)) if (hasNull(member)) return true;
  return false;
};

const withoutNullMembers = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNullMembers);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNullMembers(member)]),
  );
};

/** The value without any null members: null means that an attribute has no value (RFC 7643 §2.5). */
export const withoutNulls = (value: unknown): unknown => (hasNull(value) ? withoutNullMembers(value) : value);

export const hasBody = (exchange: Answered): boolean => exchange.response.body !== '';

/** The request body as JSON, with the names of SCIM in their usual spelling; undefined if there is none or it does not parse. */
export const requestJson = (exchange: Exchange): unknown => jsonOf(exchange.request).withUsualNames;

/**
 * The operations in the body of a bulk request or a PATCH, or the results in that of an answer; empty if there are none.
 */
export const operationsIn = (body: unknown): readonly unknown[] =>
  isObject(body) && Array.isArray(body.Operations) ? body.Operations : [];

/** The first operation of a PATCH request; undefined if it has no path (RFC 7644 §3.5.2). */
export const firstPatchOperation = (exchange: Exchange): { path: string; value: unknown } | undefined => {
  const sent = requestJson(exchange);
  const [operation] = operationsIn(sent);
  return isObject(operation) && typeof operation.path === 'string'
    ? { path: operation.path, value: operation.value }
    : undefined;
};
