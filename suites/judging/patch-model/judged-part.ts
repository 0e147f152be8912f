/**
 * The part of a resource that can be judged: what the suite wrote, what the provider shows as it was written, and what its
 * schemas let a client change. All else is the provider's own, such as `name.formatted`.
 */
import { findAttribute, isKept, type AttributeDefinition } from '../../provider/schema-definitions.js';
import { isAlikeAt, isPresent } from '../../trace/alike.js';
import { isObject, type JsonObject } from '../../trace/message.js';
import { Gone } from './gone.js';
import type { Schemas } from './target.js';

/** The names that are judged; for a complex attribute, a list or an extension with those within it. */
export type JudgedPart = ReadonlyMap<string, JudgedPart | true>;

const isChangeable = (definition: AttributeDefinition | undefined): boolean =>
  definition !== undefined &&
  isKept(definition) &&
  definition.mutability === 'readWrite' &&
  definition.returned !== 'request';

const itemsOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as unknown[]).filter(isObject) : []);

/** The member of this name in any letter case (RFC 7643 §2.1). */
const memberOf = (holder: JsonObject, name: string): unknown => {
  if (Object.hasOwn(holder, name)) return holder[name];
  const own = Object.keys(holder).find((each) => each.toLowerCase() === name.toLowerCase());
  return own === undefined ? undefined : holder[own];
};

type Attributes = readonly AttributeDefinition[];

const partOfList = (sent: unknown, shown: unknown, definition: AttributeDefinition): JudgedPart | undefined => {
  const items = itemsOf(shown);
  if (items.length === 0) return undefined;
  const written = new Set(itemsOf(sent).flatMap((item) => Object.keys(item)));
  const names = definition.subAttributes
    .filter((sub) => isChangeable(sub) && written.has(sub.name))
    .map(({ name }) => name)
    .filter((name) => items.some((item) => isPresent(memberOf(item, name))));
  return names.length === 0 ? undefined : new Map(names.map((name) => [name, true]));
};

const partOf = (sent: JsonObject, shown: JsonObject, attributes: Attributes, prefix = ''): JudgedPart =>
  new Map(
    Object.entries(sent).flatMap(([name, value]): [string, JudgedPart | true][] => {
      const definition = findAttribute({ attributes }, name);
      const is = memberOf(shown, name);
      if (definition === undefined || !isChangeable(definition) || !isPresent(is)) return [];
      if (Array.isArray(value)) {
        const part = partOfList(value, is, definition);
        return part === undefined ? [] : [[name, part]];
      }
      if (!isObject(value)) return isAlikeAt(`${prefix}${name}`, value, is) ? [[name, true]] : [];
      const part = isObject(is) ? partOf(value, is, definition.subAttributes, `${name}.`) : new Map<string, true>();
      return part.size === 0 ? [] : [[name, part]];
    }),
  );

/** `sent` created the resource, and `shown` is the first read of it. */
export const judgedPart = (sent: JsonObject, shown: JsonObject, [own, ...extensions]: Schemas): JudgedPart => {
  const part = new Map(partOf(sent, shown, own.attributes));
  for (const { id, attributes } of extensions) {
    const [written, is] = [memberOf(sent, id), memberOf(shown, id)];
    if (!isObject(written) || !isObject(is)) continue;
    const held = partOf(written, is, attributes);
    if (held.size > 0) part.set(id, held);
  }
  return part;
};

/** A resource, or a state of the model, reduced to a part, with the names as the suite spells them. */
export const reduced = (resource: JsonObject, part: JudgedPart): JsonObject =>
  Object.fromEntries(
    [...part].flatMap(([name, inner]): [string, unknown][] => {
      const value = memberOf(resource, name);
      if (!isPresent(value)) return [];
      if (inner === true || value instanceof Gone) return [[name, value]];
      if (Array.isArray(value)) return [[name, itemsOf(value).map((item) => reduced(item, inner))]];
      return isObject(value) ? [[name, reduced(value, inner)]] : [[name, value]];
    }),
  );
