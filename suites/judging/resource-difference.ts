/**
 * The first difference between a resource as it should be after a write and as a read shows it. Only values that a read
 * has shown before are demanded, because a provider may choose not to keep an attribute.
 */
import { isAlike, isAlikeAt, isPresent } from '../trace/alike.js';
import { clip } from './describe.js';
import { isObject, textOf, type JsonObject } from '../trace/message.js';

/** One attribute, or a part of it, at three times. */
export interface States {
  /** As the read before the write shows it. */
  readonly before: unknown;
  /** As it should be after the write. */
  readonly wanted: unknown;
  /** As the read after the write shows it. */
  readonly shown: unknown;
  /** The largest number of values that the list was seen with: a provider may keep no more than so many. */
  readonly mostShown: number;
}

export type DifferenceKind =
  /** A value that the write wrote is not there. */
  | 'not-written'
  /** A value that the write removed is there. */
  | 'not-removed'
  /** A value that the write left alone is gone. */
  | 'lost'
  /** A value is in a list twice. */
  | 'twice';

export interface ResourceDifference {
  readonly kind: DifferenceKind;
  /** Completes «expected …». */
  readonly expected: string;
  /** Completes «but …». */
  readonly actual: string;
}

const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** What distinguishes one value of a list from the others (RFC 7643 §2.4). */
const valueOf = (item: unknown): unknown => (isObject(item) ? item.value : item);

const isSameItem =
  (one: unknown) =>
  (other: unknown): boolean =>
    isAlike(valueOf(one), valueOf(other));

const quoted = (value: unknown): string => (isPresent(value) ? `«${clip(textOf(value))}»` : 'absent');

const itemDifference = (
  place: string,
  item: unknown,
  { was, is, should, canBeKept }: Record<'was' | 'is' | 'should', readonly unknown[]> & { readonly canBeKept: boolean },
): ResourceDifference | undefined => {
  const about = `${place} ${quoted(valueOf(item))}`;
  const isSame = isSameItem(item);
  const kind = was.some(isSame) ? 'lost' : 'not-written';
  const found = is.filter(isSame);
  const [first] = found;
  if (first === undefined) {
    const isDemanded = kind === 'lost' || canBeKept;
    return isDemanded
      ? {
          kind,
          expected: `${about} to be there`,
          actual: `there are ${is.length === 0 ? 'no' : `${is.length} other`} values`,
        }
      : undefined;
  }
  if (found.length > should.filter(isSame).length)
    return { kind: 'twice', expected: `${about} to be there once`, actual: `it is there ${found.length} times` };
  const type = isObject(item) ? item.type : undefined;
  return isObject(first) && typeof type === 'string' && !isAlike(type, first.type)
    ? { kind, expected: `${about} to be of type ${quoted(type)}`, actual: `its type is ${quoted(first.type)}` }
    : undefined;
};

const listDifference = (
  place: string,
  { before, wanted, shown, mostShown }: States,
): ResourceDifference | undefined => {
  const lists = { was: items(before), should: items(wanted), is: items(shown) };
  const { was, should, is } = lists;
  const canBeKept = should.length <= mostShown;
  for (const item of should) {
    const difference = itemDifference(place, item, { ...lists, canBeKept });
    if (difference !== undefined) return difference;
  }
  const surplus = is.find((item) => !should.some(isSameItem(item)));
  if (surplus === undefined) return undefined;
  return {
    kind: was.some(isSameItem(surplus)) ? 'not-removed' : 'not-written',
    expected: `no ${place} ${quoted(valueOf(surplus))}`,
    actual: 'it is there',
  };
};

const members = (value: unknown): JsonObject => (isObject(value) ? value : {});

const complexDifference = (
  place: string,
  { before, wanted, shown, mostShown }: States,
): ResourceDifference | undefined => {
  const [was, should, is] = [members(before), members(wanted), members(shown)];
  for (const name of Object.keys({ ...was, ...should })) {
    const states = { before: was[name], wanted: should[name], shown: is[name], mostShown };
    const difference = differenceAt(`${place}.${name}`, states);
    if (difference !== undefined) return difference;
  }
  return undefined;
};

/** The first difference at a path such as `emails` or `name`; undefined if there is none. */
export const differenceAt = (place: string, states: States): ResourceDifference | undefined => {
  const { before, wanted, shown } = states;
  if (Array.isArray(wanted) || Array.isArray(before)) return listDifference(place, states);
  if (isObject(wanted) || (isObject(before) && !isPresent(wanted))) return complexDifference(place, states);
  if (!isPresent(wanted)) {
    // Another value than before is a default, which the provider may set.
    return isPresent(before) && isAlikeAt(place, before, shown)
      ? { kind: 'not-removed', expected: `${place} to be removed`, actual: `it is still ${quoted(shown)}` }
      : undefined;
  }
  if (isAlikeAt(place, wanted, shown)) return undefined;
  return {
    kind: isAlikeAt(place, wanted, before) ? 'lost' : 'not-written',
    expected: `${place} to be ${quoted(wanted)}`,
    actual: `it is ${quoted(shown)}`,
  };
};
