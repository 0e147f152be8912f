/** The discovery documents: ServiceProviderConfig, ResourceTypes and Schemas (RFC 7643 §5 to §7, RFC 7644 §4). */
import { urn } from '../../../schemas/names.js';
import { eventUrisOf } from '../../events/provisioning.js';
import type { Settings } from '../../options.js';
import type { Attribute } from '../../resources/attributes.js';
import { maxResults } from '../../resources/page.js';
import { resourceTypes, type ResourceType, type Schema } from '../../resources/resource-type.js';
import type { Json } from '../../json.js';

export const serviceProviderConfig = (settings: Settings, baseUrl: string): Json => ({
  schemas: [urn.serviceProviderConfig, urn.asyncServiceProviderConfig],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: settings.maxOperations, maxPayloadSize: settings.maxPayloadBytes },
  filter: { supported: true, maxResults },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    maxPageSize: maxResults,
    cursorTimeout: settings.cursorSeconds,
  },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'RFC 6750',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  [urn.asyncServiceProviderConfig]: {
    requestModes: ['synchronous', 'asynchronous'],
    statusEndpoint: '/provision/{id}/status',
    ...(settings.features.includes('audit') ? { auditEndpoint: '/audit?request={id}' } : {}),
    ...(settings.features.includes('messageQueue') ? { messageEndpoint: '/integration/messages' } : {}),
    statusRetentionSeconds: settings.retentionSeconds,
    features: [...settings.features],
  },
  securityEvents: { asyncRequest: settings.asyncRequest, eventUris: eventUrisOf(settings) },
});

const listOf = (resources: readonly Json[]): Json => ({
  schemas: [urn.listResponse],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
});

const describeType = (type: ResourceType, baseUrl: string): Json => ({
  schemas: [urn.resourceType],
  id: type.name,
  name: type.name,
  endpoint: type.endpoint,
  schema: type.schema,
  schemaExtensions: type.extensions.map(({ schema }) => ({ schema, required: false })),
  meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.name}` },
});

/** All characteristics of RFC 7643 §7, with defaults written out. */
const describeAttribute = (attribute: Attribute): Json => {
  const { name, type, multiValued, required, caseExact, mutability, uniqueness } = attribute;
  return {
    name,
    type,
    multiValued: multiValued ?? false,
    required: required ?? false,
    caseExact: caseExact ?? false,
    mutability: mutability ?? 'readWrite',
    returned: mutability === 'writeOnly' ? 'never' : 'default',
    uniqueness: uniqueness ?? 'none',
    ...(attribute.type === 'complex'
      ? { subAttributes: attribute.subAttributes.map(describeAttribute) }
      : { canonicalValues: attribute.canonicalValues, referenceTypes: attribute.referenceTypes }),
  };
};

const describeSchema = ({ schema, name, attributes }: Schema, baseUrl: string): Json => ({
  schemas: [urn.schema],
  id: schema,
  name,
  attributes: attributes.map(describeAttribute),
  meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema}` },
});

const documentsOf = (endpoint: 'ResourceTypes' | 'Schemas', baseUrl: string): Json[] => {
  const types = Object.values(resourceTypes);
  if (endpoint === 'ResourceTypes') return types.map((type) => describeType(type, baseUrl));
  return types.flatMap((type) => [type, ...type.extensions]).map((schema) => describeSchema(schema, baseUrl));
};

/** The list, or the document with this id; undefined if there is none. */
export const discoveryDocument = (
  endpoint: 'ResourceTypes' | 'Schemas',
  id: string | undefined,
  baseUrl: string,
): Json | undefined => {
  const documents = documentsOf(endpoint, baseUrl);
  return id === undefined ? listOf(documents) : documents.find((document) => document.id === id);
};
