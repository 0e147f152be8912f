/**
 * What a provider says of its resources at /Schemas and /ResourceTypes (RFC 7643 §6, §7), as values that scenarios can
 * generate from and judges can compare with. Entries that are not in the expected form are left out: CORE-16 judges them.
 */
import { isObject, type JsonObject } from '../trace/message.js';

/** RFC 7643 §2.3. */
export const attributeTypes = [
  'string',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'binary',
  'reference',
  'complex',
] as const;

export type AttributeType = (typeof attributeTypes)[number];

/** RFC 7643 §7. */
export const mutabilities = ['readOnly', 'readWrite', 'immutable', 'writeOnly'] as const;
export const returneds = ['always', 'never', 'default', 'request'] as const;
export const uniquenesses = ['none', 'server', 'global'] as const;

/** An attribute with its characteristics; what a provider leaves out has the default of RFC 7643 §2.2. */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: (typeof mutabilities)[number];
  readonly returned: (typeof returneds)[number];
  readonly uniqueness: (typeof uniquenesses)[number];
  readonly canonicalValues: readonly string[];
  /** For references: names of resource types, `external` or `uri`; empty if nothing is said. */
  readonly referenceTypes: readonly string[];
  /** Empty unless the attribute is complex. */
  readonly subAttributes: readonly AttributeDefinition[];
}

export interface SchemaDefinition {
  /** A URN. */
  readonly id: string;
  readonly attributes: readonly AttributeDefinition[];
}

export interface ResourceTypeDefinition {
  readonly name: string;
  /** Relative to the base URL, such as `/Users`; some providers give an absolute URL. */
  readonly endpoint: string;
  /** URN of the base schema. */
  readonly schema: string;
  readonly extensions: readonly { readonly schema: string; readonly required: boolean }[];
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** One of the words, compared without regard to case; the default if it is none of them. */
const wordOf = <Word extends string>(value: unknown, words: readonly Word[], usual: Word): Word =>
  (typeof value === 'string' ? words.find((word) => isSame(word, value)) : undefined) ?? usual;

const objectsIn = (list: unknown): JsonObject[] => (Array.isArray(list) ? (list as unknown[]).filter(isObject) : []);

const textsIn = (list: unknown): string[] =>
  Array.isArray(list) ? (list as unknown[]).filter((item): item is string => typeof item === 'string') : [];

const attributesIn = (list: unknown): AttributeDefinition[] =>
  objectsIn(list).flatMap((attribute): AttributeDefinition[] => {
    const { name } = attribute;
    if (typeof name !== 'string' || name === '') return [];
    return [
      {
        name,
        type: wordOf(attribute.type, attributeTypes, 'string'),
        multiValued: attribute.multiValued === true,
        required: attribute.required === true,
        caseExact: attribute.caseExact === true,
        mutability: wordOf(attribute.mutability, mutabilities, 'readWrite'),
        returned: wordOf(attribute.returned, returneds, 'default'),
        uniqueness: wordOf(attribute.uniqueness, uniquenesses, 'none'),
        canonicalValues: textsIn(attribute.canonicalValues),
        referenceTypes: textsIn(attribute.referenceTypes),
        subAttributes: attributesIn(attribute.subAttributes),
      },
    ];
  });

/** `answer` is the list at /Schemas (RFC 7644 §4), or one schema. */
export const schemaDefinitions = (answer: JsonObject | undefined): SchemaDefinition[] =>
  objectsIn(answer?.Resources ?? [answer]).flatMap(({ id, attributes }) =>
    typeof id === 'string' && Array.isArray(attributes) ? [{ id, attributes: attributesIn(attributes) }] : [],
  );

/** `answer` is the list at /ResourceTypes (RFC 7644 §4), or one resource type. */
export const resourceTypeDefinitions = (answer: JsonObject | undefined): ResourceTypeDefinition[] =>
  objectsIn(answer?.Resources ?? [answer]).flatMap(({ name, endpoint, schema, schemaExtensions }) =>
    typeof endpoint === 'string' && typeof schema === 'string'
      ? [
          {
            name: typeof name === 'string' ? name : endpoint,
            endpoint: endpoint.startsWith('/') || URL.canParse(endpoint) ? endpoint : `/${endpoint}`,
            schema,
            extensions: objectsIn(schemaExtensions).flatMap((extension) =>
              typeof extension.schema === 'string'
                ? [{ schema: extension.schema, required: extension.required === true }]
                : [],
            ),
          },
        ]
      : [],
  );

export const findSchema = (schemas: readonly SchemaDefinition[], id: string): SchemaDefinition | undefined =>
  schemas.find((schema) => isSame(schema.id, id));

/** The attribute or sub-attribute at a path such as `name.givenName`, within one schema. */
export const findAttribute = (
  { attributes }: Pick<SchemaDefinition, 'attributes'>,
  path: string,
): AttributeDefinition | undefined => {
  const [first = '', ...rest] = path.split('.');
  const found = attributes.find(({ name }) => isSame(name, first));
  if (found === undefined || rest.length === 0) return found;
  return findAttribute({ attributes: found.subAttributes }, rest.join('.'));
};

/** Whether a client can write the attribute, and a plain read shows what it wrote. */
export const isKept = ({ mutability, returned }: AttributeDefinition): boolean =>
  (mutability === 'readWrite' || mutability === 'immutable') && (returned === 'always' || returned === 'default');
