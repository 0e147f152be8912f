/** Turns what a client sends into attributes that are kept, and what is kept into a representation. */
import type { Violation } from '../../schemas/validators.js';
import { validate } from '../../schemas/validators.js';
import { Problem } from '../problem.js';
import type { ResourceType } from './resource-type.js';

export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Stored {
  readonly id: string;
  readonly type: ResourceType;
  /** Without id, meta and password. */
  readonly attributes: Json;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly lastModified: number;
  /** Counts the writes, from 1. */
  readonly version: number;
}

const explain = (violations: readonly Violation[]): string =>
  violations
    .slice(0, 3)
    .map(({ path, message }) => `${path === '' ? 'the resource' : path} ${message}`)
    .join('; ');

/** Null and the empty array mean that there is no value (RFC 7643 §2.5). */
const isUnassigned = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/**
 * The attributes of a resource that a client sent: names in the case of the schema (RFC 7643 §2.1), without what is
 * read-only, unknown or unassigned. Throws a Problem of 400 where the resource is not valid.
 */
export const acceptResource = (type: ResourceType, sent: unknown): Json => {
  if (!isJson(sent)) throw new Problem(400, 'A resource is a JSON object.', 'invalidSyntax');
  const known = new Map(
    [...type.attributes.map(({ name }) => name), ...type.extensions, 'schemas'].map((name) => [
      name.toLowerCase(),
      name,
    ]),
  );
  const entries = Object.entries(sent).flatMap(([given, value]): [string, unknown][] => {
    const name = known.get(given.toLowerCase());
    return name === undefined || isUnassigned(value) ? [] : [[name, value]];
  });
  const attributes: Json = Object.fromEntries(entries);
  const validation = validate(type.schemaName, attributes);
  if (!validation.valid)
    throw new Problem(400, `Not a valid ${type.name}: ${explain(validation.violations)}.`, 'invalidValue');
  delete attributes.password;
  return attributes;
};

export const etagOf = (stored: Stored): string => `W/"${stored.version}"`;

export const pathOf = (stored: Stored): string => `${stored.type.endpoint}/${stored.id}`;

/** The meta of a representation (RFC 7643 §3.1). */
export const metaOf = (stored: Stored, baseUrl: string): Json => ({
  resourceType: stored.type.name,
  created: new Date(stored.created).toISOString(),
  lastModified: new Date(stored.lastModified).toISOString(),
  location: `${baseUrl}${pathOf(stored)}`,
  version: etagOf(stored),
});

/** The whole representation of RFC 7643 §3. */
export const represent = (stored: Stored, baseUrl: string): Json => ({
  ...stored.attributes,
  id: stored.id,
  meta: metaOf(stored, baseUrl),
});
