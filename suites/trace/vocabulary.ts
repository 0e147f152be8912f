/**
 * The names of members, as the RFCs and the profile spell them, and in which schema or message each one stands. Readers
 * and judges share this table, so that a name is read and judged by the same spelling.
 */
import { eventUri, urn } from '../../schemas/names.js';

/** Names of members, each with what its value holds. */
export interface Names {
  readonly [name: string]: Inside;
}

/** The names in a value (or in each value of a list), or a resource or message that says by its `schemas` what it holds. */
export type Inside = Names | 'message';

const listed = (names: string): Names => Object.fromEntries(names.split(' ').map((name) => [name, {}]));

/** RFC 7643 §3.1. */
const common: Names = {
  ...listed('schemas id externalId'),
  meta: listed('resourceType created lastModified location version'),
};

/** RFC 7643 §2.4. */
const values = listed('type primary display value $ref');

/** RFC 7643 §4.1. */
const user: Names = {
  ...common,
  ...listed(
    'userName displayName nickName profileUrl title userType preferredLanguage locale timezone active password',
  ),
  name: listed('formatted familyName givenName middleName honorificPrefix honorificSuffix'),
  ...Object.fromEntries(
    ['emails', 'phoneNumbers', 'ims', 'photos', 'groups', 'entitlements', 'roles', 'x509Certificates'].map((name) => [
      name,
      values,
    ]),
  ),
  addresses: { ...values, ...listed('formatted streetAddress locality region postalCode country') },
};

const supported = listed('supported');

/** RFC 7643 §5, RFC 9865 §4, RFC 9967 §4. */
const serviceProviderConfig: Names = {
  ...common,
  ...listed('documentationUri'),
  patch: supported,
  bulk: listed('supported maxOperations maxPayloadSize'),
  filter: listed('supported maxResults'),
  changePassword: supported,
  sort: supported,
  etag: supported,
  authenticationSchemes: listed('type name description specUri documentationUri primary'),
  pagination: listed('cursor index defaultPaginationMethod defaultPageSize maxPageSize cursorTimeout'),
  securityEvents: listed('asyncRequest eventUris'),
};

/** RFC 7643 §7. */
const attribute = listed(
  'name type multiValued description required canonicalValues caseExact mutability returned uniqueness referenceTypes',
);

/** The result of an operation (RFC 7644 §3.7.3), which is also the payload of a completion event (RFC 9967 §2.5.1.3). */
const result: Names = {
  ...listed('method bulkId version location'),
  status: listed('code'),
  response: 'message',
};

/** The names at the top level of each resource and message, by its URN. */
export const namesOf: Readonly<Record<string, Names>> = {
  [urn.user]: user,
  [urn.group]: { ...common, ...listed('displayName'), members: values },
  [urn.serviceProviderConfig]: serviceProviderConfig,
  [urn.resourceType]: {
    ...common,
    ...listed('name description endpoint schema'),
    schemaExtensions: listed('schema required'),
  },
  [urn.schema]: {
    ...common,
    ...listed('name description'),
    attributes: { ...attribute, subAttributes: attribute },
  },
  [urn.provisionStatus]: {
    ...common,
    ...listed('state'),
    operationsCount: listed('total success failed pending'),
    status: listed('completed success'),
    Operations: result,
    statusToken: listed('value expiresAt'),
  },
  [urn.listResponse]: {
    ...listed('schemas totalResults startIndex itemsPerPage previousCursor nextCursor'),
    Resources: 'message',
  },
  [urn.searchRequest]: listed('schemas attributes excludedAttributes filter sortBy sortOrder startIndex count cursor'),
  [urn.error]: listed('schemas status scimType detail'),
  [urn.bulkRequest]: {
    ...listed('schemas failOnErrors'),
    Operations: { ...listed('method bulkId version path'), data: 'message' },
  },
  [urn.bulkResponse]: { ...listed('schemas'), Operations: result },
  [urn.patchOp]: { ...listed('schemas'), Operations: listed('op path value') },
};

/** The names of a resource whose schemas are all unknown. */
export const namesOfAnyResource = common;

/** The names in the extensions of resources and messages, each of which is a member with its URN as the name. */
export const extensions: Names = {
  [urn.enterpriseUser]: {
    ...listed('employeeNumber costCenter organization division department'),
    manager: listed('value $ref displayName'),
  },
  [urn.asyncServiceProviderConfig]: listed(
    'requestModes statusEndpoint auditEndpoint messageEndpoint statusRetentionSeconds features',
  ),
  [urn.bulkOptions]: listed('rollbackOnError priority onConflict transform'),
};

/** The names in the payload of a security event, by its URI (RFC 9967 §2.4, §2.5). */
export const eventNames = (uri: string): Names =>
  uri === eventUri.asyncResponse ? result : { ...listed('attributes version'), data: 'message' };

/** Every URN of the protocol. */
export const urns: readonly string[] = [...Object.values(urn), ...Object.values(eventUri)];

const namesIn = (inside: Inside): string[] =>
  inside === 'message' ? [] : Object.entries(inside).flatMap(([name, more]) => [name, ...namesIn(more)]);

/** Every name of the protocol, each once. */
export const allNames: readonly string[] = [
  ...new Set([
    ...Object.values(namesOf).flatMap(namesIn),
    ...namesIn(extensions),
    ...Object.values(eventUri).flatMap((uri) => namesIn(eventNames(uri))),
  ]),
];
