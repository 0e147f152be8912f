import { urn } from '../../../../schemas/names.js';
import { core08 } from '../../../../suites/requirements/core/core-08.js';
import { metaLocations, metaLocationsSteps as steps } from '../../../../suites/scenarios/synchronous/meta-locations.js';
import { modificationTimes } from '../../../../suites/scenarios/synchronous/modification-times.js';
import { baseUrl, type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

type Made = () => HandMadeTrace;

const location = `${baseUrl}/Users/1`;

const meta = {
  resourceType: 'User',
  created: '2026-01-31T10:00:00.000Z',
  lastModified: '2026-01-31T10:00:00.000Z',
  location,
  version: 'W/"1"',
};

const user = { schemas: [urn.user], id: '1', userName: 'a@example.com', meta };

const other = { ...user, id: '2', userName: 'b@example.com', meta: { ...meta, location: `${baseUrl}/Users/2` } };

const trace = (): HandMadeTrace => new HandMadeTrace(metaLocations, 'request-mode');

const answered =
  (answer: Answer, request: `${string} ${string}` = 'GET /Users/1'): Made =>
  () => {
    const made = trace();
    made.exchange('read', request, { status: 200, ...answer });
    return made;
  };

const read = (body: unknown, headers: Record<string, string> = {}): Made => answered({ body, headers });

const withMeta = (changed: Record<string, unknown>, etag?: string): Made =>
  read({ ...user, meta: { ...meta, ...changed } }, etag === undefined ? {} : { ETag: etag });

const listed = (...Resources: unknown[]): Made =>
  answered({ body: { schemas: [urn.listResponse], totalResults: Resources.length, Resources } }, 'GET /Users');

const group = (body: Record<string, unknown>): Made =>
  answered({ body: { id: '7', schemas: [urn.group], displayName: 'g', ...body } }, 'GET /Groups/7');

/** A read that shows this location, and the GETs of its readings. */
const followed =
  (shown: string, ...answers: Answer[]): Made =>
  () => {
    const made = trace();
    made.exchange('read', 'GET /Users/1', { status: 200, body: { ...user, meta: { ...meta, location: shown } } });
    for (const answer of answers)
      made.exchange('read', 'GET /Users/1', { subject: shown, variant: steps.atMetaLocation, ...answer });
    return made;
  };

const result = { method: 'PUT', bulkId: 'a', status: '200', location, version: 'W/"1"' };

/** A bulk request with a PUT of the user, and the GET of the location of its result. */
const bulk =
  (answer: Answer, shown: Record<string, unknown> = {}): Made =>
  () => {
    const made = trace();
    const sent = {
      schemas: [urn.bulkRequest],
      Operations: [{ method: 'PUT', path: '/Users/1', bulkId: 'a', data: { userName: 'a@example.com' } }],
    };
    const body = { schemas: [urn.bulkResponse], Operations: [{ ...result, ...shown }] };
    made.exchange('bulk', 'POST /Bulk', { status: 200, sent, body });
    made.exchange('read', 'GET /Users/1', { subject: location, variant: steps.atResultLocation, ...answer });
    return made;
  };

/** A bulk request with a PATCH of a group, and the GET of the location of its result. */
const groupInBulk =
  (shown: string, answer: Answer): Made =>
  () => {
    const made = trace();
    const Operations = [{ method: 'PATCH', path: '/Groups/7', bulkId: 'e', data: {} }];
    const results = [{ method: 'PATCH', bulkId: 'e', status: '200', location: shown }];
    made.exchange('bulk', 'POST /Bulk', {
      ...{ status: 200, sent: { schemas: [urn.bulkRequest], Operations } },
      body: { schemas: [urn.bulkResponse], Operations: results },
    });
    made.exchange('read', 'GET /x', { subject: shown, variant: steps.atResultLocation, ...answer });
    return made;
  };

const seven = { schemas: [urn.group], id: '7', displayName: 'g' };

interface Written {
  /** lastModified before and after the write; undefined: none is shown. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly method?: 'PUT' | 'PATCH';
  readonly status?: number;
  readonly isChanged?: boolean;
  /** Milliseconds from the create to the write. */
  readonly late?: number;
}

/** A group that is read, changed and read again. */
const written =
  ({ from, to, method = 'PUT', status = 200, isChanged = true, late = 1500 }: Written): Made =>
  () => {
    const made = new HandMadeTrace(modificationTimes, 'request-mode');
    const shown = (lastModified: string | undefined, displayName: string, members: readonly string[] = []) => ({
      ...{ schemas: [urn.group], id: '7', displayName, members: members.map((value) => ({ value })) },
      meta: { resourceType: 'Group', location: `${baseUrl}/Groups/7`, lastModified },
    });
    const about = { subject: '/Groups/7' };
    made.exchange('create', 'POST /Groups', { status: 201, at: 0, ...about });
    made.exchange('read', 'GET /Groups/7', { status: 200, body: shown(from, 'g'), at: late - 10, ...about });
    made.exchange(method === 'PUT' ? 'replace' : 'patch', `${method} /Groups/7`, { status, at: late + 5, ...about });
    const body = isChanged ? shown(to, 'h') : shown(to, 'g', ['1']);
    made.exchange('read', 'GET /Groups/7', { status: 200, body, at: late + 20, ...about });
    return made;
  };

const [ten, later] = ['2026-01-31T10:00:05Z', '2026-01-31T10:00:06Z'];

const error: Answer = { status: 404, body: { schemas: [urn.error], status: '404' } };

proveRequirement(core08, {
  right: {
    'a user': read(user, { ETag: 'W/"1"' }),
    'users in a list': listed(user, other),
    'a group': group({ meta: { resourceType: 'Group', location: `${baseUrl}/Groups/7` } }),
    'a lastModified that moves with a change': written({ from: ten, to: later }),
    'a location that leads to the user': followed(location, { status: 200, body: user }),
    'the location of a result about a group': groupInBulk(`${baseUrl}/Groups/7`, { status: 200, body: seven }),
    'the location of a result': bulk({ status: 200, body: user, headers: { ETag: 'W/"1"' } }),
    'the response of a result': answered(
      {
        body: {
          schemas: [urn.bulkResponse],
          Operations: [{ method: 'POST', status: '201', response: user }],
        },
      },
      'POST /Bulk',
    ),
  },
  wrong: {
    'schemas-missing': {
      'of a user': read({ ...user, schemas: undefined }),
      'in a list': listed(user, { ...other, schemas: [] }),
      'of no list': read({ ...user, schemas: urn.user }),
      'of the response of a result': answered(
        { body: { schemas: [urn.bulkResponse], Operations: [{ status: '201', response: { id: '1' } }] } },
        'POST /Bulk',
      ),
    },
    'core-schema-missing': {
      'of a user': read({ ...user, schemas: [urn.enterpriseUser] }),
      'of a group': group({ schemas: ['urn:scim:schemas:core:1.0'] }),
    },
    'extension-not-in-schemas': read({ ...user, [urn.enterpriseUser]: { department: 'D' } }),
    'schema-repeated': read({ ...user, schemas: [urn.user, urn.user] }),
    'resource-type-missing': withMeta({ resourceType: null }),
    'resource-type-of-another': group({ meta: { ...meta, location: `${baseUrl}/Groups/7` } }),
    'location-missing': withMeta({ location: undefined }),
    'location-not-a-uri': {
      'an object': withMeta({ location: { href: location } }),
      'no URI': withMeta({ location: 'http://[' }),
    },
    'not-a-date-time': {
      'as a program prints it': withMeta({ created: 'Sat Nov 28 2026 20:55:49' }),
      'with a blank': withMeta({ lastModified: '2026-01-31 10:00:00Z' }),
      'a number': withMeta({ created: 1_769_853_600 }),
    },
    'modified-before-created': {
      'by a millisecond': withMeta({ lastModified: '2026-01-31T09:59:59.999Z' }),
      'by two hours, without fractions': withMeta({ created: '2026-01-31T12:00:00Z' }),
    },
    'version-differs': withMeta({ version: 'W/"2"' }, 'W/"1"'),
    'version-without-quotes': withMeta({ version: '1' }, 'W/"1"'),
    'last-modified-stays': {
      'after a PUT': written({ from: ten, to: ten }),
      'after a PATCH, in milliseconds': written({
        ...{ method: 'PATCH', status: 204, from: '2026-01-31T10:00:05.123Z', to: '2026-01-31T10:00:05.123Z' },
      }),
      'in another time zone': written({ from: ten, to: '2026-01-31T12:00:05+02:00' }),
    },
    'last-modified-goes-back': {
      'by a second': written({ from: later, to: ten }),
      'by an hour, in whole minutes, without a change': written({
        ...{ from: '2026-01-31T11:00:00Z', to: '2026-01-31T10:00:00Z', isChanged: false },
      }),
    },
    'one-location-for-two': {
      'in a list': listed(
        { ...user, meta: { ...meta, location: `${baseUrl}/Users` } },
        {
          ...other,
          meta: { ...meta, location: `${baseUrl}/Users` },
        },
      ),
      'in two answers': () => {
        const made = read(user)();
        made.exchange('read', 'GET /Users/2', { status: 200, body: { ...other, meta } });
        return made;
      },
    },
    'location-leads-elsewhere': {
      nowhere: followed(location, error),
      'to another user': followed(location, { status: 200, body: { ...other, id: '2' } }),
      'nowhere, in each reading': followed('Users/1', error, error),
    },
    'result-location-leads-elsewhere': {
      nowhere: bulk(error),
      'to another user': bulk({ status: 200, body: other }),
      'to a user with the id of the group': groupInBulk(`${baseUrl}/Users/7`, { status: 404, body: {} }),
      'to another group': groupInBulk(`${baseUrl}/Groups/8`, { status: 200, body: { ...seven, id: '8' } }),
      'to a list': bulk({ status: 200, body: { schemas: [urn.listResponse], totalResults: 0, Resources: [] } }),
    },
    'result-version-differs': bulk(
      { status: 200, body: { ...user, meta: { ...meta, version: 'W/"2"' } }, headers: { ETag: 'W/"2"' } },
      { version: 'W/"1"' },
    ),
  },
  legal: {
    'a resource of another type at /Me (RFC 7644 §3.11: a user or other resource)': answered(
      { body: { schemas: ['urn:example:acme:2.0:Client'], id: '7', meta: { resourceType: 'Client', location: '7' } } },
      'GET /Me',
    ),
    'no meta (RFC 7643 §3.1: returned by default)': read({ schemas: [urn.user], id: '1' }),
    'a lastModified that stays after a PUT that changes nothing (RFC 7643 §3.1)': written({
      ...{ from: ten, to: ten, isChanged: false },
    }),
    'a lastModified in whole seconds, after a change in the same second': written({ from: ten, to: ten, late: 900 }),
    'a lastModified that may be in whole minutes': written({
      ...{ from: '2026-01-31T10:00:00Z', to: '2026-01-31T10:00:00Z' },
    }),
    'a lastModified that goes back by less than a second, by the clock of another server': written({
      ...{ from: '2026-01-31T10:00:05.900Z', to: '2026-01-31T10:00:05.100Z' },
    }),
    'a lastModified of which only one has a time zone': written({ from: ten, to: '2026-01-31T10:00:05' }),
    'no lastModified after a change': written({ from: ten, to: undefined }),
    'a change that is seen although it was refused (CORE-03)': written({ from: ten, to: ten, status: 409 }),
    'a meta without dates and version': read({ ...user, meta: { resourceType: 'User', location } }),
    'meta of null (RFC 7643 §2.5)': read({ ...user, meta: null }),
    'schemas in another letter case (RFC 8141 §3.1)': read({ ...user, schemas: [urn.user.toUpperCase()] }),
    'an extension of its own beside the core schema (RFC 7643 §3.3)': read({
      ...user,
      schemas: ['urn:example:acme:2.0:User', urn.user],
    }),
    'an enterprise extension without attributes (RFC 7643 §2.5)': read({ ...user, [urn.enterpriseUser]: {} }),
    'a type with a name of its own (RFC 7643 §6)': withMeta({ resourceType: 'Account' }),
    'dates without a time zone (RFC 7643 §2.3.5)': withMeta({ created: '2026-01-31T10:00:00', lastModified: null }),
    'a lastModified in whole seconds, and a created in milliseconds': withMeta({
      created: '2026-01-31T10:00:00.500Z',
      lastModified: '2026-01-31T10:00:00Z',
    }),
    'the same moment in two time zones': withMeta({ created: '2026-01-31T12:00:00.000+02:00' }),
    'a tag that a proxy made weak': withMeta({ version: '"1"' }, 'W/"1"'),
    'a tag to which Apache added -gzip (RFC 9110 §8.8.3.3)': withMeta({ version: '"1"' }, '"1-gzip"'),
    'a strong tag of its own of a compressed answer (RFC 9110 §8.8.3.3)': answered({
      body: user,
      headers: { ETag: '"abc"', 'Content-Encoding': 'gzip' },
    }),
    'an ETag of the list itself': answered(
      { body: { schemas: [urn.listResponse], totalResults: 1, Resources: [user] }, headers: { ETag: '"list"' } },
      'GET /Users?filter=x',
    ),
    'a location relative to the base URL (RFC 7643 §2.3.7)': followed('Users/1', error, { status: 200, body: user }),
    'a location on another host, which is not fetched': followed('https://other.example/Users/1', {
      failure: { code: 'foreign-origin', message: 'It is not the target.' },
    }),
    'a location that redirects (RFC 9110 §15.4)': followed(location, { status: 302 }),
    'a bulk result with the version in meta.version only': bulk({ status: 200, body: user }),
  },
  silent: {
    'a projection (RFC 7644 §3.9)': answered({ body: { id: '1' } }, 'GET /Users/1?attributes=userName'),
    'a projection of a list': answered(
      { body: { schemas: [urn.listResponse], totalResults: 1, Resources: [{ id: '1' }] } },
      'GET /Users?count=1&excludedAttributes=meta',
    ),
    'an error': answered(error),
    'ServiceProviderConfig (CORE-01)': answered({ body: { id: 'x', schemas: [] } }, 'GET /ServiceProviderConfig'),
    'an answer to fuzz': () => {
      const made = trace();
      made.exchange('fuzz', 'POST /Users', { status: 201, body: { id: '1' } });
      return made;
    },
    'a user without an id (CORE-02)': read({ userName: 'a' }),
  },
});
