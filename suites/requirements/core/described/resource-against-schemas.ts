/** CORE-16: whether a resource holds what the schemas of the provider say. Only what the provider itself describes is compared. */
import { urn } from '../../../../schemas/names.js';
import { shown } from '../../../judging/describe.js';
import type { DescribedType } from '../../../provider/described-types.js';
import { findSchema, type AttributeDefinition, type SchemaDefinition } from '../../../provider/schema-definitions.js';
import { isPresent } from '../../../trace/alike.js';
import { readDateTime } from '../../../trace/date-time.js';
import { isObject, type JsonObject } from '../../../trace/message.js';
import type { Defect } from './definition-defects.js';

export const resourceCodes = {
  'schema-not-in-schemas': 'a resource lists a schema that /Schemas does not hold',
  'schema-not-of-type': 'a resource lists a schema that its resource type does not name',
  'extension-not-listed': 'a resource holds attributes of an extension that its `schemas` does not list',
  'attribute-not-named': 'a resource holds an attribute that its schemas do not name',
  'value-of-wrong-type':
    'the value of an attribute has another type than its schema says, or is a list where it says one value',
  'never-returned-shown': 'an attribute is shown that is never returned, as its schema says',
  'required-missing': 'an attribute is missing that every resource has, as its schema says',
};

type ResourceDefect = Defect<keyof typeof resourceCodes>;

/** RFC 7643 §3, §3.1; CORE-11 judges the password. */
const common = ['schemas', 'id', 'externalid', 'meta', 'password'];

/** What each value of a list may have without a word in its schema (RFC 7643 §2.4). */
const ofEveryList = ['type', 'primary', 'display', 'value', '$ref'];

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const isUrn = (name: string): boolean => /^urn:/i.test(name);

const findIn = (attributes: readonly AttributeDefinition[], name: string): AttributeDefinition | undefined =>
  attributes.find((attribute) => isSame(attribute.name, name));

/** Whether a single value is of the type (RFC 7643 §2.3). */
const isOfType = ({ type }: AttributeDefinition, value: unknown): boolean => {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'decimal':
      return typeof value === 'number';
    case 'dateTime':
      return readDateTime(value) !== undefined;
    case 'complex':
      return isObject(value);
    default:
      return typeof value === 'string';
  }
};

const inWords = ({ type, multiValued }: AttributeDefinition): string =>
  `${multiValued ? 'a list, each value ' : ''}of type ${type}`;

const defectsOfValue = (definition: AttributeDefinition, value: unknown, place: string): ResourceDefect[] => {
  if (!isPresent(value)) return [];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (Array.isArray(value) !== definition.multiValued || !values.every((each) => isOfType(definition, each))) {
    const expected = `${place} to be ${inWords(definition)}, as /Schemas says`;
    return [{ code: 'value-of-wrong-type', expected, actual: `it is ${shown(value)}` }];
  }
  if (definition.type !== 'complex' || definition.subAttributes.length === 0) return [];
  const more = definition.multiValued ? ofEveryList : [];
  return values.filter(isObject).flatMap((each) => defectsOfMembers(definition.subAttributes, each, `${place}.`, more));
};

const notNamed = (names: readonly string[]): ResourceDefect[] =>
  names.length === 0
    ? []
    : [
        {
          code: 'attribute-not-named',
          level: 'SHOULD',
          expected: 'every attribute of a resource to be named by one of its schemas',
          actual: `none names ${names.join(', ')}`,
        },
      ];

const defectsOfMembers = (
  attributes: readonly AttributeDefinition[],
  members: JsonObject,
  prefix: string,
  others: readonly string[],
): ResourceDefect[] => {
  const there = Object.entries(members).filter(([name, value]) => isPresent(value) && !isUrn(name));
  const unknown = there.filter(
    ([name]) => findIn(attributes, name) === undefined && !others.includes(name.toLowerCase()),
  );
  return [
    ...notNamed(unknown.map(([name]) => `${prefix}${name}`)),
    ...there.flatMap(([name, value]): ResourceDefect[] => {
      const definition = findIn(attributes, name);
      if (definition === undefined || isSame(name, 'password')) return [];
      const place = `${prefix}${name}`;
      if (definition.returned === 'never')
        return [
          {
            code: 'never-returned-shown',
            expected: `${place}, whose \`returned\` is never, not to be shown`,
            actual: 'it is there',
          },
        ];
      return defectsOfValue(definition, value, place);
    }),
  ];
};

/** Required attributes that nobody wrote: what a client wrote is for CORE-18. */
const requiredMissing = (
  attributes: readonly AttributeDefinition[],
  members: JsonObject,
  written: JsonObject,
): ResourceDefect[] => {
  const isIn = (object: JsonObject, name: string): boolean =>
    Object.entries(object).some(([each, value]) => isSame(each, name) && isPresent(value));
  return attributes
    .filter(
      ({ required, returned, mutability }) =>
        required && returned !== 'never' && returned !== 'request' && mutability !== 'writeOnly',
    )
    .filter(({ name }) => !isIn(members, name) && !isIn(written, name))
    .map(({ name }) => ({
      code: 'required-missing',
      expected: `${name}, which is required, in every resource of its type`,
      actual: 'it is absent',
    }));
};

const textsIn = (list: unknown): string[] =>
  Array.isArray(list) ? (list as unknown[]).filter((item): item is string => typeof item === 'string') : [];

const defectsOfListed = (
  resource: JsonObject,
  schemas: readonly SchemaDefinition[] | undefined,
  type: DescribedType,
): ResourceDefect[] => {
  const listed = textsIn(resource.schemas);
  const ofType = [type.schema.id, ...type.named];
  const unknown = schemas === undefined ? [] : listed.filter((id) => findSchema(schemas, id) === undefined);
  const foreign = type.isListed ? listed.filter((id) => !ofType.some((each) => isSame(each, id))) : [];
  // A member with another URN is one that nobody defined. CORE-08 judges the extension of the RFC.
  const held = type.named.filter((id) => {
    if (isSame(id, urn.enterpriseUser)) return false;
    const holder = Object.entries(resource).find(([name]) => isSame(name, id))?.[1];
    const isHeld = isObject(holder) && Object.values(holder).some(isPresent);
    return isHeld && listed.length > 0 && !listed.some((each) => isSame(each, id));
  });
  return [
    ...unknown.map((id): ResourceDefect => ({
      code: 'schema-not-in-schemas',
      expected: `${id} at /Schemas, because a resource lists it`,
      actual: 'it is not there',
    })),
    ...foreign
      .filter((id) => !unknown.includes(id))
      .map((id): ResourceDefect => ({
        code: 'schema-not-of-type',
        expected: `the resource type ${type.name} to name ${id}, because a resource lists it`,
        actual: `it names ${ofType.join(', ')}`,
      })),
    ...held.map((id): ResourceDefect => ({
      code: 'extension-not-listed',
      expected: `\`schemas\` to list ${id}, whose attributes are in the resource`,
      actual: `it is ${shown(resource.schemas)}`,
    })),
  ];
};

/** What the resource is compared with. */
export interface Described {
  readonly type: DescribedType;
  /** All schemas of the provider; undefined if the list is not whole. */
  readonly schemas: readonly SchemaDefinition[] | undefined;
  /** The body of the last write. */
  readonly written: JsonObject;
}

export const defectsOfResource = (resource: JsonObject, { type, schemas, written }: Described): ResourceDefect[] => [
  ...defectsOfListed(resource, schemas, type),
  ...defectsOfMembers(type.schema.attributes, resource, '', common),
  ...requiredMissing(type.schema.attributes, resource, written),
  ...type.extensions.flatMap(({ id, attributes }) => {
    const found = Object.entries(resource).find(([name]) => isSame(name, id))?.[1];
    return isObject(found) ? defectsOfMembers(attributes, found, `${id}:`, []) : [];
  }),
];
