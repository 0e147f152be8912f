/** Attributes that a provider shows not always, only to those who ask, or never, and says so at /Schemas (RFC 7643 §7). */
import { urn } from '../../../../schemas/names.js';
import { without } from '../../../../mock/faults/answers.js';
import { isJson, type Json } from '../../../../mock/json.js';
import type { Handler } from '../../../../suites/index.js';
import { eachUser, inMembers, says } from '../answers.js';
import { describing, inTurn } from '../schema-changes.js';
import { changing, type Variant } from '../variant.js';

/** Leaves the attribute out of what queries show, unless the query names it. */
const hiddenFromQueries =
  (schema: string, name: string) =>
  (next: Handler): Handler =>
  async (request) => {
    const reply = await next(request);
    const isQuery = request.method === 'GET' || request.url.endsWith('/.search');
    const isNamed = new RegExp(`(?<!excluded)attributes["=][^&]*${name}`, 'i').test(
      `${request.url} ${request.body ?? ''}`,
    );
    if ('failure' in reply || reply.body === '' || !isQuery || isNamed) return reply;
    if (!reply.headers.some(([, value]) => /scim\+json/i.test(value))) return reply;
    const body = inMembers(JSON.parse(reply.body), (resource) =>
      says(resource, schema) ? without(resource, name) : resource,
    );
    return { ...reply, body: JSON.stringify(body) };
  };

const onRequest =
  (schema: string, name: string): Variant['make'] =>
  () => ({
    change: describing(schema, name, { returned: 'request' }),
    wire: hiddenFromQueries(schema, name),
  });

const listNames = ['emails', 'phoneNumbers', 'addresses', 'ims', 'photos', 'roles', 'entitlements', 'x509Certificates'];

const primaryIfTrue = (user: Json): Json =>
  Object.fromEntries(
    Object.entries(user).map(([name, value]) => [
      name,
      listNames.includes(name) && Array.isArray(value)
        ? value.map((item: unknown) => (isJson(item) && item.primary === false ? without(item, 'primary') : item))
        : value,
    ]),
  );

export const returnedVariants: readonly Variant[] = [
  {
    name: 'titles-shown-only-to-queries-that-name-them',
    source: 'RFC 7643 §7 (`returned` is request)',
    make: onRequest(urn.user, 'title'),
    needs: ['many attributes'],
    only: ['form of schemas'],
  },
  {
    name: 'members-shown-only-to-queries-that-name-them',
    source: 'RFC 7643 §7 (`returned` is request)',
    make: onRequest(urn.group, 'members'),
    needs: ['groups'],
    only: ['form of schemas'],
  },
  {
    name: 'nicknames-never-shown',
    source: 'RFC 7643 §7 (`returned` is never, `mutability` is writeOnly)',
    make: changing(
      inTurn(
        describing(urn.user, 'nickName', { returned: 'never', mutability: 'writeOnly' }),
        eachUser((user) => without(user, 'nickName')),
      ),
    ),
    needs: ['many attributes'],
    only: ['form of schemas'],
  },
  {
    name: 'primary-shown-only-where-it-is-true',
    source: 'RFC 7643 §2.4 (without a value it is false)',
    make: changing(eachUser(primaryIfTrue)),
  },
];
