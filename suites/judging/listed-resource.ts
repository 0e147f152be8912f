/**
 * In what a resource in a list differs from a read of it (RFC 7644 §3.4.2). What a list leaves out is left open, and so is the
 * order of values: only values that it shows, and that are others, count.
 */
import { isAlikeAt, isPresent } from '../trace/alike.js';
import { isObject, type JsonObject, responseObject } from '../trace/message.js';
import type { Exchange } from '../../schemas/types.js';

const simpleNames = ['userName', 'displayName', 'externalId', 'active'];

/** The resource with this id in the answer to a query. */
export const listedIn = (search: Exchange, id: unknown): JsonObject | undefined => {
  const list = search.response?.status === 200 ? responseObject(search)?.Resources : undefined;
  return Array.isArray(list)
    ? list.find((each): each is JsonObject => isObject(each) && typeof id === 'string' && each.id === id)
    : undefined;
};

/** The `value` of each item, sorted; undefined if there are no items, or if one of them has none. */
const valuesIn = (items: unknown): readonly string[] | undefined => {
  if (!Array.isArray(items) || items.length === 0) return undefined;
  const values = items.map((item: unknown) => (isObject(item) ? item.value : undefined));
  return values.every((value) => typeof value === 'string') ? [...new Set(values)].sort() : undefined;
};

/** Whether each value of one list is in the other; ids are compared exactly, and telephone numbers as such. */
const areSame = (name: string, one: readonly string[], other: readonly string[]): boolean => {
  const path = name === 'members' ? 'id' : name;
  const isIn = (values: readonly string[]) => (value: string) => values.some((each) => isAlikeAt(path, each, value));
  return one.every(isIn(other)) && other.every(isIn(one));
};

export interface ListedDifference {
  readonly name: string;
  readonly read: unknown;
  readonly listed: unknown;
}

/** Whether two representations of a resource show other values of an attribute; not if one of them leaves it out. */
export const differIn = (name: string, one: JsonObject, other: JsonObject): boolean => {
  const [is, shown] = [one[name], other[name]];
  if (simpleNames.includes(name)) return isPresent(is) && isPresent(shown) && !isAlikeAt(name, is, shown);
  const [values, shownValues] = [valuesIn(is), valuesIn(shown)];
  return values !== undefined && shownValues !== undefined && !areSame(name, values, shownValues);
};

/** The first attribute with other values in a list than in a read. */
export const differenceInList = (read: JsonObject, listed: JsonObject): ListedDifference | undefined => {
  const name = [...simpleNames, ...Object.keys(read)].find((each) => differIn(each, read, listed));
  return name === undefined ? undefined : { name, read: read[name], listed: listed[name] };
};
