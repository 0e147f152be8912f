/** Attributes that a client cannot change, or not at any time, and values that a provider sets itself. */
import { urn } from '../../../../schemas/names.js';
import { isJson, type Json } from '../../../../mock/json.js';
import type { Operation } from '../../../../mock/operation.js';
import { Problem } from '../../../../mock/problem.js';
import { before, describing, editsIn, writing, writtenOtherwise } from '../schema-changes.js';
import type { Variant } from '../variant.js';

/** Whether a PATCH changes the attribute, by its path or without one. */
const patches = (operation: Operation, name: string): boolean =>
  operation.path.startsWith('/Users') &&
  editsIn(operation).some(({ path, value }) =>
    typeof path === 'string'
      ? new RegExp(`^${name}\\b`, 'i').test(path)
      : isJson(value) && Object.keys(value).some((each) => each.toLowerCase() === name.toLowerCase()),
  );

const idOf = ({ path }: Operation): string => path.split('/')[2] ?? '';

const isUser = ({ path }: Operation): boolean => path.startsWith('/Users');

const immutable = (): Problem => new Problem(400, 'This attribute cannot be changed.', 'mutability');

/** Remembers which user has which externalId. */
const withUniqueExternalIds = (): ReturnType<typeof before> =>
  before(async (operation, transaction) => {
    const { method, data } = operation;
    if (!isUser(operation) || !isJson(data) || method === 'DELETE') return operation;
    const wanted = [
      data,
      ...editsIn(operation).map(({ path, value }) => (path === 'externalId' ? { externalId: value } : value)),
    ]
      .filter(isJson)
      .map(({ externalId }) => externalId)
      .filter((each) => typeof each === 'string');
    const users = await transaction.list('User');
    if (users.some(({ id, attributes }) => id !== idOf(operation) && wanted.includes(String(attributes.externalId))))
      throw new Problem(409, 'Another user has this externalId.', 'uniqueness');
    return operation;
  });

/** The display name that a provider makes of the other names. */
const withBuiltName = (user: Json): Json => {
  const { givenName, familyName } = isJson(user.name) ? user.name : {};
  const isWhole = typeof givenName === 'string' && typeof familyName === 'string';
  return { ...user, displayName: isWhole ? `${givenName} ${familyName}` : user.userName };
};

/** The display name that a provider makes of the part of the user name before the @. */
const withShortName = (user: Json): Json => ({ ...user, displayName: String(user.userName).split('@')[0] });

const withFallback = (user: Json): Json => ({ ...user, displayName: user.displayName ?? user.userName });

/** Puts the user name in the place of a display name that is removed. */
const displayNameKept =
  (userName: unknown) =>
  (edit: Json): Json =>
    edit.op === 'remove' && edit.path === 'displayName'
      ? { op: 'replace', path: 'displayName', value: userName }
      : edit;

const typedLists = ['emails', 'phoneNumbers', 'ims', 'photos', 'addresses'];

const typed = (name: string, value: unknown): unknown => {
  if (!typedLists.includes(name)) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => typed(name, item));
  return isJson(value) ? { type: 'other', ...value } : value;
};

const typedIn = (user: Json): Json =>
  Object.fromEntries(Object.entries(user).map(([name, value]) => [name, typed(name, value)]));

const typedEdit = (edit: Json): Json => {
  const { op, path, value } = edit;
  if (op === 'remove') return edit;
  if (typeof path === 'string') return { ...edit, value: typed(path, value) };
  return isJson(value) ? { ...edit, value: typedIn(value) } : edit;
};

export const mutabilityVariants: readonly Variant[] = [
  {
    name: 'user-types-that-only-a-create-sets',
    source: 'RFC 7643 §2.2, §7 (immutable); RFC 7644 §3.5.1, §3.5.2 (mutability)',
    make: () => ({
      change: describing(urn.user, 'userType', { mutability: 'immutable' }),
      seams: before(async (operation, transaction) => {
        if (patches(operation, 'userType')) throw immutable();
        if (!isUser(operation) || operation.method !== 'PUT' || !isJson(operation.data)) return operation;
        const was = (await transaction.find(idOf(operation)))?.attributes.userType;
        const { userType } = operation.data;
        if (was !== undefined && userType !== undefined && userType !== was) throw immutable();
        return was === undefined ? operation : { ...operation, data: { ...operation.data, userType: was } };
      }),
    }),
    needs: ['many attributes'],
    only: ['form of schemas'],
  },
  {
    name: 'display-names-of-users-are-read-only',
    source: 'RFC 7643 §2.2, §7 (readOnly); RFC 7644 §3.3, §3.5.1 (ignored), §3.5.2 (mutability)',
    make: () => ({
      change: describing(urn.user, 'displayName', { mutability: 'readOnly' }),
      seams: ({ apply }) => ({
        apply: async (operation, transaction) => {
          const built = writtenOtherwise(operation, { inBody: withBuiltName });
          const applied = await apply(built, transaction);
          // What is refused is undone. Another error, such as 404 or 412, comes first.
          if (patches(operation, 'displayName')) throw immutable();
          return applied;
        },
      }),
    }),
    needs: ['many attributes'],
    only: ['form of schemas', 'form of display names'],
  },
  {
    name: 'display-names-are-short-user-names',
    source: 'RFC 7643 §2.2, §7 (readOnly); RFC 7644 §3.3, §3.5.1 (ignored), §3.5.2 (mutability)',
    make: () => ({
      change: describing(urn.user, 'displayName', { mutability: 'readOnly' }),
      seams: ({ apply }) => ({
        apply: async (operation, transaction) => {
          const built = writtenOtherwise(operation, { inBody: withShortName });
          const applied = await apply(built, transaction);
          // What is refused is undone. Another error, such as 404 or 412, comes first.
          if (patches(operation, 'displayName')) throw immutable();
          return applied;
        },
      }),
    }),
    needs: ['many attributes'],
    only: ['form of schemas', 'form of display names'],
  },
  {
    name: 'user-names-cannot-be-patched',
    source: 'RFC 7644 §3.5.2, §3.12 (mutability)',
    make: writing((operation) => {
      if (patches(operation, 'userName')) throw immutable();
      return operation;
    }),
  },
  {
    name: 'external-ids-are-unique',
    source: 'RFC 7643 §3.1 (the client’s own identifier), RFC 7644 §3.3, §3.12 (409 uniqueness)',
    make: () => ({ seams: withUniqueExternalIds() }),
  },
  {
    name: 'new-users-are-active',
    source: 'RFC 7643 §4.1.1 (the provider determines what `active` means), RFC 7644 §3.3',
    make: writing((operation) =>
      operation.method === 'POST'
        ? writtenOtherwise(operation, { inBody: (user) => ({ ...user, active: true }) })
        : operation,
    ),
  },
  {
    name: 'display-names-fall-back-to-the-user-name',
    source: 'RFC 7644 §3.3, §3.5.1 (default values); RFC 7643 §4.1.1',
    make: writing(async (operation, transaction) => {
      const user = isUser(operation) ? await transaction.find(idOf(operation)) : undefined;
      return writtenOtherwise(operation, {
        inBody: withFallback,
        inEdit: displayNameKept(user?.attributes.userName),
      });
    }),
    only: ['form of display names'],
  },
  {
    name: 'values-without-a-type-are-of-type-other',
    source: 'RFC 7644 §3.3 (default values), RFC 7643 §2.4 (`type`)',
    make: writing((operation) => writtenOtherwise(operation, { inBody: typedIn, inEdit: typedEdit })),
  },
];
