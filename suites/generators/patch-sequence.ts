/**
 * Random PATCH requests for a user of `patchableUsers` and for a group. The operations are data, so that a failing sequence
 * gets small; `{name}` in a text stands for the name of the resource, because some providers want unique values.
 */
import fc from 'fast-check';
import { urn } from '../../schemas/names.js';
import { isObject } from '../trace/message.js';
import { richestUser, richUser } from './rich-user.js';
import { plainUser } from './user.js';

export interface SentOperation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

export interface SentPatch {
  readonly operations: readonly SentOperation[];
  /** Whether the query parameter `attributes` is sent. */
  readonly asksForAttributes?: boolean;
}

export interface PatchSequence {
  readonly of: 'User' | 'Group';
  readonly patches: readonly SentPatch[];
}

/** The operations for the resource of this name. */
export const filledIn = (value: unknown, name: string): unknown => {
  if (typeof value === 'string') return value.replaceAll('{name}', name);
  if (Array.isArray(value)) return value.map((item: unknown) => filledIn(item, name));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filledIn(member, name)]));
};

type MakeUser = (userName: string) => Record<string, unknown>;

/** The displayName cannot be built from other names: whoever shows it keeps it. */
const withOwnDisplayName =
  (make: MakeUser): MakeUser =>
  (userName) => ({ ...make(userName), displayName: 'Shown in lists' });

/** With postal addresses, whose values have no `value`. */
const richestOfAll: MakeUser = (userName) => ({
  ...richestUser(userName),
  addresses: [
    { type: 'work', streetAddress: 'Long Street 1', locality: 'Bern', postalCode: '3000' },
    { type: 'home', streetAddress: 'Short Street 2', locality: 'Basel', postalCode: '4000' },
  ],
});

/** Richest first: a provider may refuse attributes that it does not know. */
export const patchableUsers: readonly MakeUser[] = [richestOfAll, richestUser, richUser, plainUser].map(
  withOwnDisplayName,
);

const word = fc.constantFrom('Alpha', 'Beta', 'Gamma', 'Delta');

const textPath = fc.constantFrom('title', 'nickName', 'displayName', 'TITLE', `${urn.user}:nickName`);
const partPath = fc.constantFrom('name.givenName', 'name.middleName', 'name.familyName', `${urn.user}:name.givenName`);
const extensionPath = fc.constantFrom('department', 'costCenter').map((name) => `${urn.enterpriseUser}:${name}`);

type Ops = fc.Arbitrary<SentOperation>;

const change = fc.constantFrom('add', 'replace');

const writing = (path: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>): Ops =>
  fc.record({ op: change, path, value });

const removing = (path: fc.Arbitrary<string>): Ops => path.map((each) => ({ op: 'remove', path: each }));

const name = fc.record({ givenName: word, middleName: word, familyName: word }, { requiredKeys: ['familyName'] });

/** E-mail addresses: those that the user has, and others. */
const email = fc.constantFrom(
  { value: 'home-{name}', type: 'home' },
  { value: 'other-{name}', type: 'other' },
  { value: '{name}', type: 'work' },
  { value: 'new-{name}', type: 'other' },
  { value: 'more-{name}', type: 'home' },
);

const address = fc.record({ type: fc.constantFrom('work', 'home', 'other'), streetAddress: word, locality: word });

const filter = fc.constantFrom(
  'type eq "home"',
  'type eq "work"',
  'type eq "other"',
  'value eq "home-{name}"',
  'type eq "home" or type eq "other"',
  'type eq "home" and value sw "home-"',
  'not (type eq "work")',
  'type ne "home"',
  'value sw "other-"',
  'value co "home"',
  'type ew "her"',
  'type pr',
  'primary eq true',
  '(type eq "home" or type eq "work") and not (primary eq true)',
  'TYPE eq "home"',
);

const addressFilter = fc.constantFrom(
  'type eq "home"',
  'type eq "work"',
  'locality eq "Basel"',
  'type eq "work" and locality eq "Bern"',
);

const primaryEmail = email.map((value) => ({ ...value, primary: true }));

/** What a list is replaced by: values of different types. */
const emailList = fc.constantFrom(
  [{ value: '{name}', type: 'work', primary: true }],
  [
    { value: '{name}', type: 'work', primary: true },
    { value: 'home-{name}', type: 'home' },
    { value: 'other-{name}', type: 'other' },
  ],
  [
    { value: 'new-{name}', type: 'work' },
    { value: 'home-{name}', type: 'home', primary: true },
  ],
);

const pathless = fc.record(
  {
    title: word,
    nickName: word,
    name,
    emails: email.map((value) => [value]),
    [urn.enterpriseUser]: fc.record({ department: word }),
  },
  { requiredKeys: [] },
);

const written: Ops = fc.oneof(
  writing(textPath, word),
  writing(partPath, word),
  writing(fc.constant('name'), name),
  writing(extensionPath, word),
  fc.record({ op: change, value: pathless }),
);

const removed: Ops = fc.oneof(
  removing(fc.constantFrom('title', 'nickName')),
  removing(fc.constantFrom('name.middleName', 'name.givenName')),
  removing(extensionPath),
  removing(fc.constantFrom('phoneNumbers', 'phoneNumbers[type eq "mobile"]')),
  removing(filter.map((each) => `emails[${each}]`)),
  removing(addressFilter.map((each) => `addresses[${each}]`)),
  removing(addressFilter.map((each) => `addresses[${each}].postalCode`)),
);

const listed: Ops = fc.oneof(
  { weight: 3, arbitrary: email.map((value): SentOperation => ({ op: 'add', path: 'emails', value: [value] })) },
  { weight: 1, arbitrary: primaryEmail.map((value) => ({ op: 'add', path: 'emails', value: [value] })) },
  { weight: 1, arbitrary: emailList.map((value) => ({ op: 'replace', path: 'emails', value })) },
  { weight: 1, arbitrary: address.map((value) => ({ op: 'add', path: 'addresses', value: [value] })) },
);

const selected: Ops = fc.oneof(
  fc.record({ op: change, path: filter.map((each) => `emails[${each}].value`), value: fc.constant('at-{name}') }),
  fc.record({
    op: fc.constant('replace'),
    path: filter.map((each) => `emails[${each}]`),
    value: fc.constantFrom({ value: 'whole-{name}', type: 'other' }, { value: 'whole-{name}', type: 'home' }),
  }),
  fc.record({
    op: fc.constant('replace'),
    path: fc.constantFrom('home', 'other').map((type) => `emails[type eq "${type}"].primary`),
    value: fc.constant(true),
  }),
  fc.record({
    op: change,
    path: fc
      .tuple(addressFilter, fc.constantFrom('locality', 'streetAddress'))
      .map(([each, sub]) => `addresses[${each}].${sub}`),
    value: word,
  }),
);

/** Operations that have to fail. */
const impossible: Ops = fc.constantFrom(
  { op: 'replace', path: 'emails[type eq "nowhere"].value', value: 'nowhere-{name}' },
  { op: 'replace', path: 'addresses[type eq "nowhere"].locality', value: 'Nowhere' },
  { op: 'remove' },
  { op: 'move', path: 'title', value: 'Moved' },
);

const operation: Ops = fc.oneof(written, removed, listed, selected);

/** Several operations on the same path, whose order matters. */
const onOnePath: fc.Arbitrary<SentPatch> = fc
  .constantFrom('title', 'nickName', 'name.givenName', `${urn.enterpriseUser}:department`, 'emails')
  .chain((path) => {
    const value = path === 'emails' ? email.map((each) => [each]) : word;
    const one = fc.oneof(
      { weight: 2, arbitrary: writing(fc.constant(path), value) },
      { weight: 1, arbitrary: removing(fc.constant(path)) },
    );
    return fc.array(one, { minLength: 2, maxLength: 3 });
  })
  .map((operations) => ({ operations }));

const patch = (one: Ops): fc.Arbitrary<SentPatch> =>
  fc.oneof(
    { weight: 3, arbitrary: one.map((each) => ({ operations: [each] })) },
    { weight: 4, arbitrary: fc.array(one, { minLength: 2, maxLength: 4 }).map((operations) => ({ operations })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.array(one, { minLength: 1, maxLength: 2 }), impossible)
        .map(([first, last]) => ({ operations: [...first, last] })),
    },
  );

const groupOperation: Ops = fc.oneof(
  fc.record({ op: change, path: fc.constant('externalId'), value: word.map((each) => `${each}-{name}`) }),
  fc.record({ op: change, path: fc.constant('displayName'), value: word.map((each) => `{name}-${each}`) }),
  fc.record({ op: change, value: word.map((each) => ({ externalId: `${each}-{name}` })) }),
  removing(fc.constant('externalId')),
);

const sequence = (
  of: PatchSequence['of'],
  patch: fc.Arbitrary<SentPatch>,
  maxLength: number,
): fc.Arbitrary<PatchSequence> =>
  fc.record({
    of: fc.constant(of),
    patches: fc.array(patch, { minLength: 1, maxLength, size: 'max' }),
  });

/** Each is of a new resource. */
export const patchSequences = (hasGroups: boolean): fc.Arbitrary<PatchSequence> => {
  const ofUser = sequence(
    'User',
    fc.oneof({ weight: 5, arbitrary: patch(operation) }, { weight: 1, arbitrary: onOnePath }),
    10,
  );
  return hasGroups
    ? fc.oneof({ weight: 7, arbitrary: ofUser }, { weight: 1, arbitrary: sequence('Group', patch(groupOperation), 4) })
    : ofUser;
};
