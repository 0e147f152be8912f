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

/** The first attribute with other values in a list than in a read. */
export const differenceInList = (read: JsonObject, listed: JsonObject): ListedDifference | undefined => {
  for (const name of simpleNames) {
    const [is, shown] = [read[name], listed[name]];
    if (isPresent(is) && isPresent(shown) && !isAlikeAt(name, is, shown)) return { name, read: is, listed: shown };
  }
  for (const name of Object.keys(read)) {
    const [is, shown] = [valuesIn(read[name]), valuesIn(listed[name])];
    if (is !== undefined && shown !== undefined && !areSame(name, is, shown)) return { name, read: is, listed: shown };
  }
  return undefined;
};
