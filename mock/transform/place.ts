/** Where a rule reads or writes in a user: an attribute or a sub-attribute (RFC 7644 §3.10), without filters. */
import { isJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import { readPath } from '../resources/patch-path.js';
import { resourceTypes } from '../resources/resource-type.js';

/** Names as the schema spells them, outermost first. */
export type Place = readonly string[];

/** Throws a Problem of 400 if users have no such attribute, or clients may not write it. */
export const placeOf = (path: string): Place => {
  const { first, rest } = readPath(resourceTypes.User, path);
  const steps = [first, ...rest];
  if (steps.some(({ filter }) => filter !== undefined) || first.attribute.name === 'schemas')
    throw new Problem(400, 'A rule names an attribute without a filter.', 'invalidPath');
  return steps.map(({ attribute }) => attribute.name);
};

/** The member's name as it was sent: names are compared without regard to case (RFC 7643 §2.1). */
const sentName = (holder: Json, name: string): string =>
  Object.keys(holder).find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;

/** The value; of attributes in a list a list. */
export const valueAt = (value: unknown, place: Place): unknown => {
  const [name, ...rest] = place;
  if (name === undefined) return value;
  if (Array.isArray(value)) return value.map((each) => valueAt(each, place));
  return isJson(value) ? valueAt(value[sentName(value, name)], rest) : undefined;
};

/** Replaces each value that is there by what `change` makes of it; in lists one after the other. */
export const changeAt = (value: unknown, place: Place, change: (value: unknown) => unknown): unknown => {
  if (value === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => changeAt(each, place, change));
  const [name, ...rest] = place;
  if (name === undefined) return change(value);
  if (!isJson(value)) return value;
  const own = sentName(value, name);
  return own in value ? { ...value, [own]: changeAt(value[own], rest, change) } : value;
};

/** Writes a value, and makes the objects around it. Undefined if there is something else than an object on the way. */
export const setAt = (holder: Json, [name = '', ...rest]: Place, value: unknown): Json | undefined => {
  const own = sentName(holder, name);
  if (rest.length === 0) return { ...holder, [own]: value };
  const inner = holder[own] ?? {};
  const changed = isJson(inner) ? setAt(inner, rest, value) : undefined;
  return changed === undefined ? undefined : { ...holder, [own]: changed };
};
