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

/** `/Schemas` and `/ResourceTypes` without what the provider does not keep: what is dropped is not advertised. */
const notNaming =
  (...names: string[]): Change =>
  (answer, { path }) => {
    if (answer.status !== 200 || !isJson(answer.body) || !/^\/(?:Schemas|ResourceTypes)(?:\/|$)/.test(path))
      return answer;
    const isKept = (item: unknown): boolean =>
      isJson(item) && ![item.name, item.id, item.schema].some((each) => names.includes(String(each)));
    const inEntry = (entry: Json): Json => ({
      ...entry,
      ...(entry.id === urn.user && Array.isArray(entry.attributes)
        ? { attributes: entry.attributes.filter(isKept) }
        : {}),
      ...(Array.isArray(entry.schemaExtensions) ? { schemaExtensions: entry.schemaExtensions.filter(isKept) } : {}),
    });
    const { Resources, ...rest } = answer.body;
    if (!Array.isArray(Resources)) return { ...answer, body: inEntry(answer.body) };
    const kept = Resources.filter((each) => isJson(each) && !names.includes(String(each.id)))
      .filter(isJson)
      .map(inEntry);
    return { ...answer, body: { ...rest, Resources: kept, totalResults: kept.length, itemsPerPage: kept.length } };
  };

const keepingAllBut = (...names: string[]): Variant['make'] =>
  changing(async (answer, request) => notNaming(...names)(await dropping(...names)(answer, request), request));

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
    make: keepingAllBut(...uncommon),
    lacks: ['many attributes'],
    // What is shown is described.
    only: ['attributes that are shown'],
  },
  {
    name: 'only-user-name-and-active-are-kept',
    source: 'RFC 7643 §4.1 (all but userName are optional), §3.1',
    make: keepingAllBut(...uncommon, 'name', 'displayName', 'emails', 'externalId'),
    lacks: ['many attributes'],
    // What is shown is described.
    only: ['attributes that are shown'],
  },
  {
    name: 'neither-schemas-nor-resource-types-are-served',
    source: 'RFC 7644 §4 (SHOULD of RFC 7643 §6, §7)',
    make: changing(withoutSchemas),
  },
];
