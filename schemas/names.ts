/**
 * Every URN, header field and media type of the protocol, written in one place. The suite and the mock both use these
 * constants, so that a misspelling cannot make them disagree.
 */

/** Schema and message URNs of RFC 7643 §8.7, RFC 7644 §8.2 and profile §2. */
export const urn = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  enterpriseUser: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  serviceProviderConfig: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
  resourceType: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  schema: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
  listResponse: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  searchRequest: 'urn:ietf:params:scim:api:messages:2.0:SearchRequest',
  patchOp: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
  bulkRequest: 'urn:ietf:params:scim:api:messages:2.0:BulkRequest',
  bulkResponse: 'urn:ietf:params:scim:api:messages:2.0:BulkResponse',
  error: 'urn:ietf:params:scim:api:messages:2.0:Error',
  provisionStatus: 'urn:ietf:params:scim:schemas:extension:2.0:Provision:Status',
  asyncServiceProviderConfig: 'urn:ietf:params:scim:schemas:extension:async:2.0:ServiceProviderConfig',
  bulkOptions: 'urn:ietf:params:scim:schemas:extension:async:2.0:BulkOptions',
} as const;

/** Header field names; they are compared without regard to case (RFC 9110 §5.1). */
export const header = {
  accept: 'Accept',
  acceptEncoding: 'Accept-Encoding',
  date: 'Date',
  deliveryId: 'X-SCIM-Delivery-ID',
  allow: 'Allow',
  authorization: 'Authorization',
  cacheControl: 'Cache-Control',
  contentType: 'Content-Type',
  etag: 'ETag',
  ifMatch: 'If-Match',
  ifNoneMatch: 'If-None-Match',
  location: 'Location',
  originalRequestId: 'X-Original-Request-ID',
  prefer: 'Prefer',
  preferenceApplied: 'Preference-Applied',
  rateLimit: 'RateLimit',
  rateLimitPolicy: 'RateLimit-Policy',
  requestId: 'X-Request-ID',
  requestMode: 'X-SCIM-Request-Mode',
  retryAfter: 'Retry-After',
  setTxn: 'Set-Txn',
  signature: 'X-SCIM-Signature',
  userAgent: 'User-Agent',
  wwwAuthenticate: 'WWW-Authenticate',
} as const;

/** Media types (RFC 7644 §8.1, RFC 8417 §7.2). */
export const mediaType = {
  scim: 'application/scim+json',
  json: 'application/json',
  securityEventToken: 'application/secevent+jwt',
} as const;

/** The preference that asks for an asynchronous answer (RFC 7240 §4.1, RFC 9967 §2.5.1.1). */
export const respondAsync = 'respond-async';

/** The event URIs of RFC 9967 §7.4, and their prefix. */
export const eventUri = {
  prefix: 'urn:ietf:params:scim:event:',
  feedAdd: 'urn:ietf:params:scim:event:feed:add',
  feedRemove: 'urn:ietf:params:scim:event:feed:remove',
  createNotice: 'urn:ietf:params:scim:event:prov:create:notice',
  createFull: 'urn:ietf:params:scim:event:prov:create:full',
  patchNotice: 'urn:ietf:params:scim:event:prov:patch:notice',
  patchFull: 'urn:ietf:params:scim:event:prov:patch:full',
  putNotice: 'urn:ietf:params:scim:event:prov:put:notice',
  putFull: 'urn:ietf:params:scim:event:prov:put:full',
  delete: 'urn:ietf:params:scim:event:prov:delete',
  activate: 'urn:ietf:params:scim:event:prov:activate',
  deactivate: 'urn:ietf:params:scim:event:prov:deactivate',
  asyncResponse: 'urn:ietf:params:scim:event:misc:asyncresp',
} as const;

/** URNs of the delivery methods of security event tokens in metadata (OpenID Shared Signals 1.0 §6.1). */
export const deliveryMethod = { push: 'urn:ietf:rfc:8935', poll: 'urn:ietf:rfc:8936' } as const;

/** Values of `X-SCIM-Request-Mode` (profile D1). */
export const requestMode = { asynchronous: 'asynchronous', synchronous: 'synchronous' } as const;

/** The `scimType` values of RFC 7644 §3.12, table 9. */
export const scimTypes = [
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
] as const;

/** The `scimType` values of cursor-based pagination (RFC 9865 §3). */
export const cursorScimTypes = ['expiredCursor', 'invalidCursor', 'invalidCount'] as const;
