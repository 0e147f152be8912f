/** What may stand at /Schemas and /ResourceTypes beside, or in place of, the definitions of RFC 7643. */
import { urn } from '../../../../schemas/names.js';
import { without } from '../../../../mock/faults/answers.js';
import { isJson, type Json } from '../../../../mock/json.js';
import { Problem } from '../../../../mock/problem.js';
import { eachUser } from '../answers.js';
import { before, inSchema, inTurn, writing, writtenOtherwise } from '../schema-changes.js';
import { changing, type Change, type Variant } from '../variant.js';

/** Changes each resource type. */
const eachType =
  (change: (type: Json) => Json): Change =>
  (answer, { path }) => {
    const { body } = answer;
    if (answer.status !== 200 || !isJson(body) || !/^\/ResourceTypes(?:\/|$)/.test(path)) return answer;
    const { Resources } = body;
    return {
      ...answer,
      body: Array.isArray(Resources) ? { ...body, Resources: Resources.filter(isJson).map(change) } : change(body),
    };
  };

const own = { multiValued: false, required: false, mutability: 'readOnly', returned: 'default', uniqueness: 'none' };

const eachItem = (value: unknown, change: (item: Json) => Json): unknown =>
  Array.isArray(value) ? value.map((item: unknown) => (isJson(item) ? change(item) : item)) : value;

const withSub = (schema: string, name: string, sub: Json): Change =>
  inSchema(schema, (attributes) =>
    attributes.map((attribute) =>
      attribute.name === name && Array.isArray(attribute.subAttributes)
        ? { ...attribute, subAttributes: [...(attribute.subAttributes as unknown[]), sub] }
        : attribute,
    ),
  );

const first = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : value);

const asList = (user: Json): Json =>
  user.photos === undefined ? user : { ...user, photos: [first(user.photos)].filter((each) => each !== undefined) };

const managerIn = (user: Json): string | undefined => {
  const extension = user[urn.enterpriseUser];
  const manager = isJson(extension) ? extension.manager : undefined;
  const id = isJson(manager) ? manager.value : manager;
  return typeof id === 'string' ? id : undefined;
};

export const describedTypeVariants: readonly Variant[] = [
  {
    name: 'endpoints-without-a-slash-before-them',
    source: 'RFC 7643 §6 (relative to the base URL)',
    make: changing(eachType((type) => ({ ...type, endpoint: String(type.endpoint).replace(/^\//, '') }))),
    only: ['form of endpoints'],
  },
  {
    name: 'resource-types-with-nothing-but-what-is-required',
    source: 'RFC 7643 §6 (`id`, `description` and `schemaExtensions` are optional)',
    make: changing(eachType((type) => without(type, 'id', 'description', 'meta'))),
    only: ['form of resource types'],
  },
  {
    name: 'sub-attributes-of-its-own-in-emails-and-names',
    source: 'RFC 7643 §7 (/Schemas says which sub-attributes there are), §2.2',
    make: changing(
      inTurn(
        withSub(urn.user, 'emails', { name: 'verified', type: 'boolean', ...own }),
        withSub(urn.user, 'name', { name: 'sortedAs', type: 'string', ...own }),
        eachUser((user) => ({
          ...user,
          ...(user.emails === undefined
            ? {}
            : { emails: eachItem(user.emails, (each) => ({ verified: true, ...each })) }),
          ...(isJson(user.name) ? { name: { ...user.name, sortedAs: 'A' } } : {}),
        })),
      ),
    ),
    needs: ['many attributes'],
    only: ['form of schemas'],
  },
  {
    name: 'attributes-of-its-own-that-every-user-has',
    source: 'RFC 7643 §7 (`required`), RFC 7644 §3.3 (the provider sets a default)',
    make: changing(
      inTurn(
        inSchema(urn.user, (attributes) => [
          ...attributes,
          { name: 'licence', type: 'string', ...own, required: true },
          { name: 'lastLogin', type: 'dateTime', ...own },
          { name: 'quota', type: 'decimal', ...own },
        ]),
        eachUser((user) => ({ licence: 'basic', lastLogin: '2026-02-28T23:59:59+02:00', quota: 1.5e3, ...user })),
      ),
    ),
    only: ['form of schemas'],
  },
  {
    name: 'one-photo-and-no-list-of-them',
    source: 'RFC 7643 §7 (`multiValued` is false)',
    make: () => {
      const describe = inSchema(urn.user, (attributes) =>
        attributes.map((each) => (each.name === 'photos' ? { ...each, multiValued: false } : each)),
      );
      const show = eachUser((user) => (user.photos === undefined ? user : { ...user, photos: first(user.photos) }));
      return {
        change: inTurn(describe, show),
        seams: before((operation) =>
          writtenOtherwise(operation, {
            inBody: asList,
            inEdit: (edit) => (isJson(edit.value) ? { ...edit, value: asList(edit.value) } : edit),
          }),
        ),
      };
    },
    needs: ['many attributes'],
    only: ['form of schemas'],
  },
  {
    name: 'managers-are-users-that-are-there',
    source: 'RFC 7643 §4.3 (`value` is the id of a user), RFC 7644 §3.12 (invalidValue)',
    make: writing(async (operation, transaction) => {
      const { data, path, method } = operation;
      const manager = path.startsWith('/Users') && isJson(data) && method !== 'PATCH' ? managerIn(data) : undefined;
      if (manager !== undefined && (await transaction.find(manager)) === undefined)
        throw new Problem(400, 'There is no such manager.', 'invalidValue');
      return operation;
    }),
    needs: ['many attributes'],
  },
  {
    name: 'managers-with-a-name-and-an-absolute-ref',
    source: 'RFC 7643 §4.3 (`displayName` is read-only, `$ref`)',
    make: changing(
      eachUser((user) => {
        const extension = user[urn.enterpriseUser];
        if (!isJson(extension) || !isJson(extension.manager)) return user;
        const { value } = extension.manager;
        const manager = {
          ...extension.manager,
          $ref: `http://127.0.0.1/scim/v2/Users/${String(value)}`,
          displayName: 'The Manager',
        };
        return { ...user, [urn.enterpriseUser]: { ...extension, manager } };
      }),
    ),
    needs: ['many attributes'],
  },
  {
    name: 'texts-of-the-basic-plane-only',
    source: 'RFC 7644 §3.12 (invalidValue), RFC 8264 §3.2',
    make: writing((operation) => {
      if (/[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(operation.data ?? null)))
        throw new Problem(400, 'The text has characters that are not accepted.', 'invalidValue');
      return operation;
    }),
  },
];
