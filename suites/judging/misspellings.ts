/** Finds names and URNs in a message that are not spelled as their RFC or the profile spells them, for CORE-07. */
import { isObject, type JsonObject } from '../trace/message.js';
import { isInOneCase, usualName, usualUrn } from '../trace/spelling.js';
import { eventNames, extensions, namesOf, namesOfAnyResource, type Inside, type Names } from '../trace/vocabulary.js';

export interface Misspelling {
  readonly kind: 'name' | 'urn';
  readonly found: string;
  readonly right: string;
}

const isUrn = (text: string): boolean => /^urn:/i.test(text);

/** The schemas that a resource or message names, in their usual spelling. */
const schemasOf = (message: JsonObject): readonly string[] | undefined => {
  const listed = Object.entries(message).find(([name]) => usualName(name) === 'schemas')?.[1];
  return Array.isArray(listed)
    ? listed.flatMap((schema) => (typeof schema === 'string' ? [usualUrn(schema)] : []))
    : undefined;
};

/**
 * The names that may stand in a resource or message. A body without `schemas` is no message of SCIM: a gateway may have
 * made it, and its names are not judged.
 */
const namesIn = (message: JsonObject): Names => {
  const schemas = schemasOf(message);
  if (schemas === undefined) return {};
  const known = schemas.map((schema) => namesOf[schema]).filter((names) => names !== undefined);
  return known.reduce<Names>((all, names) => ({ ...all, ...names }), {
    ...(known.length === 0 ? namesOfAnyResource : {}),
    ...extensions,
  });
};

const ofUrn = (text: string): Misspelling[] => {
  const right = usualUrn(text);
  return right === text ? [] : [{ kind: 'urn', found: text, right }];
};

const ofMember = (name: string, object: JsonObject, names: Names): Misspelling[] => {
  if (isUrn(name)) return ofUrn(name);
  const right = usualName(name);
  // A client that looks for the right name finds it, if it is there as well.
  const isElsewhere = right === name || Object.hasOwn(object, right);
  return isElsewhere || !Object.hasOwn(names, right) ? [] : [{ kind: 'name', found: name, right }];
};

/** The advertised event URIs that are judged here; DISC-03 judges the others. */
const advertised = (uris: unknown): unknown =>
  Array.isArray(uris) ? uris.filter((uri) => typeof uri === 'string' && isInOneCase(uri)) : uris;

/** Members whose names are unknown here belong to the provider, and so does everything in them. */
const misspelledIn = (value: unknown, inside: Inside): Misspelling[] => {
  if (typeof value === 'string') return ofUrn(value);
  if (Array.isArray(value)) return value.flatMap((item) => misspelledIn(item, inside));
  if (!isObject(value)) return [];
  const names = inside === 'message' ? namesIn(value) : inside;
  return Object.entries(value).flatMap(([name, member]) => [
    ...ofMember(name, value, names),
    ...misspelledIn(usualName(name) === 'eventUris' ? advertised(member) : member, names[usualName(name)] ?? {}),
  ]);
};

/** The misspellings in the body of an answer, as it was sent. */
export const misspelledInMessage = (body: unknown): Misspelling[] => misspelledIn(body, 'message');

/** The misspellings in `events` of a security event token. */
export const misspelledInEvents = (events: unknown): Misspelling[] =>
  isObject(events)
    ? Object.entries(events).flatMap(([uri, payload]) => [
        ...ofUrn(uri),
        ...misspelledIn(payload, eventNames(usualUrn(uri))),
      ])
    : [];
