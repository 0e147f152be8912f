/** Reads a query from the body of a POST to `/.search` (RFC 7644 §3.4.3, RFC 9865 §3). */
import { urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import type { Query } from '../resources/query.js';

/** Null counts as absent (RFC 7643 §2.5). */
const valueIn = (body: Json, name: string): unknown => {
  const own = Object.keys(body).find((each) => each.toLowerCase() === name.toLowerCase());
  return own === undefined ? undefined : (body[own] ?? undefined);
};

const wrongType = (name: string, type: string): Problem => new Problem(400, `${name} is ${type}.`, 'invalidValue');

const text = (body: Json, name: string): string | undefined => {
  const value = valueIn(body, name);
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(name, 'a string');
};

const number = (body: Json, name: string): string | undefined => {
  const value = valueIn(body, name);
  if (value === undefined) return undefined;
  if (typeof value === 'number') return String(value);
  throw wrongType(name, 'a whole number');
};

const names = (body: Json, name: string): string | undefined => {
  const value = valueIn(body, name);
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(',');
  throw wrongType(name, 'a list of strings');
};

/** Throws a Problem of 400. */
export const searchQueryOf = (body: unknown): Query => {
  const schemas = isJson(body) ? valueIn(body, 'schemas') : undefined;
  const isSearch = (each: unknown): boolean =>
    typeof each === 'string' && each.toLowerCase() === urn.searchRequest.toLowerCase();
  if (!isJson(body) || !Array.isArray(schemas) || !schemas.some(isSearch))
    throw new Problem(400, `The body is no ${urn.searchRequest}.`, 'invalidSyntax');
  return {
    filter: text(body, 'filter'),
    startIndex: number(body, 'startIndex'),
    count: number(body, 'count'),
    cursor: text(body, 'cursor'),
    attributes: names(body, 'attributes'),
    excludedAttributes: names(body, 'excludedAttributes'),
  };
};
