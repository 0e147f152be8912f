/** Attribute paths (RFC 7644 §3.10): parsing them, and finding their values. Shared by filters and projections. */
import { isJson, type Json } from '../json.js';
import type { ResourceType } from './resource-type.js';

/** Names in lower case (RFC 7643 §2.1), outermost first. For an attribute of an extension, the first is the URN. */
export type AttributePath = readonly string[];

/** Core attributes may be named with or without their URN. The URN of an extension alone names the whole extension. */
export const attributePath = (type: ResourceType, text: string): AttributePath => {
  const path = text.toLowerCase();
  const extensions = type.extensions.map(({ schema }) => schema.toLowerCase());
  if (extensions.includes(path)) return [path];
  const core = `${type.schema.toLowerCase()}:`;
  if (path.startsWith(core)) return path.slice(core.length).split('.');
  const extension = extensions.find((each) => path.startsWith(`${each}:`));
  return extension === undefined ? path.split('.') : [extension, ...path.slice(extension.length + 1).split('.')];
};

/**
 * Finds a member by its name in lower case. With it, filters read stored resources without building representations.
 */
export type Lookup = (name: string) => unknown;

export const lookupIn =
  (value: Json): Lookup =>
  (name) => {
    for (const own in value) if (own.length === name.length && own.toLowerCase() === name) return value[own];
    return undefined;
  };

/** The values at the path: one, or one for each element of a list on the way. */
const valuesIn = (value: unknown, path: AttributePath): unknown[] => {
  if (path.length === 0) return [value];
  if (Array.isArray(value)) return value.flatMap((each) => valuesIn(each, path));
  return isJson(value) ? valuesAt(lookupIn(value), path) : [];
};

const valuesAt = (lookup: Lookup, [name, ...rest]: AttributePath): unknown[] =>
  name === undefined ? [] : valuesIn(lookup(name), rest);

/** The values of the attribute; elements of a list one by one. */
export const elementsAt = (lookup: Lookup, path: AttributePath): unknown[] =>
  valuesAt(lookup, path).flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]));

const comparedOf = (element: unknown): unknown => (isJson(element) ? lookupIn(element)('value') : element);

/**
 * The values that a filter compares. Of a complex element of a list that is its `value` (RFC 7643 §2.4). An unassigned
 * attribute counts as one null (RFC 7643 §2.5).
 */
export const comparedAt = (lookup: Lookup, path: AttributePath): unknown[] => {
  const compared = valuesAt(lookup, path)
    .flatMap((value): unknown[] => (Array.isArray(value) ? value.map(comparedOf) : [value]))
    .filter((value) => value !== undefined && value !== null);
  return compared.length === 0 ? [null] : compared;
};
