/** CORE-16: whether an entry of /Schemas or /ResourceTypes is what RFC 7643 §6 and §7 define. Words may be in any letter case. */
import { urn } from '../../../../schemas/names.js';
import type { Level } from '../../../contract/requirement-row.js';
import { shown } from '../../../judging/describe.js';
import { attributeTypes, mutabilities, returneds, uniquenesses } from '../../../provider/schema-definitions.js';
import { isObject, type JsonObject } from '../../../trace/message.js';

export const definitionCodes = {
  'schema-invalid': 'a schema lacks its `id` or its `attributes`',
  'attribute-invalid': 'an attribute in a schema has no name, or a characteristic with a value that is not defined',
  'complex-in-complex': 'a complex attribute has a sub-attribute that is complex',
  'characteristic-missing': 'an attribute in a schema lacks `type`, `multiValued`, `mutability` or `returned`',
  'sub-attributes-missing': 'a complex attribute in a schema lists no sub-attributes',
  'resource-type-invalid': 'a resource type lacks `name`, `endpoint` or `schema`, or has extensions that are invalid',
};

export interface Defect<Code extends string> {
  readonly code: Code;
  readonly level?: Level;
  /** Completes «expected …». */
  readonly expected: string;
  /** Completes «but …». */
  readonly actual: string;
}

type DefinitionDefect = Defect<keyof typeof definitionCodes>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const isOneOf = (value: unknown, words: readonly string[]): boolean =>
  typeof value === 'string' && words.some((word) => word.toLowerCase() === value.toLowerCase());

const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string');

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

interface Rule {
  readonly name: string;
  readonly holds: (value: unknown) => boolean;
  readonly expected: string;
}

const rules: readonly Rule[] = [
  { name: 'type', holds: (value) => isOneOf(value, attributeTypes), expected: `one of ${attributeTypes.join(', ')}` },
  { name: 'multiValued', holds: isBoolean, expected: 'a boolean' },
  { name: 'required', holds: isBoolean, expected: 'a boolean' },
  { name: 'caseExact', holds: isBoolean, expected: 'a boolean' },
  { name: 'mutability', holds: (value) => isOneOf(value, mutabilities), expected: `one of ${mutabilities.join(', ')}` },
  { name: 'returned', holds: (value) => isOneOf(value, returneds), expected: `one of ${returneds.join(', ')}` },
  { name: 'uniqueness', holds: (value) => isOneOf(value, uniquenesses), expected: `one of ${uniquenesses.join(', ')}` },
  { name: 'subAttributes', holds: Array.isArray, expected: 'a list' },
  { name: 'canonicalValues', holds: Array.isArray, expected: 'a list' },
  { name: 'referenceTypes', holds: isTextList, expected: 'a list of texts' },
];

/** RFC 7643 §2.2 has a default for each, so that a client can go on without them. */
const usuallyThere = ['type', 'multiValued', 'mutability', 'returned'];

const isComplex = ({ type }: JsonObject): boolean => isOneOf(type, ['complex']);

const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

const wrongCharacteristics = (attribute: JsonObject, place: string): DefinitionDefect[] =>
  rules
    .filter(({ name, holds }) => !isAbsent(attribute[name]) && !holds(attribute[name]))
    .map(({ name, expected }) => ({
      code: 'attribute-invalid',
      expected: `\`${name}\` of ${place} to be ${expected}`,
      actual: `it is ${shown(attribute[name])}`,
    }));

const missing = (attribute: JsonObject, place: string): DefinitionDefect[] => {
  const names = usuallyThere.filter((name) => isAbsent(attribute[name]));
  const none = isComplex(attribute) && items(attribute.subAttributes).length === 0;
  return [
    ...(names.length === 0
      ? []
      : [
          {
            code: 'characteristic-missing' as const,
            level: 'SHOULD' as const,
            expected: `${place} to have type, multiValued, mutability and returned`,
            actual: `it lacks ${names.join(', ')}`,
          },
        ]),
    ...(none
      ? [
          {
            code: 'sub-attributes-missing' as const,
            level: 'SHOULD' as const,
            expected: `${place}, which is complex, to list its subAttributes`,
            actual: 'there are none',
          },
        ]
      : []),
  ];
};

/** `depth`: 0 for an attribute, 1 for a sub-attribute. */
const defectsOfAttribute = (
  attribute: unknown,
  holder: string,
  depth: number,
  mayNest: boolean,
): DefinitionDefect[] => {
  if (!isObject(attribute) || !isText(attribute.name)) {
    const expected = `every attribute of ${holder} to have a name`;
    return [{ code: 'attribute-invalid', expected, actual: `there is ${shown(attribute)}` }];
  }
  const place = `${holder}${depth === 0 ? ':' : '.'}${attribute.name}`;
  if (depth > 0 && !mayNest && isComplex(attribute)) {
    const expected = `no sub-attribute to be complex (RFC 7643 §2.3.8)`;
    return [{ code: 'complex-in-complex', expected, actual: `${place} is` }];
  }
  return [
    ...wrongCharacteristics(attribute, place),
    ...missing(attribute, place),
    ...items(attribute.subAttributes).flatMap((part) => defectsOfAttribute(part, place, depth + 1, mayNest)),
  ];
};

/** The schemas of discovery: the RFC itself nests them (RFC 7643 §8.7.2), and nobody writes their resources. */
const ofDiscovery = [urn.schema, urn.resourceType, urn.serviceProviderConfig].map((id) => id.toLowerCase());

export const defectsOfSchema = (schema: JsonObject): DefinitionDefect[] => {
  const { id, attributes } = schema;
  if (!isText(id) || !Array.isArray(attributes)) {
    const actual = isText(id)
      ? `${id} has the attributes ${shown(attributes)}`
      : `there is one with the id ${shown(id)}`;
    return [{ code: 'schema-invalid', expected: 'every schema to have an `id` and a list of `attributes`', actual }];
  }
  const mayNest = ofDiscovery.includes(id.toLowerCase());
  return attributes.flatMap((attribute: unknown) => defectsOfAttribute(attribute, id, 0, mayNest));
};

const isExtension = (value: unknown): boolean =>
  isObject(value) && isText(value.schema) && (isAbsent(value.required) || isBoolean(value.required));

export const defectsOfType = (type: JsonObject): DefinitionDefect[] => {
  const about = isText(type.name) ? `the resource type ${type.name}` : 'every resource type';
  const lacking = ['name', 'endpoint', 'schema'].filter((name) => !isText(type[name]));
  const { schemaExtensions } = type;
  const isRight =
    isAbsent(schemaExtensions) || (Array.isArray(schemaExtensions) && schemaExtensions.every(isExtension));
  return [
    ...lacking.map((name): DefinitionDefect => ({
      code: 'resource-type-invalid',
      expected: `${about} to have \`${name}\`, a text`,
      actual: `it is ${shown(type[name])}`,
    })),
    ...(isRight
      ? []
      : [
          {
            code: 'resource-type-invalid' as const,
            expected: `\`schemaExtensions\` of ${about} to be a list of objects with \`schema\` and \`required\``,
            actual: `it is ${shown(schemaExtensions)}`,
          },
        ]),
  ];
};
