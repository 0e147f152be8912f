/** What an attribute path names, and where it leads in a resource; filters and projections agree on it (RFC 7644 §3.10). */
import { isJson, type Json } from '../json.js';
import type { ResourceType } from './resource-type.js';

/** Names from the outside in, in lower case (RFC 7643 §2.1); attributes of an extension lie under its URN. */
export type AttributePath = readonly string[];

/** An attribute of the core schema may be named with or without its URN; the URN of an extension alone is all of it. */
export const attributePath = (type: ResourceType, text: string): AttributePath => {
  const path = text.toLowerCase();
  const extensions = type.extensions.map(({ schema }) => schema.toLowerCase());
  if (extensions.includes(path)) return [path];
  const core = `${type.schema.toLowerCase()}:`;
  if (path.startsWith(core)) return path.slice(core.length).split('.');
  const extension = extensions.find((each) => path.startsWith(`${each}:`));
  return extension === undefined ? path.split('.') : [extension, ...path.slice(extension.length + 1).split('.')];
};

/** The member of a name in lower case; a resource is looked at by it, so that none has to be put together for a filter. */
export type Lookup = (name: string) => unknown;

export const lookupIn =
  (value: Json): Lookup =>
  (name) => {
    const own = Object.keys(value).find((each) => each.toLowerCase() === name);
    return own === undefined ? undefined : value[own];
  };

/** What lies at the path in this value: one value, or one for each value of a list on the way. */
const valuesIn = (value: unknown, path: AttributePath): unknown[] => {
  if (path.length === 0) return [value];
  if (Array.isArray(value)) return value.flatMap((each) => valuesIn(each, path));
  return isJson(value) ? valuesAt(lookupIn(value), path) : [];
};

const valuesAt = (lookup: Lookup, [name, ...rest]: AttributePath): unknown[] =>
  name === undefined ? [] : valuesIn(lookup(name), rest);

/** The values of the attribute, each by itself. */
export const elementsAt = (lookup: Lookup, path: AttributePath): unknown[] =>
  valuesAt(lookup, path).flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]));

const comparedOf = (element: unknown): unknown => (isJson(element) ? lookupIn(element)('value') : element);

/**
 * What a comparison with the attribute looks at: of a complex value of a list its `value` (RFC 7643 §2.4). What is
 * unassigned is one null (RFC 7643 §2.5).
 */
export const comparedAt = (lookup: Lookup, path: AttributePath): unknown[] => {
  const compared = valuesAt(lookup, path)
    .flatMap((value): unknown[] => (Array.isArray(value) ? value.map(comparedOf) : [value]))
    .filter((value) => value !== undefined && value !== null);
  return compared.length === 0 ? [null] : compared;
};
