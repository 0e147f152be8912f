/** Whole resources of a type that the provider describes, with all attributes that a client can write or with some of them. */
import { urn } from '../../schemas/names.js';
import type { DescribedType } from '../provider/described-types.js';
import { isKept, type AttributeDefinition } from '../provider/schema-definitions.js';
import { simpleValue, type Ingredients, type Purpose } from './described.js';

/** An attribute of a type that can be sent. */
export interface Part {
  /** `title`, or `urn:…:User:department`. */
  readonly key: string;
  /** URN of the extension that holds it. */
  readonly extension: string | undefined;
  readonly definition: AttributeDefinition;
}

export interface Making {
  /** The name of the resource, which no other resource has. */
  readonly unique: string;
  readonly from: Ingredients;
  /** The ingredients of values that must not change (RFC 7643 §7, `immutable`). */
  readonly first: Ingredients;
  /** Id of a user, for attributes that lead to one; without it these are left out. */
  readonly userId: string | undefined;
}

/** The suite sets these itself, or the provider does (RFC 7643 §3.1). */
const notSent = ['schemas', 'id', 'meta', 'username', 'externalid', 'password', 'groups'];

const isWritable = ({ mutability }: AttributeDefinition): boolean => mutability !== 'readOnly';

/** Whether values of the attribute are ids of other resources. */
const leadsToResource = ({ subAttributes }: AttributeDefinition): boolean =>
  subAttributes.some(({ name }) => name.toLowerCase() === '$ref');

/** Whether the suite has a value for a reference of this type. */
const isOutside = ({ referenceTypes }: AttributeDefinition): boolean =>
  referenceTypes.length === 0 || referenceTypes.some((type) => /^(?:external|uri)$/i.test(type));

/** Whether no answer may show it: only a written value can be shown by mistake. */
const isHidden = ({ returned, mutability }: AttributeDefinition): boolean =>
  returned === 'never' || mutability === 'writeOnly';

const isSendable = (definition: AttributeDefinition): boolean =>
  isWritable(definition) &&
  (definition.required || isKept(definition) || isHidden(definition)) &&
  (definition.type !== 'reference' || (definition.name.toLowerCase() !== '$ref' && isOutside(definition)));

const idHolders = ['members', 'manager'];

/** Every attribute of the type that can be sent. */
export const partsOf = ({ schema, extensions }: DescribedType): Part[] => {
  const isGroup = schema.id.toLowerCase() === urn.group.toLowerCase();
  const partsIn = (attributes: readonly AttributeDefinition[], extension: string | undefined): Part[] =>
    attributes
      .filter(isSendable)
      .filter((definition) => {
        const name = definition.name.toLowerCase();
        if (extension === undefined && (notSent.includes(name) || (isGroup && name === 'displayname'))) return false;
        if (leadsToResource(definition)) return idHolders.includes(name);
        return definition.type !== 'complex' || definition.subAttributes.some(isSendable);
      })
      .map((definition) => ({
        key: extension === undefined ? definition.name : `${extension}:${definition.name}`,
        extension,
        definition,
      }));
  return [
    ...partsIn(schema.attributes, undefined),
    ...extensions.flatMap(({ id, attributes }) => partsIn(attributes, id)),
  ];
};

const withNamed = (pairs: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.fromEntries(pairs.filter(([, value]) => value !== undefined));

const purposeOf = (definition: AttributeDefinition, path: string, place: number, making: Making): Purpose => ({
  path,
  place,
  unique: making.unique,
  from: definition.mutability === 'immutable' ? making.first : making.from,
});

const oneValue = (definition: AttributeDefinition, path: string, place: number, making: Making): unknown => {
  if (definition.type !== 'complex') return simpleValue(definition, purposeOf(definition, path, place, making));
  if (leadsToResource(definition)) return making.userId === undefined ? undefined : { value: making.userId };
  const isFixed = definition.mutability === 'immutable';
  const inside: Making = isFixed ? { ...making, from: making.first } : making;
  // A complex attribute contains no complex attributes (RFC 7643 §2.3.8).
  const parts = definition.subAttributes.filter((part) => isSendable(part) && part.type !== 'complex');
  return withNamed(
    parts
      // One value of a list at most is the primary one (RFC 7643 §2.4).
      .filter(({ name }) => place === 0 || name.toLowerCase() !== 'primary')
      .map((part) => {
        const value = simpleValue(part, purposeOf(part, `${path}.${part.name}`, place, inside));
        return [part.name, part.multiValued ? [value] : value] as const;
      }),
  );
};

const identity = (item: unknown): string => {
  const isComplex = typeof item === 'object' && item !== null && 'value' in item;
  return JSON.stringify(isComplex ? item.value : item).toLowerCase();
};

const valueOf = (definition: AttributeDefinition, path: string, making: Making): unknown => {
  if (!definition.multiValued) return oneValue(definition, path, 0, making);
  const items = [0, 1].map((place) => oneValue(definition, path, place, making)).filter((item) => item !== undefined);
  const different = items.filter(
    (item, place) => items.findIndex((other) => identity(other) === identity(item)) === place,
  );
  return different.length === 0 ? undefined : different;
};

/** A resource with these attributes. `named`: the attributes that the suite recognises it by. */
export const describedResource = (
  type: DescribedType,
  parts: readonly Part[],
  named: Record<string, unknown>,
  making: Making,
): Record<string, unknown> => {
  const made = parts.map(({ extension, definition }) => ({
    extension,
    pair: [definition.name, valueOf(definition, definition.name, making)] as const,
  }));
  const holders = type.extensions
    .map(({ id }) => [id, withNamed(made.filter(({ extension }) => extension === id).map(({ pair }) => pair))] as const)
    .filter(([, holder]) => Object.keys(holder).length > 0);
  const used = new Set([...type.demanded, ...holders.map(([id]) => id)]);
  return {
    schemas: [type.schema.id, ...used],
    ...withNamed(made.filter(({ extension }) => extension === undefined).map(({ pair }) => pair)),
    ...Object.fromEntries(holders),
    ...named,
  };
};
