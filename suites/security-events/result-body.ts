/**
 * Reads the answer to a GET of a result URI. RFC 9967 does not define its form (profile §7, clarification 5), so that every
 * form in which tokens or results can be recognised is read.
 */
import { readJson } from '../trace/json.js';
import { isObject, type JsonObject } from '../trace/message.js';
import { withUsualNames } from '../trace/spelling.js';
import { isCompact, readJwt, readToken, setsIn, type TokenContent } from './security-event-token.js';

export type ResultForm =
  /** One token and nothing else: a JWT, or its claims as JSON. */
  | 'token'
  /** Tokens as RFC 8936 §2.3 wraps them. */
  | 'sets'
  /** Tokens in some other form. */
  | 'wrapped tokens'
  /** The result of one operation without a token (RFC 7644 §3.7.3). */
  | 'operation'
  /** Such results in a list. */
  | 'operations'
  /** No content: nothing to read yet. */
  | 'nothing'
  /** Content in which neither tokens nor results can be recognised. */
  | 'unknown';

export interface ResultBody {
  readonly tokens: readonly TokenContent[];
  /** Bulk-response operations that are not in a token. */
  readonly operations: readonly JsonObject[];
  readonly form: ResultForm;
}

const none = { tokens: [], operations: [] } as const;

const isOperation = (value: unknown): value is JsonObject =>
  isObject(value) && value.status !== undefined && value.events === undefined;

/** A text without the white space in it, such as a JWT on each line. */
const partsOf = (text: string): string[] => text.split(/\s+/).filter((part) => part !== '');

/** Tokens that are members of other values, at any depth, in the order of the answer. */
const tokensWithin = (value: unknown): TokenContent[] => {
  if (typeof value === 'string') {
    const tokens = partsOf(value).map(readToken);
    return tokens.flatMap((token) => (isObject(token?.claims?.events) ? [token] : []));
  }
  const token = readToken(value);
  if (token !== undefined) return [token];
  if (Array.isArray(value)) return value.flatMap(tokensWithin);
  return isObject(value) ? Object.values(value).flatMap(tokensWithin) : [];
};

/** Names of members that hold the list of a message. */
const listNames = ['sets', 'operations', 'resources'];

/** The list of a message, such as a ListResponse; undefined if there is none. */
const listIn = (body: unknown): readonly unknown[] | undefined => {
  if (Array.isArray(body)) return body as unknown[];
  const lists = Object.entries(isObject(body) ? body : {}).filter(([name]) => listNames.includes(name.toLowerCase()));
  return lists.map(([, list]) => list).find((list): list is unknown[] => Array.isArray(list));
};

const isEmpty = (body: unknown): boolean =>
  body === null ||
  listIn(body)?.length === 0 ||
  (isObject(body) &&
    (Object.keys(body).length === 0 ||
      body.totalResults === 0 ||
      (isObject(body.sets) && Object.keys(body.sets).length === 0)));

const readJsonResult = (body: unknown): ResultBody => {
  const single = readToken(body);
  if (single !== undefined) return { ...none, tokens: [single], form: 'token' };
  const sets = setsIn(body);
  if (sets.some(({ jwt, claims }) => jwt !== undefined || claims !== undefined))
    return { ...none, tokens: sets, form: 'sets' };
  const tokens = tokensWithin(body);
  if (tokens.length > 0) return { ...none, tokens, form: 'wrapped tokens' };
  // Claims have their own spelling (RFC 7519 §4); all other results are SCIM.
  const result = withUsualNames(body);
  const operations = (listIn(result) ?? []).filter(isOperation);
  if (operations.length > 0) return { ...none, operations, form: 'operations' };
  if (isOperation(result)) return { ...none, operations: [result], form: 'operation' };
  return { ...none, form: isEmpty(body) ? 'nothing' : 'unknown' };
};

const readResultBody = (text: string): ResultBody => {
  const parts = partsOf(text);
  const [first] = parts;
  if (first === undefined) return { ...none, form: 'nothing' };
  const tokens = parts.every(isCompact) ? parts.map(readJwt) : [];
  // Not every text with two dots is a token.
  if (!tokens.some(({ header, claims }) => header !== undefined || claims !== undefined))
    return readJsonResult(readJson(text));
  return { ...none, tokens, form: tokens.length === 1 ? 'token' : 'wrapped tokens' };
};

const known = new WeakMap<object, ResultBody>();

/** The reading is cached. */
export const resultOf = (response: { readonly body: string }): ResultBody => {
  const found = known.get(response) ?? readResultBody(response.body);
  known.set(response, found);
  return found;
};
