/** Representations of users and groups: members, their order, and what a provider may add, leave out or write in its own way. */
import { urn } from '../../../../schemas/names.js';
import { without } from '../../../../mock/faults/answers.js';
import type { Answer } from '../../../../mock/http/answer.js';
import type { RequestSummary } from '../../../../mock/http/http-seams.js';
import { isJson, type Json } from '../../../../mock/json.js';
import { eachResource, eachUser, says } from '../answers.js';
import { changing, type Variant } from '../variant.js';

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
};

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

const acme = 'urn:example:params:scim:schemas:extension:acme:2.0:User';

const withMeta = (change: (meta: Json) => Json) =>
  eachResource((resource) => (isJson(resource.meta) ? { ...resource, meta: change(resource.meta) } : resource));

/** Writes the dates of a `meta` in another form of xsd:dateTime. */
const withDates = (form: (date: string) => string) =>
  withMeta((meta) => ({
    ...meta,
    ...Object.fromEntries(
      ['created', 'lastModified'].flatMap((name) => {
        const date = meta[name];
        return typeof date === 'string' ? [[name, form(date)]] : [];
      }),
    ),
  }));

const characteristics = { multiValued: false, mutability: 'readOnly', returned: 'default' };

const acmeSchema = {
  schemas: [urn.schema],
  id: acme,
  attributes: [
    { name: 'badge', type: 'integer', ...characteristics },
    { name: 'zones', type: 'string', ...characteristics, multiValued: true },
    {
      ...{ name: 'sponsor', type: 'complex', ...characteristics },
      subAttributes: [{ name: 'value', type: 'string', ...characteristics }],
    },
    { name: 'password', type: 'string', ...characteristics },
  ],
};

/** The answer with the extension, if it describes the provider (RFC 7643 §3: a resource lists what its type names). */
const withAcme = (answer: Answer, { path }: RequestSummary): Answer | undefined => {
  const { body } = answer;
  if (!isJson(body) || answer.status !== 200) return undefined;
  const ofUsers = (type: Json): Json =>
    type.name === 'User' && Array.isArray(type.schemaExtensions)
      ? { ...type, schemaExtensions: [...(type.schemaExtensions as unknown[]), { schema: acme, required: false }] }
      : type;
  if (path.startsWith('/ResourceTypes/')) return { ...answer, body: ofUsers(body) };
  if (path === '/ResourceTypes')
    return { ...answer, body: { ...body, Resources: listOf(body.Resources).map(ofUsers) } };
  if (path !== '/Schemas') return undefined;
  const Resources = [...listOf(body.Resources), acmeSchema];
  return { ...answer, body: { ...body, Resources, totalResults: Resources.length, itemsPerPage: Resources.length } };
};

export const resourceVariants: readonly Variant[] = [
  {
    name: 'a-nickname-title-and-external-id-for-whoever-has-none',
    source: 'RFC 7644 §3.3, §3.5.1',
    make: changing(
      eachUser((user) => {
        const own = String(user.id).slice(0, 8);
        return { nickName: `fox-${own}`, title: `Title ${own}`, externalId: `ext-${own}`, ...user };
      }),
    ),
    // One who keeps none would give an externalId in place of the one that was sent.
    needs: ['many attributes'],
  },
  {
    name: 'members-in-reverse-order',
    source: 'RFC 8259 §4',
    make: changing((answer) => (isJson(answer.body) ? { ...answer, body: reversed(answer.body) } : answer)),
  },
  {
    name: 'null-for-what-is-not-there',
    source: 'RFC 7643 §2.5',
    make: changing((answer) => {
      if (!isJson(answer.body)) return answer;
      const { body } = answer;
      if (says(body, urn.error)) return { ...answer, body: { scimType: null, detail: null, ...body } };
      if (says(body, urn.listResponse))
        return body.totalResults === 0 ? { ...answer, body: { ...body, Resources: null } } : answer;
      if (says(body, urn.bulkResponse)) {
        const Operations = listOf(body.Operations).map((each) => ({ version: null, response: null, ...each }));
        return { ...answer, body: { ...body, Operations } };
      }
      if (says(body, urn.serviceProviderConfig)) return { ...answer, body: { documentationUri: null, ...body } };
      if (!says(body, urn.user)) return answer;
      const name = isJson(body.name) ? { name: { middleName: null, ...body.name } } : {};
      return { ...answer, body: { nickName: null, ...body, ...name } };
    }),
  },
  {
    name: 'empty-lists-for-what-is-not-there',
    source: 'RFC 7643 §2.5',
    make: changing(
      eachUser((user) => ({ emails: [], phoneNumbers: [], addresses: [], groups: [], roles: [], ...user })),
    ),
  },
  {
    name: 'an-extension-of-its-own',
    source: 'RFC 7643 §3.3',
    make: changing(
      (answer, request) =>
        withAcme(answer, request) ??
        eachUser((user) => ({
          ...user,
          schemas: [acme, ...(Array.isArray(user.schemas) ? (user.schemas as unknown[]) : [])],
          [acme]: {
            badge: 4711,
            zones: ['A', 'B'],
            sponsor: { value: '26118915-6090-4610-87e4-49d8ca9f808d' },
            password: 'none',
          },
        }))(answer, request),
    ),
    only: ['schemas of users'],
    // Its schema is in the list, and has no URL of its own.
    warns: ['CORE-16'],
  },
  {
    name: 'members-that-nobody-defined',
    source: 'profile §2 (unknown extra members are allowed everywhere), RFC 7643 §3.3',
    make: changing((answer) =>
      isJson(answer.body) && Array.isArray(answer.body.schemas)
        ? { ...answer, body: { ...answer.body, 'urn:example:trace': { node: 7 }, x_internal: [1, 'two', null] } }
        : answer,
    ),
    warns: ['CORE-16'],
  },
  {
    name: 'defaults-for-what-was-not-sent',
    source: 'RFC 7644 §3.3, §3.5.1 (the provider may assign default values)',
    make: changing(
      eachUser((user) => ({
        active: true,
        userType: 'Employee',
        preferredLanguage: 'en',
        timezone: 'Europe/Zurich',
        ...user,
      })),
    ),
    only: ['attributes that are shown'],
  },
  {
    name: 'formatted-name',
    source: 'RFC 7643 §4.1.1',
    make: changing(
      eachUser((user) => {
        if (!isJson(user.name)) return user;
        const { givenName, familyName } = user.name;
        const parts = [givenName, familyName].filter((part) => typeof part === 'string');
        return { ...user, name: { formatted: parts.join(' '), ...user.name } };
      }),
    ),
  },
  {
    name: 'the-first-email-is-primary',
    source: 'RFC 7643 §2.4, §4.1.2',
    make: changing(
      eachUser((user) => {
        const emails = listOf(user.emails);
        if (emails.length === 0 || emails.some(({ primary }) => primary === true)) return user;
        return { ...user, emails: emails.map((email, place) => ({ ...email, primary: place === 0 })) };
      }),
    ),
  },
  {
    name: 'emails-with-display',
    source: 'RFC 7643 §2.4',
    make: changing(
      eachUser((user) => ({
        ...user,
        ...(Array.isArray(user.emails)
          ? { emails: listOf(user.emails).map((email) => ({ display: email.value, ...email })) }
          : {}),
      })),
    ),
  },
  {
    name: 'groups-that-every-user-has',
    source: 'RFC 7643 §4.1.2 (`groups` is read-only)',
    make: changing(
      eachUser((user) => ({
        ...user,
        groups: [{ value: 'everyone', $ref: '../Groups/everyone', display: 'Everyone', type: 'indirect' }],
      })),
    ),
  },
  {
    name: 'members-of-groups-with-type-display-and-ref',
    source: 'RFC 7643 §4.2, §2.4',
    make: changing(
      eachResource((resource) =>
        says(resource, urn.group) && Array.isArray(resource.members)
          ? {
              ...resource,
              members: listOf(resource.members).map((member) => ({
                $ref: `../Users/${String(member.value)}`,
                type: 'User',
                display: 'A member',
                ...member,
              })),
            }
          : resource,
      ),
    ),
    needs: ['groups'],
  },
  {
    name: 'meta-with-only-type-and-location',
    source: 'RFC 7643 §3.1',
    make: changing(withMeta(({ resourceType, location }) => ({ resourceType, location }))),
    only: ['meta'],
  },
  {
    name: 'meta-location-relative-to-the-base-url',
    source: 'RFC 7643 §2.3.7',
    make: changing(
      withMeta((meta) => ({ ...meta, location: String(meta.location).replace(/^.*\/(?=\w+\/[^/]*$)/, '') })),
    ),
    only: ['meta.location'],
  },
  {
    name: 'meta-location-relative-to-the-host',
    source: 'RFC 7643 §2.3.7, RFC 3986 §4.2',
    make: changing(withMeta((meta) => ({ ...meta, location: String(meta.location).replace(/^https?:\/\/[^/]+/, '') }))),
    only: ['meta.location'],
  },
  {
    name: 'meta-location-with-a-path-of-its-own',
    source: 'RFC 7643 §3.1 (the URI of the resource; its form is the choice of the provider)',
    make: () => ({
      change: withMeta((meta) => ({
        ...meta,
        location: String(meta.location).replace(/\/(Users|Groups)\//, '/directory/$1/'),
      })),
      wire: (next) => (request) => next({ ...request, url: request.url.replace('/directory/', '/') }),
    }),
    only: ['meta.location'],
  },
  {
    name: 'no-meta-in-reads-and-lists',
    source: 'RFC 7643 §3.1, §7 (`returned` is default: a provider may leave it out)',
    make: () => ({
      change: (answer, request) =>
        request.method === 'GET' ? eachResource((resource) => without(resource, 'meta'))(answer, request) : answer,
    }),
    only: ['meta', 'meta.location', 'version'],
  },
  {
    name: 'last-modified-in-whole-seconds-beside-created-in-milliseconds',
    source: 'RFC 7643 §2.3.5 (xsd:dateTime: the fraction of a second is optional)',
    make: changing(withMeta((meta) => ({ ...meta, lastModified: String(meta.lastModified).replace(/\.\d+/, '') }))),
    only: ['meta'],
  },
  {
    name: 'dates-with-an-offset-and-microseconds',
    source: 'RFC 7643 §2.3.5',
    make: changing(
      withDates((date) => `${new Date(Date.parse(date) + 7_200_000).toISOString().slice(0, -1)}123+02:00`),
    ),
    only: ['meta'],
  },
  {
    name: 'dates-without-fraction',
    source: 'RFC 7643 §2.3.5',
    make: changing(withDates((date) => date.replace(/\.\d+/, ''))),
    only: ['meta'],
  },
  {
    name: 'dates-without-time-zone',
    source: 'RFC 7643 §2.3.5 (the time zone of xsd:dateTime is optional)',
    make: changing(withDates((date) => date.replace('Z', ''))),
    only: ['meta'],
  },
];
