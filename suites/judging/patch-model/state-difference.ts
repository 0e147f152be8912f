/** In what a resource differs from a state of the model. Both are reduced to the part that can be judged. */
import { isAlikeAt, isPresent } from '../../trace/alike.js';
import { isObject, textOf, type JsonObject } from '../../trace/message.js';
import { clip } from '../describe.js';
import { Gone, isComplex } from './gone.js';
import { holds } from './lists.js';

export interface StateDifference {
  readonly kind:
    | 'not written'
    | 'not removed'
    /** What the operations leave alone is gone or different. */
    | 'lost'
    | 'twice'
    | 'two primaries';
  /** The attribute, or the URN of the extension. */
  readonly name: string;
  /** Completes «expected …». */
  readonly expected: string;
  /** Completes «but …». */
  readonly actual: string;
}

/** How the lists of a resource are compared. */
export interface Listing {
  /** The largest number of values that the list was seen with: a provider may keep no more than so many. */
  readonly mostShown: (name: string) => number;
  /** Whether the provider may choose another primary value, because the operations change which values there are. */
  readonly isPrimaryFree: (name: string) => boolean;
}

interface States {
  readonly before: unknown;
  readonly wanted: unknown;
  readonly shown: unknown;
}

type Found = Omit<StateDifference, 'name'>;

const quoted = (value: unknown): string => (isPresent(value) ? `«${clip(textOf(value))}»` : 'absent');

const listOf = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];

const described = (item: JsonObject): string =>
  clip(JSON.stringify(item, (_, value: unknown) => (value instanceof Gone ? null : value)));

const withoutGone = (item: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => !(value instanceof Gone)));

/** What happened to a wanted item that is not there: all that has to stay of it may be there with what has to go. */
const kindOfMissing = (
  name: string,
  item: JsonObject,
  was: readonly JsonObject[],
  is: readonly JsonObject[],
): StateDifference['kind'] => {
  const isThere = (list: readonly JsonObject[]): boolean => list.some((each) => holds(name, each, withoutGone(item)));
  if (isThere(is)) return 'not removed';
  return isThere(was) ? 'lost' : 'not written';
};

const compareItems = (name: string, { before, wanted, shown }: States, canBeKept: boolean): Found | undefined => {
  const [was, should, is] = [listOf(before), listOf(wanted), listOf(shown)];
  const wasThere = (item: JsonObject): boolean => was.some((each) => holds(name, each, item));
  const missing = should.find((item) => !is.some((each) => holds(name, each, item)) && (canBeKept || wasThere(item)));
  if (missing !== undefined)
    return {
      kind: kindOfMissing(name, missing, was, is),
      expected: `${name} to hold ${described(missing)}`,
      actual: is.length === 0 ? 'it has no values' : `its values are ${clip(JSON.stringify(is))}`,
    };
  const surplus = is.find((each) => !should.some((item) => holds(name, each, item)));
  if (surplus !== undefined)
    return {
      kind: wasThere(surplus) ? 'not removed' : 'not written',
      expected: `${name} not to hold ${described(surplus)}`,
      actual: 'it is there',
    };
  return is.length > should.length
    ? { kind: 'twice', expected: `${should.length} values of ${name}`, actual: `there are ${is.length}` }
    : undefined;
};

const withoutPrimary = (value: unknown): unknown =>
  listOf(value).map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'primary')));

const primaries = (value: unknown): number => listOf(value).filter(({ primary }) => primary === true).length;

const compareLists = (name: string, states: States, { mostShown, isPrimaryFree }: Listing): Found | undefined => {
  const { before, wanted, shown } = states;
  const canBeKept = listOf(wanted).length <= mostShown(name);
  if (primaries(shown) > 1 && primaries(before) <= 1)
    return {
      kind: 'two primaries',
      expected: `one primary value of ${name}`,
      actual: `there are ${primaries(shown)}`,
    };
  const strict = compareItems(name, states, canBeKept);
  if (strict === undefined || !isPrimaryFree(name)) return strict;
  const bare = { before: withoutPrimary(before), wanted: withoutPrimary(wanted), shown: withoutPrimary(shown) };
  return compareItems(name, bare, canBeKept);
};

const compareSingle = (path: string, { before, wanted, shown }: States): Found | undefined => {
  if (wanted instanceof Gone)
    return isPresent(shown) && isAlikeAt(path, wanted.was, shown)
      ? { kind: 'not removed', expected: `${path} to be removed`, actual: `it is still ${quoted(shown)}` }
      : undefined;
  if (!isPresent(wanted) || isAlikeAt(path, wanted, shown)) return undefined;
  return {
    kind: isAlikeAt(path, wanted, before) ? 'lost' : 'not written',
    expected: `${path} to be ${quoted(wanted)}`,
    actual: `it is ${quoted(shown)}`,
  };
};

const objectIn = (value: unknown): JsonObject => (isComplex(value) ? value : {});

/** What is wanted of the parts of a complex value; of a removed one, that each of them is gone. */
const partsOf = (wanted: unknown): JsonObject => {
  if (!(wanted instanceof Gone)) return objectIn(wanted);
  return Object.fromEntries(Object.entries(objectIn(wanted.was)).map(([name, was]) => [name, new Gone(was)]));
};

const compareAt = (name: string, states: States, listing: Listing): Found | undefined => {
  const { before, wanted, shown } = states;
  if ([before, wanted, shown].some(Array.isArray)) return compareLists(name, states, listing);
  const isWhole = isComplex(wanted) || isComplex(before);
  if (!isWhole) return compareSingle(name, states);
  const [was, should, is] = [objectIn(before), partsOf(wanted), objectIn(shown)];
  for (const sub of Object.keys({ ...was, ...should })) {
    const part = { before: was[sub], wanted: should[sub], shown: is[sub] };
    const found = compareSingle(`${name}${name.startsWith('urn:') ? ':' : '.'}${sub}`, part);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The first difference; undefined if there is none. */
export const stateDifference = (
  { before, wanted, shown }: Record<'before' | 'wanted' | 'shown', JsonObject>,
  listing: Listing,
): StateDifference | undefined => {
  for (const name of Object.keys({ ...before, ...wanted })) {
    const states = { before: before[name], wanted: wanted[name], shown: shown[name] };
    const found = compareAt(name, states, listing);
    if (found !== undefined) return { ...found, name };
  }
  return undefined;
};
