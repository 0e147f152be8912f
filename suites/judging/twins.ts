/**
 * Compares twins: two resources that got the same writes in two ways. Everything that the suite wrote has to be equal in
 * both, except the names that distinguish them; the rest of a resource is the provider's own.
 */
import { isPresent } from '../trace/alike.js';
import { clip } from './describe.js';
import { readPatchPath } from './patched.js';
import { isObject, requestJson, responseObject } from '../trace/message.js';
import { uniqueOf } from '../generators/unique-of.js';
import type { Exchange } from '../../schemas/types.js';
import type { Answered } from '../trace/trace.js';

/** The names of attributes and sub-attributes that were written. */
interface Shape {
  readonly [name: string]: Shape;
}

const merged = (one: Shape, other: Shape): Shape => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, merged(one[name] ?? {}, other[name] ?? {})]));
};

const all = (shapes: readonly Shape[]): Shape => shapes.reduce(merged, {});

const shapeOf = (value: unknown): Shape => {
  if (Array.isArray(value)) return all(value.map(shapeOf));
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
};

const shapeOfPatch = (operation: unknown): Shape => {
  const { path, value } = isObject(operation) ? operation : {};
  if (typeof path !== 'string') return shapeOf(value);
  const target = readPatchPath(path);
  if (target === undefined) return {};
  const { extension, attribute, subAttribute } = target;
  const own = { [attribute]: subAttribute === undefined ? shapeOf(value) : { [subAttribute]: shapeOf(value) } };
  return extension === undefined ? own : { [extension]: own };
};

/** Attributes of which a read need not show what was written (RFC 7643 §3, §4.1.1). */
const notCompared = ['schemas', 'password'];

const shapeOfBody = (body: unknown): Shape => {
  if (!isObject(body)) return {};
  if (Array.isArray(body.Operations)) return all(body.Operations.map(shapeOfPatch));
  return Object.fromEntries(Object.entries(shapeOf(body)).filter(([name]) => !notCompared.includes(name)));
};

/** The attributes that these requests wrote. */
export const shapeOfWrites = (writes: readonly Exchange[]): Shape =>
  all(writes.map((write) => shapeOfBody(requestJson(write))));

/** The text without the name of the twin, from which a provider may build other values, in any letter case. */
const withoutName = (text: string, name: string): string => {
  const own = [name, name.split('@')[0] ?? name, uniqueOf(name)].filter((each) => each !== '');
  return own.reduce(
    (rest, each) => rest.replaceAll(new RegExp(each.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), '…'),
    text,
  );
};

/** A value as text that is equal for equal values; null, an empty list and `primary: false` mean the same as nothing. */
const textFor = (value: unknown, shape: Shape, name: string): string => {
  if (!isPresent(value)) return 'absent';
  if (Array.isArray(value))
    return value
      .map((item) => textFor(item, shape, name))
      .sort()
      .join(', ');
  if (!isObject(value)) return withoutName(JSON.stringify(value), name);
  return Object.keys(shape)
    .filter((each) => isPresent(value[each]) && !(each === 'primary' && value.primary === false))
    .sort()
    .map((each) => `${each} ${textFor(value[each], shape[each] ?? {}, name)}`)
    .join(' ');
};

export interface TwinDifference {
  readonly path: string;
  /** The values in words. */
  readonly one: string;
  readonly other: string;
}

/** A value of each resource. */
interface Values {
  readonly one: unknown;
  readonly other: unknown;
  /** Of a third resource, which got its writes in the same way as `one`; undefined if there is none. */
  readonly third?: { readonly value: unknown } | undefined;
}

interface Names {
  readonly one: string;
  readonly other: string;
  readonly third: string;
}

/** Characters of a long text that are shown before the place at which it differs. */
const before = 30;

/** The text of each twin; of long ones only the part in which they differ. */
const quoted = (one: string, other: string): Omit<TwinDifference, 'path'> => {
  if (clip(one) === one && clip(other) === other) return { one, other };
  let place = 0;
  while (place < one.length && one[place] === other[place]) place += 1;
  const from = Math.max(0, place - before);
  const part = (text: string): string =>
    `${from === 0 ? '' : '…'}${clip(text.slice(from))} (${text.length} characters)`;
  return { one: part(one), other: part(other) };
};

const memberOf = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

const differenceIn = (path: string, values: Values, shape: Shape, names: Names): TwinDifference | undefined => {
  const { one, other, third } = values;
  const isComplex = [one, other].some(isObject) && ![one, other].some(Array.isArray);
  if (!isComplex) {
    const [wanted, shown] = [textFor(one, shape, names.one), textFor(other, shape, names.other)];
    // A provider may set what it likes (RFC 7644 §3.3, §3.5.1): that differs for each resource, whatever the mode.
    const isOwn = third !== undefined && textFor(third.value, shape, names.third) !== wanted;
    return wanted === shown || isOwn ? undefined : { path, ...quoted(wanted, shown) };
  }
  for (const [name, inside] of Object.entries(shape)) {
    const members = {
      one: memberOf(one, name),
      other: memberOf(other, name),
      third: third === undefined ? undefined : { value: memberOf(third.value, name) },
    };
    const difference = differenceIn(path === '' ? name : `${path}.${name}`, members, inside, names);
    if (difference !== undefined) return difference;
  }
  return undefined;
};

/**
 * The first attribute of this shape in which two reads of twins differ; undefined if there is none. What differs from the
 * third read, too, if there is one, is not compared: it was made in the same way as `one`.
 */
export const twinDifference = (
  one: Answered,
  other: Answered,
  shape: Shape,
  third?: Answered,
): TwinDifference | undefined => {
  const [first, second] = [one.response.status, other.response.status];
  if (first !== 200 || second !== 200)
    return first === second ? undefined : { path: 'the answer', one: String(first), other: String(second) };
  const values = {
    one: responseObject(one) ?? {},
    other: responseObject(other) ?? {},
    third: third?.response.status === 200 ? { value: responseObject(third) ?? {} } : undefined,
  };
  const names = { one: one.subject ?? '', other: other.subject ?? '', third: third?.subject ?? '' };
  return differenceIn('', values, shape, names);
};
