/** Takes what a client sends for what the schemas say it is, and refuses what is none of it. */
import { Problem } from '../problem.js';
import type { Attribute } from './attributes.js';
import { isJson, type Json } from '../json.js';
import { attributesOf, type ResourceType } from './resource-type.js';

/** Null and the empty array mean that there is no value (RFC 7643 §2.5). */
export const isUnassigned = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

const refusal = (place: string, expected: string): Problem =>
  new Problem(400, `${place} should be ${expected}.`, 'invalidValue');

const placeOf = (holder: string, name: string): string => (holder === '' ? name : `${holder}.${name}`);

/** Members by the names of the schema, case or not (RFC 7643 §2.1), without what is read-only or unknown. */
const acceptMembers = (attributes: readonly Attribute[], sent: Json, holder: string): Json => {
  const known = new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]));
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

/** A single value, or one of a list. Throws a Problem of 400 where it is of another type (RFC 7643 §2.3). */
export const acceptItem = (attribute: Attribute, sent: unknown, place = attribute.name): unknown => {
  if (attribute.type === 'complex') {
    if (!isJson(sent)) throw refusal(place, 'an object');
    return acceptMembers(attribute.subAttributes, sent, place);
  }
  const expected = attribute.type === 'boolean' ? 'boolean' : 'string';
  if (typeof sent !== expected) throw refusal(place, `a ${expected}`);
  return sent;
};

/** The value of an attribute; null, here and inside it, where it is unassigned. Throws a Problem of 400. */
export const acceptValue = (attribute: Attribute, sent: unknown, place = attribute.name): unknown => {
  if (isUnassigned(sent)) return null;
  if (attribute.multiValued !== true) return acceptItem(attribute, sent, place);
  if (!Array.isArray(sent)) throw refusal(place, 'an array');
  const items = sent.map((item, index) => acceptItem(attribute, item, `${place}[${index}]`));
  // RFC 7643 §2.4.
  if (items.filter((item) => isJson(item) && item.primary === true).length > 1)
    throw refusal(place, 'an array with one primary value at most');
  return items;
};

/** A value without its unassigned parts; null where nothing is left of it. */
export const assigned = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const items = value.map(assigned).filter((item) => item !== null);
    return items.length === 0 ? null : items;
  }
  if (!isJson(value)) return value ?? null;
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const kept = assigned(member);
    return kept === null ? [] : [[name, kept]];
  });
  return members.length === 0 ? null : Object.fromEntries(members);
};

/** The attributes to keep of a resource that a client sent. Throws a Problem of 400 where the resource is not valid. */
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
  // What is there, and not what the client says is there (RFC 7643 §3).
  const present = type.extensions.map(({ schema }) => schema).filter((schema) => schema in attributes);
  return { schemas: [type.schema, ...present], ...attributes };
};
