/** Values that a provider keeps in a canonical form, in another order, or not at all. */
import { header, mediaType, urn } from '../../../../schemas/names.js';
import { isJson, type Json } from '../../../../mock/json.js';
import { eachResource, eachUser } from '../answers.js';
import { changing, type Change, type Variant } from '../variant.js';

const lists = ['emails', 'phoneNumbers', 'addresses', 'ims', 'photos', 'roles', 'entitlements', 'members'];

const eachItem = (resource: Json, name: string, change: (item: Json) => Json): Json => {
  const values = resource[name];
  return Array.isArray(values)
    ? { ...resource, [name]: values.map((item: unknown) => (isJson(item) ? change(item) : item)) }
    : resource;
};

/** A telephone number without the separators that only help a reader (RFC 3966 §3). */
const withoutSeparators = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll(/(?<=\d)[-.() ](?=\d)/g, '') : value;

const domainInLowerCase = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/@.*$/, (domain) => domain.toLowerCase()) : value;

const trimmed = (value: unknown): unknown => {
  if (typeof value === 'string') return value.trim().replaceAll(/\s+/g, ' ');
  if (Array.isArray(value)) return value.map(trimmed);
  return isJson(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, trimmed(item)])) : value;
};

const uncommon = [
  ...['nickName', 'title', 'profileUrl', 'userType', 'preferredLanguage', 'locale', 'timezone', 'phoneNumbers'],
  ...['addresses', 'ims', 'photos', 'entitlements', 'roles', 'x509Certificates', urn.enterpriseUser],
];

const dropping = (...names: string[]) =>
  eachUser((user) => {
    const { schemas, ...kept } = Object.fromEntries(Object.entries(user).filter(([name]) => !names.includes(name)));
    return {
      schemas: Array.isArray(schemas) ? schemas.filter((each) => !names.includes(String(each))) : schemas,
      ...kept,
    };
  });

/** `/Schemas` is not served: what a provider keeps has to be found out. */
const withoutSchemas: Change = (answer, { path }) =>
  /^\/(Schemas|ResourceTypes)/.test(path) && answer.status !== 401
    ? {
        status: 404,
        headers: { [header.contentType]: mediaType.scim },
        body: { schemas: [urn.error], status: '404' },
      }
    : answer;

export const keptFormVariants: readonly Variant[] = [
  {
    name: 'values-of-lists-in-reverse-order',
    source: 'RFC 7643 §2.4 (no order is defined)',
    make: changing(
      eachResource((resource) =>
        Object.fromEntries(
          Object.entries(resource).map(([name, value]) => [
            name,
            lists.includes(name) && Array.isArray(value) ? value.toReversed() : value,
          ]),
        ),
      ),
    ),
  },
  {
    name: 'telephone-numbers-without-separators',
    source: 'RFC 7643 §4.1.2 (canonical form), RFC 3966 §3',
    make: changing(
      eachUser((user) =>
        eachItem(user, 'phoneNumbers', (phone) => ({ ...phone, value: withoutSeparators(phone.value) })),
      ),
    ),
    only: ['form of telephone numbers'],
    needs: ['many attributes'],
  },
  {
    name: 'domains-of-email-addresses-in-lower-case',
    source: 'RFC 7643 §4.1.2 (canonical form)',
    make: changing(
      eachUser((user) => eachItem(user, 'emails', (email) => ({ ...email, value: domainInLowerCase(email.value) }))),
    ),
    only: ['form of texts'],
    needs: ['many attributes'],
  },
  {
    name: 'texts-without-blanks-around-them',
    source: 'RFC 7643 §7, RFC 8265 §4.2.2 (nicknames are trimmed)',
    make: changing(eachResource((resource) => trimmed(resource) as Json)),
    only: ['form of texts'],
  },
  {
    name: 'urls-in-normalised-form',
    source: 'RFC 3986 §6.2.3',
    make: changing(
      eachUser((user) =>
        typeof user.profileUrl === 'string' ? { ...user, profileUrl: `${user.profileUrl.replace(/\/$/, '')}/` } : user,
      ),
    ),
    needs: ['many attributes'],
  },
  {
    name: 'only-common-attributes-are-kept',
    source: 'RFC 7643 §4.1 (all but userName are optional), §3.1',
    make: changing(dropping(...uncommon)),
    lacks: ['many attributes'],
  },
  {
    name: 'only-user-name-and-active-are-kept',
    source: 'RFC 7643 §4.1 (all but userName are optional), §3.1',
    make: changing(dropping(...uncommon, 'name', 'displayName', 'emails', 'externalId')),
    lacks: ['many attributes'],
  },
  {
    name: 'neither-schemas-nor-resource-types-are-served',
    source: 'RFC 7644 §4 (SHOULD of RFC 7643 §6, §7)',
    make: changing(withoutSchemas),
  },
];
