/**
 * The resource types of a provider with their schemas, from its lists at /ResourceTypes and /Schemas (RFC 7643 §6, §7). If a
 * list is not served, RFC 7643 §4 says what clients may send, but then the provider has promised nothing.
 */
import { urn } from '../../schemas/names.js';
import type { JsonObject } from '../trace/message.js';
import { coreSchemas } from './core-schemas.js';
import {
  findSchema,
  resourceTypeDefinitions,
  schemaDefinitions,
  type ResourceTypeDefinition,
  type SchemaDefinition,
} from './schema-definitions.js';

export interface DescribedType {
  readonly name: string;
  /** A path under the base URL, such as `/Users`. */
  readonly path: string;
  readonly schema: SchemaDefinition;
  readonly extensions: readonly SchemaDefinition[];
  /** URNs of all its extensions, also of those whose schema is not known. */
  readonly named: readonly string[];
  /** URNs of the extensions that every resource of the type has. */
  readonly demanded: readonly string[];
  /** Whether the provider itself names the attributes, at /Schemas. */
  readonly isAdvertised: boolean;
  /** Whether the provider itself names the type, at /ResourceTypes. */
  readonly isListed: boolean;
}

/** What is served where /ResourceTypes is not. */
const usualTypes: readonly ResourceTypeDefinition[] = [
  {
    name: 'User',
    endpoint: '/Users',
    schema: urn.user,
    extensions: [{ schema: urn.enterpriseUser, required: false }],
  },
  { name: 'Group', endpoint: '/Groups', schema: urn.group, extensions: [] },
];

/** The path of an endpoint under the base URL; undefined if it is elsewhere. */
export const pathOfEndpoint = (endpoint: string, baseUrl: string): string | undefined => {
  const path = endpoint.startsWith(`${baseUrl}/`) ? endpoint.slice(baseUrl.length) : endpoint;
  return path.startsWith('/') && !path.startsWith('//') ? path : undefined;
};

/** The types whose base schema is known. Both answers are lists (RFC 7644 §4); undefined if they are not served. */
export const describedTypes = (
  lists: { readonly schemas: JsonObject | undefined; readonly types: JsonObject | undefined },
  baseUrl: string,
): DescribedType[] => {
  const own = schemaDefinitions(lists.schemas);
  const isAdvertised = own.length > 0;
  const schemas = isAdvertised ? own : coreSchemas;
  const listed = resourceTypeDefinitions(lists.types);
  return (listed.length > 0 ? listed : usualTypes).flatMap(({ name, endpoint, schema: id, extensions }) => {
    const schema = findSchema(schemas, id);
    const path = pathOfEndpoint(endpoint, baseUrl);
    if (schema === undefined || path === undefined) return [];
    return [
      {
        name,
        path,
        schema,
        extensions: extensions.flatMap((extension) => findSchema(schemas, extension.schema) ?? []),
        named: extensions.map((extension) => extension.schema),
        demanded: extensions.filter(({ required }) => required).map((extension) => extension.schema),
        isAdvertised,
        isListed: listed.length > 0,
      },
    ];
  });
};
