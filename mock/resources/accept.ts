/** Validates resources that clients send against the schemas, and reduces them to what is stored. */
import { isDeepStrictEqual } from 'node:util';
import { canonicalJson } from '../canonical-json.js';
import { Problem } from '../problem.js';
import type { Attribute } from './attributes.js';
import { isJson, type Json } from '../json.js';
import { attributesOf, type ResourceType } from './resource-type.js';

/** Null and the empty array mean unassigned (RFC 7643 §2.5). */
export const isUnassigned = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

const refusal = (place: string, expected: string): Problem =>
  new Problem(400, `${place} should be ${expected}.`, 'invalidValue');

const placeOf = (holder: string, name: string): string => (holder === '' ? name : `${holder}.${name}`);

const byName = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>();

/** The attributes by their names in lower case. */
const named = (attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> => {
  const known =
    byName.get(attributes) ?? new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]));
  byName.set(attributes, known);
  return known;
};

/**
 * The members with the names of the schema, which are matched regardless of case (RFC 7643 §2.1). Read-only and unknown
 * ones are dropped.
 */
const acceptMembers = (attributes: readonly Attribute[], sent: Json, holder: string): Json => {
  const known = named(attributes);
  const accepted = new Map<string, unknown>();
  for (const [given, value] of Object.entries(sent)) {
    const attribute = known.get(given.toLowerCase());
    if (attribute === undefined || attribute.mutability === 'readOnly') continue;
    const place = placeOf(holder, attribute.name);
    if (accepted.has(attribute.name)) throw new Problem(400, `${place} is there twice.`, 'invalidSyntax');
    accepted.set(attribute.name, acceptValue(attribute, value, place));
  }
  return Object.fromEntries(accepted);
};

/** Validates a single value or an element of a list. Throws a Problem of 400 if the type is wrong (RFC 7643 §2.3). */
export const acceptItem = (attribute: Attribute, sent: unknown, place = attribute.name): unknown => {
  if (attribute.type === 'complex') {
    if (!isJson(sent)) throw refusal(place, 'an object');
    return acceptMembers(attribute.subAttributes, sent, place);
  }
  const expected = attribute.type === 'boolean' ? 'boolean' : 'string';
  if (typeof sent !== expected) throw refusal(place, `a ${expected}`);
  return sent;
};

/** Values of lists that were accepted and have no unassigned parts. They never change, so they need not be checked again. */
const settled = new WeakSet<Json>();

const settledItem = (item: unknown, accept: () => unknown): unknown => {
  if (isJson(item) && settled.has(item)) return item;
  const accepted = assigned(accept());
  if (isJson(accepted)) settled.add(accepted);
  return accepted;
};

const merged = (first: Json, again: Json): Json => {
  const both = { ...first, ...again };
  settled.add(both);
  return both;
};

const hasKindOf = (one: Json, other: Json): boolean =>
  one.type === undefined || other.type === undefined || one.type === other.type;

/**
 * The values of a list, each once (RFC 7643 §2.4): two of the same `value` are one, unless they are of different types. It
 * has the sub-attributes of both, and where they differ those of the later one.
 */
const withoutRepetition = (items: readonly unknown[]): unknown[] => {
  const kept: unknown[] = [];
  const places = new Map<string, number[]>();
  for (const item of items) {
    if (item === null) continue;
    const key = isJson(item) && typeof item.value === 'string' ? `= ${item.value}` : canonicalJson(item);
    const known = places.get(key) ?? [];
    const place = known.find((each) => !isJson(item) || !isJson(kept[each]) || hasKindOf(kept[each], item));
    const same = place === undefined ? undefined : kept[place];
    if (place === undefined) places.set(key, [...known, kept.push(item) - 1]);
    else if (isJson(same) && isJson(item))
      kept[place] = isDeepStrictEqual({ ...same, ...item }, same) ? same : merged(same, item);
  }
  return kept;
};

/** Validates the value of an attribute. Unassigned values, nested ones too, become null. Throws a Problem of 400. */
export const acceptValue = (attribute: Attribute, sent: unknown, place = attribute.name): unknown => {
  if (isUnassigned(sent)) return null;
  if (attribute.multiValued !== true) return acceptItem(attribute, sent, place);
  if (!Array.isArray(sent)) throw refusal(place, 'an array');
  const items = withoutRepetition(
    sent.map((item: unknown, index) => settledItem(item, () => acceptItem(attribute, item, `${place}[${index}]`))),
  );
  // RFC 7643 §2.4.
  if (items.filter((item) => isJson(item) && item.primary === true).length > 1)
    throw refusal(place, 'an array with one primary value at most');
  return items.length === 0 ? null : items;
};

/** The value without unassigned parts; null if nothing is left. */
export const assigned = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const items = value
      .map((item: unknown) => (isJson(item) && settled.has(item) ? item : assigned(item)))
      .filter((item) => item !== null);
    return items.length === 0 ? null : items;
  }
  if (!isJson(value)) return value ?? null;
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const kept = assigned(member);
    return kept === null ? [] : [[name, kept]];
  });
  return members.length === 0 ? null : Object.fromEntries(members);
};

/** The attributes to store of a resource that a client sent. Throws a Problem of 400 if the resource is invalid. */
export const acceptResource = (type: ResourceType, sent: unknown): Json => {
  if (!isJson(sent)) throw new Problem(400, 'A resource is a JSON object.', 'invalidSyntax');
  const known = attributesOf(type);
  const accepted = assigned(acceptMembers(known, sent, ''));
  const { schemas, ...attributes } = isJson(accepted) ? accepted : {};
  const missing = known.find(
    ({ name, required }) => required === true && name !== 'schemas' && (attributes[name] ?? '') === '',
  );
  if (missing !== undefined) throw new Problem(400, `${missing.name} is missing.`, 'invalidValue');
  if (!Array.isArray(schemas) || !schemas.includes(type.schema))
    throw refusal('schemas', `an array with ${type.schema}`);
  delete attributes.password;
  // Lists the extensions that are present, whatever the client listed (RFC 7643 §3).
  const present = type.extensions.map(({ schema }) => schema).filter((schema) => schema in attributes);
  return { schemas: [type.schema, ...present], ...attributes };
};
