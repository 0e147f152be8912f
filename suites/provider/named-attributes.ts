/** Which attributes of users a provider names in /Schemas as ones that a client can write (RFC 7643 §7). */
import { urn } from '../../schemas/names.js';
import { isObject, type JsonObject } from '../trace/message.js';
import { findSchema, schemaDefinitions, type AttributeDefinition } from './schema-definitions.js';

/**
 * Paths in lower case, such as `name.givenname` or `urn:…:user:department`. Undefined if the schemas do not describe
 * users: then nothing is known.
 */
export type NamedAttributes = ReadonlySet<string> | undefined;

const pathsOf = (attributes: readonly AttributeDefinition[], prefix: string): string[] =>
  attributes
    .filter(({ mutability }) => mutability !== 'readOnly')
    .flatMap(({ name, subAttributes }) => [`${prefix}${name}`, ...pathsOf(subAttributes, `${prefix}${name}.`)]);

/** `answer` is the list at /Schemas (RFC 7644 §4). */
export const namedAttributes = (answer: JsonObject | undefined): NamedAttributes => {
  const schemas = schemaDefinitions(answer);
  const attributesOf = (id: string): readonly AttributeDefinition[] => findSchema(schemas, id)?.attributes ?? [];
  const core = pathsOf(attributesOf(urn.user), '');
  const enterprise = pathsOf(attributesOf(urn.enterpriseUser), `${urn.enterpriseUser}:`);
  return core.length === 0 ? undefined : new Set([...core, ...enterprise].map((path) => path.toLowerCase()));
};

/** The resource with the attributes that the provider names; all of it if nothing is known. */
export const onlyNamed = (resource: JsonObject, named: NamedAttributes): JsonObject => {
  if (named === undefined) return resource;
  const kept = (holder: JsonObject, prefix: string): JsonObject =>
    Object.fromEntries(
      Object.entries(holder).flatMap(([name, value]): [string, unknown][] => {
        const path = `${prefix}${name}`;
        if (!named.has(path.toLowerCase())) return [];
        if (isObject(value)) return [[name, kept(value, `${path}.`)]];
        if (!Array.isArray(value)) return [[name, value]];
        return [[name, value.map((item: unknown) => (isObject(item) ? kept(item, `${path}.`) : item))]];
      }),
    );
  const { schemas, [urn.enterpriseUser]: extension, ...core } = resource;
  const enterprise = isObject(extension) ? kept(extension, `${urn.enterpriseUser}:`) : {};
  const hasExtension = Object.keys(enterprise).length > 0;
  const listed = Array.isArray(schemas) ? (schemas as unknown[]) : [];
  return {
    schemas: hasExtension ? listed : listed.filter((schema) => schema !== urn.enterpriseUser),
    ...kept(core, ''),
    ...(hasExtension ? { [urn.enterpriseUser]: enterprise } : {}),
  };
};
