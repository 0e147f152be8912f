/** Operations on multi-valued attributes (RFC 7644 §3.5.2.1 to §3.5.2.3). */
import { isAlike, isAlikeAt, isPresent } from '../../trace/alike.js';
import { isObject, type JsonObject } from '../../trace/message.js';
import { Gone, gone } from './gone.js';
import { done, open, refused, type Step } from './step.js';
import type { PatchTarget } from './target.js';

export type Op = 'add' | 'remove' | 'replace';

export interface Edit {
  readonly op: Op;
  readonly value: unknown;
  /** Whether the attribute is a member of the value of an operation without a path. */
  readonly isPathless?: boolean;
}

type List = readonly JsonObject[];

const isPrimary = (item: JsonObject): boolean => item.primary === true;

/** A value that becomes primary makes the others lose it (RFC 7644 §3.5.2). Undefined if several become primary. */
const withOnePrimary = (list: List, fresh: List): List | undefined => {
  const primary = fresh.filter(isPrimary);
  if (primary.length > 1) return undefined;
  const [only] = primary;
  if (only === undefined) return list;
  return list.map((item) => (item !== only && isPrimary(item) ? { ...item, primary: false } : item));
};

const settled = (lists: readonly (readonly [list: List, fresh: List])[], isWithoutTarget = false): Step<List> => {
  const all = lists.map(([list, fresh]) => withOnePrimary(list, fresh));
  const known = all.filter((list) => list !== undefined);
  return known.length < all.length ? open : done(known, isWithoutTarget);
};

/** Whether an item has all that a value says. */
export const holds = (attribute: string, item: JsonObject, value: JsonObject): boolean =>
  Object.entries(value).every(([name, wanted]) => {
    const shown = item[name];
    if (wanted instanceof Gone) return !isPresent(shown) || !isAlikeAt(`${attribute}.${name}`, wanted.was, shown);
    if (name === 'primary') return (wanted === true) === (shown === true);
    return isAlikeAt(`${attribute}.${name}`, wanted, shown) || (!isPresent(wanted) && !isPresent(shown));
  });

const itemsOf = (value: unknown): List | undefined => {
  const items = Array.isArray(value) ? (value as unknown[]) : [value];
  return items.every(isObject) ? items : undefined;
};

const isSameAt = (name: string, one: JsonObject, other: JsonObject): boolean =>
  isPresent(one[name]) && isAlike(one[name], other[name]);

/** Values that are there with more than was sent, such as `primary`: whether that is «the value specified» is not said. */
const withMore = (attribute: string, before: List, values: List): List =>
  values.filter((value) => {
    const there = before.filter((item) => holds(attribute, item, value));
    return there.length > 0 && !there.some((item) => holds(attribute, value, item));
  });

/** Adds values; a provider that keeps one value of each type may put them in place of those that were there. */
const added = (attribute: string, before: List, values: List): Step<List> => {
  const unlike = values.filter((value) => !before.some((item) => holds(attribute, item, value)));
  const merged = new Map<JsonObject, JsonObject>();
  for (const value of unlike) {
    const same = before.find((item) => isSameAt('value', value, item));
    if (same === undefined) continue;
    // Whether another type makes it another value is not said.
    if (!isAlike(value.type, same.type)) return open;
    merged.set(same, { ...same, ...value });
  }
  const fresh = unlike.filter((value) => !before.some((item) => isSameAt('value', value, item)));
  const now = before.map((item) => merged.get(item) ?? item);
  const others = now.filter((item) => !fresh.some((value) => isSameAt('type', value, item)));
  const all = [...merged.values(), ...fresh];
  const again = withMore(attribute, before, values);
  return settled([
    [[...now, ...fresh], all],
    [[...others, ...fresh], all],
    ...(again.length === 0
      ? []
      : [
          [
            [...now, ...fresh, ...again],
            [...all, ...again],
          ] as const,
        ]),
  ]);
};

const wholeList = (attribute: string, before: List, { op, value }: Edit): Step<List> => {
  if (op === 'remove') return done([[]], before.length === 0);
  const values = itemsOf(value);
  if (values === undefined) return open;
  return op === 'add' ? added(attribute, before, values) : settled([[values, values]]);
};

/** No value matches the filter. */
const unmatched = ({ filter, sub }: PatchTarget, before: List, { op, value }: Edit): Step<List> => {
  if (op === 'remove') return done([before], true);
  // Without any value the attribute does not exist, and then `replace` is an `add` (RFC 7644 §3.5.2.3).
  if (op === 'replace') return before.length === 0 ? open : refused('no match');
  if (sub === undefined || filter?.example === undefined) return open;
  const fresh = { ...filter.example, [sub.name]: value };
  return settled([[[...before, fresh], [fresh]]], true);
};

const withoutRepeats = (attribute: string, list: List): List =>
  list.filter((item, place) => !list.slice(0, place).some((each) => holds(attribute, each, item)));

/** Both with and without values that have become equal: a provider may keep one of them (RFC 7643 §2.4). */
const changedItems = (attribute: string, lists: readonly (readonly [List, List])[]): Step<List> =>
  settled(
    lists.flatMap(([list, fresh]) => [[list, fresh] as const, [withoutRepeats(attribute, list), fresh] as const]),
  );

const changeMatched = (target: PatchTarget, before: List, matched: List, { op, value }: Edit): Step<List> => {
  const { definition, sub } = target;
  const rest = before.filter((item) => !matched.includes(item));
  if (sub === undefined) {
    if (op === 'remove') return done([rest]);
    if (op === 'add' || !isObject(value)) return open;
    const changed = (change: (item: JsonObject) => JsonObject): readonly [List, List] => {
      const results = new Map(matched.map((item) => [item, change(item)] as const));
      return [before.map((item) => results.get(item) ?? item), [...results.values()]];
    };
    const bare = (item: JsonObject): JsonObject =>
      Object.fromEntries(Object.entries(item).map(([name, old]) => [name, name === 'primary' ? false : gone(old)]));
    return changedItems(definition.name, [
      changed((item) => ({ ...item, ...value })),
      changed((item) => ({ ...bare(item), ...value })),
    ]);
  }
  const written = (item: JsonObject): JsonObject => ({
    ...item,
    [sub.name]: op === 'remove' ? gone(item[sub.name]) : value,
  });
  const results = new Map(matched.map((item) => [item, written(item)] as const));
  const list = before.map((item) => results.get(item) ?? item);
  const isWithoutTarget = op === 'remove' && matched.some((item) => !isPresent(item[sub.name]));
  if (op !== 'remove') {
    const step = changedItems(definition.name, [[list, sub.name === 'primary' ? [...results.values()] : []]]);
    return step;
  }
  // Without its significant sub-attribute, a value may go as a whole.
  return done(sub.name === 'value' ? [list, rest] : [list], isWithoutTarget);
};

/** The list after one operation. */
export const changedList = (target: PatchTarget, before: List, edit: Edit): Step<List> => {
  const { definition, filter, sub } = target;
  // What a path such as `emails.type` means without a filter is not said.
  if (filter === undefined) return sub === undefined ? wholeList(definition.name, before, edit) : open;
  const found = before.map((item) => filter.matches(item));
  if (found.includes('open')) return open;
  const matched = before.filter((_, place) => found[place] === 'yes');
  return matched.length === 0 ? unmatched(target, before, edit) : changeMatched(target, before, matched, edit);
};
