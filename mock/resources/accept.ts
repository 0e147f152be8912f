/** Validates resources that clients send against the schemas, and reduces them to what is stored. */
import type { Pace } from '../pace.js';
import { Problem } from '../problem.js';
import type { Attribute } from './attributes.js';
import { DistinctValues } from './distinct-values.js';
import { isJson, type Json } from '../json.js';
import { attributesOf, type ResourceType } from './resource-type.js';

/** Null and the empty array mean unassigned (RFC 7643 §2.5). */
export const isUnassigned = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Names a value in messages. Only refused values need a name, and lists have thousands of values. */
type Place = () => string;

const refusal = (place: Place, expected: string): Problem =>
  new Problem(400, `${place()} should be ${expected}.`, 'invalidValue');

const memberOf = (holder: string, name: string): string => (holder === '' ? name : `${holder}.${name}`);

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
const acceptMembers = (attributes: readonly Attribute[], sent: Json, holder: Place): Json => {
  const known = named(attributes);
  const accepted: Json = {};
  for (const given of Object.keys(sent)) {
    const attribute = known.get(given) ?? known.get(given.toLowerCase());
    if (attribute === undefined || attribute.mutability === 'readOnly') continue;
    const { name } = attribute;
    const place = (): string => memberOf(holder(), name);
    if (Object.hasOwn(accepted, name)) throw new Problem(400, `${place()} is there twice.`, 'invalidSyntax');
    accepted[name] = acceptValue(attribute, sent[given], place);
  }
  return accepted;
};

/** Validates a single value or an element of a list. Throws a Problem of 400 if the type is wrong (RFC 7643 §2.3). */
export const acceptItem = (attribute: Attribute, sent: unknown, place: Place = () => attribute.name): unknown => {
  if (attribute.type === 'complex') {
    if (!isJson(sent)) throw refusal(place, 'an object');
    return acceptMembers(attribute.subAttributes, sent, place);
  }
  const expected = attribute.type === 'boolean' ? 'boolean' : 'string';
  if (typeof sent !== expected) throw refusal(place, `a ${expected}`);
  return sent;
};

/** An element of a list, as it is stored. */
const acceptElement = (attribute: Attribute, sent: unknown, index: number, place: Place): unknown =>
  assigned(acceptItem(attribute, sent, () => `${place()}[${index}]`));

/** The values of a list; null if there are none. Throws a Problem of 400 if two are primary (RFC 7643 §2.4). */
const wholeList = ({ values }: DistinctValues, place: Place): unknown => {
  if (values.filter((item) => isJson(item) && item.primary === true).length > 1)
    throw refusal(place, 'an array with one primary value at most');
  return values.length === 0 ? null : values;
};

/** Validates the value of an attribute. Unassigned values, nested ones too, become null. Throws a Problem of 400. */
export const acceptValue = (attribute: Attribute, sent: unknown, place: Place = () => attribute.name): unknown => {
  if (isUnassigned(sent)) return null;
  if (attribute.multiValued !== true) return acceptItem(attribute, sent, place);
  if (!Array.isArray(sent)) throw refusal(place, 'an array');
  const list = new DistinctValues();
  for (const [index, item] of sent.entries()) list.add(acceptElement(attribute, item, index, place));
  return wholeList(list, place);
};

/** The same as acceptValue for the values of a list, with pauses. Rejects with a Problem of 400. */
export const acceptList = async (attribute: Attribute, sent: readonly unknown[], pace: Pace): Promise<unknown> => {
  const place = (): string => attribute.name;
  const list = new DistinctValues();
  for (const [index, item] of sent.entries()) {
    list.add(acceptElement(attribute, item, index, place));
    await pace.each(index);
  }
  return wholeList(list, place);
};

const isSimple = (value: unknown): boolean => value !== undefined && typeof value !== 'object';

/** The value without unassigned parts; null if nothing is left. */
export const assigned = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const items = value.map(assigned).filter((item) => item !== null);
    return items.length === 0 ? null : items;
  }
  if (!isJson(value)) return value ?? null;
  if (Object.values(value).every(isSimple)) return Object.keys(value).length === 0 ? null : value;
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
  const accepted = assigned(acceptMembers(known, sent, () => ''));
  const { schemas, ...attributes } = isJson(accepted) ? accepted : {};
  const missing = known.find(
    ({ name, required }) => required === true && name !== 'schemas' && (attributes[name] ?? '') === '',
  );
  if (missing !== undefined) throw new Problem(400, `${missing.name} is missing.`, 'invalidValue');
  if (!Array.isArray(schemas) || !schemas.includes(type.schema))
    throw refusal(() => 'schemas', `an array with ${type.schema}`);
  delete attributes.password;
  // Lists the extensions that are present, whatever the client listed (RFC 7643 §3).
  const present = type.extensions.map(({ schema }) => schema).filter((schema) => schema in attributes);
  return { schemas: [type.schema, ...present], ...attributes };
};
