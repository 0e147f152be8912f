/** Compares lists of values in linear time: groups have thousands of members. */
import { canonicalJson } from '../canonical-json.js';
import { isJson, type Json } from '../json.js';

type Test = (item: unknown) => boolean;

/** Whether two values with the same `value` may be one: they are not of different types (RFC 7643 §2.4). */
export const hasKindOf = (one: Json, other: Json): boolean =>
  one.type === undefined || other.type === undefined || one.type === other.type;

/** Whether an item is equal to one of the values. */
export const equalsAny = (values: readonly unknown[]): Test => {
  const texts = new Set(values.map(canonicalJson));
  return (item) => texts.has(canonicalJson(item));
};

/** The text of some members; undefined if one of them is missing. */
const textOf = (item: Json, names: readonly string[]): string | undefined =>
  names.every((name) => name in item)
    ? canonicalJson(Object.fromEntries(names.map((name) => [name, item[name]])))
    : undefined;

/** Whether an item is equal to one of the values or, for objects, has all members of one of them. */
export const holdsAny = (values: readonly unknown[]): Test => {
  const equals = equalsAny(values.filter((value) => !isJson(value)));
  /** Most clients name the same members in all values, so that there is one group. */
  const groups = new Map<string, { readonly names: readonly string[]; readonly texts: Set<string> }>();
  for (const value of values.filter(isJson)) {
    const names = Object.keys(value).sort();
    const key = JSON.stringify(names);
    const { texts } = groups.get(key) ?? { texts: new Set<string>() };
    groups.set(key, { names, texts: texts.add(canonicalJson(value)) });
  }
  return (item) => {
    if (!isJson(item)) return equals(item);
    return [...groups.values()].some(({ names, texts }) => texts.has(textOf(item, names) ?? ''));
  };
};
