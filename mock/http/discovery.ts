/** What the mock says of itself: ServiceProviderConfig, ResourceTypes and Schemas (RFC 7643 §5 to §7, RFC 7644 §4). */
import { urn } from '../../schemas/names.js';
import { eventUrisOf } from '../events/provisioning.js';
import type { Settings } from '../options.js';
import { maxResults } from '../resources/query.js';
import { resourceTypes, type ResourceType } from '../resources/resource-type.js';
import type { Json } from '../resources/representation.js';

export const serviceProviderConfig = (settings: Settings, baseUrl: string): Json => ({
  schemas: [urn.serviceProviderConfig, urn.asyncServiceProviderConfig],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: settings.maxOperations, maxPayloadSize: settings.maxPayloadBytes },
  filter: { supported: true, maxResults },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
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
  schemaExtensions: type.extensions.map((schema) => ({ schema, required: false })),
  meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.name}` },
});

const describeSchema = (type: ResourceType, baseUrl: string): Json => ({
  schemas: [urn.schema],
  id: type.schema,
  name: type.name,
  attributes: type.attributes.map(
    ({ name, type: dataType, multiValued, required, caseExact, mutability, uniqueness }) => ({
      name,
      type: dataType,
      multiValued: multiValued ?? false,
      required: required ?? false,
      caseExact: caseExact ?? false,
      mutability: mutability ?? 'readWrite',
      returned: mutability === 'writeOnly' ? 'never' : 'default',
      uniqueness: uniqueness ?? 'none',
    }),
  ),
  meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${type.schema}` },
});

/** The whole list, or the one of this id; undefined where there is none. */
export const discoveryDocument = (
  endpoint: 'ResourceTypes' | 'Schemas',
  id: string | undefined,
  baseUrl: string,
): Json | undefined => {
  const describe = endpoint === 'ResourceTypes' ? describeType : describeSchema;
  const documents = Object.values(resourceTypes).map((type) => describe(type, baseUrl));
  return id === undefined ? listOf(documents) : documents.find((document) => document.id === id);
};
