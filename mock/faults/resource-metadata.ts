/** Faults of the `schemas` and `meta` of users and groups: CORE-08. */
import { header, urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import { edit, member, on, user, withBody, withField, withOperations, without } from './answers.js';
import type { Fault } from './fault.js';

const group = /^\/Groups\/[^/]+$/;
const readOfUser = on(200, 'GET', user);
const readOfGroup = on(200, 'GET', group);
const listOfUsers = on(200, 'GET', /^\/Users$/);

/** Changes the `meta` of the resource in the body. */
const withMeta = (change: (meta: Json) => Json) =>
  withBody((body) => (isJson(body.meta) ? { ...body, meta: change(member(body, 'meta')) } : body));

/** Changes each resource in a list. */
const withItems = (change: (resource: Json) => Json) =>
  withBody((body) =>
    Array.isArray(body.Resources) ? { ...body, Resources: body.Resources.filter(isJson).map(change) } : body,
  );

const withLocation =
  (change: (location: string) => string) =>
  (meta: Json): Json => ({ ...meta, location: change(String(meta.location)) });

export const resourceMetadataFaults: readonly Fault[] = [
  {
    name: 'list-items-without-schemas',
    title: 'users in lists without schemas',
    breaks: ['CORE-08'],
    seams: edit(
      listOfUsers,
      withItems((resource) => without(resource, 'schemas')),
    ),
  },
  {
    name: 'groups-with-the-schema-of-scim-1',
    title: 'a group with the schema of SCIM 1.1',
    breaks: ['CORE-08', 'CORE-16'],
    seams: edit(
      readOfGroup,
      withBody((body) => ({ ...body, schemas: ['urn:scim:schemas:core:1.0'] })),
    ),
  },
  {
    name: 'enterprise-extension-not-in-schemas',
    title: 'a user with the enterprise extension, which is not in schemas',
    breaks: ['CORE-08'],
    seams: edit(
      readOfUser,
      withBody((body) => ({ ...body, schemas: [urn.user] })),
    ),
  },
  {
    name: 'schema-of-users-twice',
    title: 'a user whose schemas hold one schema twice',
    breaks: ['CORE-08'],
    seams: edit(
      on(201, 'POST', /^\/Users$/),
      withBody((body) => ({
        ...body,
        schemas: [urn.user, ...(Array.isArray(body.schemas) ? (body.schemas as unknown[]) : [])],
      })),
    ),
  },
  {
    name: 'meta-without-resource-type',
    title: 'meta of a user without resourceType',
    breaks: ['CORE-08'],
    seams: edit(
      readOfUser,
      withMeta((meta) => without(meta, 'resourceType')),
    ),
  },
  {
    name: 'meta-of-a-group-without-location',
    title: 'meta of a group without location',
    breaks: ['CORE-08'],
    seams: edit(
      readOfGroup,
      withMeta((meta) => without(meta, 'location')),
    ),
  },
  {
    name: 'meta-location-not-a-uri',
    title: 'meta.location of a group that is an object',
    breaks: ['CORE-08'],
    seams: edit(
      readOfGroup,
      withMeta((meta) => ({ ...meta, location: { href: meta.location } })),
    ),
  },
  {
    name: 'groups-of-the-type-user',
    title: 'meta.resourceType of a group is User',
    breaks: ['CORE-08'],
    seams: edit(
      readOfGroup,
      withMeta((meta) => ({ ...meta, resourceType: 'User' })),
    ),
  },
  {
    name: 'dates-of-users-as-http-dates',
    title: 'created and lastModified of a user in the form of HTTP',
    breaks: ['CORE-08'],
    seams: edit(
      readOfUser,
      withMeta(({ created, lastModified, ...meta }) => ({
        ...meta,
        created: new Date(String(created)).toUTCString(),
        lastModified: new Date(String(lastModified)).toUTCString(),
      })),
    ),
  },
  {
    name: 'users-modified-before-they-were-created',
    title: 'created in the local time of the server, and lastModified in UTC',
    breaks: ['CORE-08'],
    seams: edit(
      readOfUser,
      withMeta((meta) => ({
        ...meta,
        created: new Date(Date.parse(String(meta.created)) + 2 * 3600 * 1000).toISOString(),
      })),
    ),
  },
  {
    name: 'version-of-another-counter-than-the-etag',
    title: 'meta.version of a user that is made from lastModified, beside an ETag that counts writes',
    breaks: ['CORE-08'],
    seams: edit(
      readOfUser,
      withMeta((meta) => ({ ...meta, version: `W/"${Date.parse(String(meta.lastModified))}"` })),
    ),
  },
  {
    name: 'version-without-quotes',
    title: 'meta.version of a group without the quotes of its ETag',
    breaks: ['CORE-08'],
    seams: edit(
      readOfGroup,
      withMeta((meta) => ({ ...meta, version: String(meta.version).replaceAll('"', '') })),
    ),
  },
  {
    name: 'meta-location-without-the-prefix-of-the-api',
    title: 'meta.location of a group that lacks the prefix of the base URL',
    breaks: ['CORE-08'],
    seams: edit(readOfGroup, withMeta(withLocation((location) => location.replace('/scim/v2/', '/')))),
  },
  {
    name: 'locations-in-lists-of-another-tenant',
    title: 'meta.location of users in lists that leads to another tenant',
    breaks: ['CORE-08'],
    seams: edit(
      listOfUsers,
      withItems((resource) => ({
        ...resource,
        meta: withLocation((location) => location.replace('/Users/', '/t/other/Users/'))(member(resource, 'meta')),
      })),
    ),
  },
  {
    name: 'meta-location-of-the-collection',
    title: 'meta.location of a user that is the URL of all users',
    breaks: ['CORE-08'],
    seams: edit(readOfUser, withMeta(withLocation((location) => location.replace(/\/[^/]*$/, '')))),
  },
  {
    name: 'locations-of-bulk-results-are-collections',
    title: 'a synchronous bulk response in which the location of a PUT is the URL of all users',
    breaks: ['CORE-08'],
    seams: edit(
      on(200, 'POST', /^\/Bulk$/),
      withOperations((operation) =>
        operation.method === 'PUT' && operation.status === '200'
          ? { ...operation, location: String(operation.location).replace(/\/[^/]*$/, '') }
          : operation,
      ),
    ),
  },
  {
    name: 'locations-of-groups-in-bulk-results-are-of-users',
    title: 'a synchronous bulk response in which the location of a PATCH of a group is under /Users',
    breaks: ['CORE-08'],
    seams: edit(
      on(200, 'POST', /^\/Bulk$/),
      withOperations((operation) =>
        operation.method === 'PATCH'
          ? { ...operation, location: String(operation.location).replace('/Groups/', '/Users/') }
          : operation,
      ),
    ),
  },
  {
    name: 'versions-of-synchronous-bulk-results-are-old',
    title: 'a synchronous bulk response with the version from before each PUT',
    breaks: ['CORE-08'],
    seams: edit(
      on(200, 'POST', /^\/Bulk$/),
      withOperations((operation) =>
        operation.method === 'PUT' && operation.status === '200' ? { ...operation, version: 'W/"0"' } : operation,
      ),
    ),
  },
  {
    name: 'etag-of-a-hash-beside-meta-version',
    title: 'the ETag of the answer to PATCH is a hash that some framework makes, and not meta.version',
    breaks: ['CORE-08'],
    seams: edit(on(200, 'PATCH', /^\/(Users|Groups)\/[^/]+$/), withField(header.etag, 'W/"5f-2c1743a391305fbf"')),
  },
];
