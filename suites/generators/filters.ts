/**
 * Filters for the users of `filtered-users.ts`. Values that they compare with are rules, because only the provider shows
 * what it made of the users.
 */
import fc from 'fast-check';
import { urn } from '../../schemas/names.js';
import { orderOperators, partOperators, type Comparison, type Filter, type Operator } from '../filters/filter.js';
import { filteredUsers, mailDomains } from './filtered-users.js';

/** How the literal of a comparison is made. */
export type ValueRule =
  | { readonly of: 'literal'; readonly is: string | boolean | null }
  /** From what the provider shows at the path of this user. */
  | {
      readonly of: 'user';
      readonly user: number;
      readonly part: 'whole' | 'beginning' | 'middle' | 'end';
      /** Takes the place of one of its characters. */
      readonly wildcard?: string;
      readonly letters: 'same' | 'other';
    }
  /** So many hours from the date that the provider shows, written in this time zone. */
  | { readonly of: 'date'; readonly hours: number; readonly zone: number };

export type DraftFilter = Filter<ValueRule>;

const extension = (name: string): string => `${urn.enterpriseUser}:${name}`;
const core = (name: string): string => `${urn.user}:${name}`;

/** Texts that every user has. */
const usualTexts = ['displayName', 'name.familyName', core('displayName'), core('name.givenName')];

/** Texts that some users do not have. */
const rareTexts = [
  'title',
  'nickName',
  'externalId',
  'emails.value',
  'emails.type',
  core('title'),
  extension('department'),
  extension('costCenter'),
];

const rareTextPath = fc.constantFrom(...rareTexts);
const textPath = fc.oneof(
  { weight: 3, arbitrary: rareTextPath },
  { weight: 2, arbitrary: fc.constantFrom(...usualTexts) },
);

const userPlace = fc.nat({ max: filteredUsers.length - 1 });

type OfUser = Extract<ValueRule, { of: 'user' }>;

/** Those with most attributes come most often. */
const someUser = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1) }, { weight: 1, arbitrary: userPlace });

const letters = fc.constantFrom<OfUser['letters']>('other', 'same', 'other', 'other');

const compare = (
  path: fc.Arbitrary<string>,
  operator: fc.Arbitrary<Operator>,
  value: fc.Arbitrary<ValueRule>,
): fc.Arbitrary<Comparison<ValueRule>> => fc.record({ kind: fc.constant('compare'), path, operator, value });

const whole = (user: number, letters: OfUser['letters'] = 'same'): OfUser => ({
  of: 'user',
  user,
  part: 'whole',
  letters,
});

/** `%` and `_` mean something to SQL, `*` and `.` to many others; a filter knows none of them. */
const wildcard = fc.constantFrom('%', '%', '_', '_', '*', '.');

const withWildcard = compare(
  textPath,
  fc.constantFrom(...partOperators),
  fc.record({
    of: fc.constant('user'),
    // These have most attributes.
    user: fc.constantFrom(0, 1),
    part: fc.constant('whole'),
    wildcard,
    letters: fc.constant('same'),
  }),
);

/** The part of a text that an operator finds; any other part shows that it finds nothing else. */
const found = { sw: 'beginning', co: 'middle', ew: 'end' } as const;

const ownPart = fc
  .record({
    at: fc.oneof(
      { weight: 5, arbitrary: fc.record({ path: rareTextPath, user: fc.constantFrom(0, 1) }) },
      { weight: 2, arbitrary: fc.record({ path: fc.constantFrom(...usualTexts), user: userPlace }) },
      { weight: 1, arbitrary: fc.record({ path: fc.constant('userName'), user: userPlace }) },
    ),
    operator: fc.constantFrom(...partOperators),
    part: fc.constantFrom<OfUser['part'] | undefined>(undefined, undefined, undefined, 'beginning', 'end'),
    letters,
  })
  .map(({ at: { path, user }, operator, part = found[operator], letters }) => {
    return { kind: 'compare', path, operator, value: { of: 'user', user, part, letters } } as const;
  });

const partOfText = fc.oneof(
  { weight: 9, arbitrary: ownPart },
  {
    weight: 1,
    arbitrary: compare(
      fc.constant('displayName'),
      fc.constant('co'),
      fc.constantFrom('100%', '100_', '"', '\\', '.').map((is) => ({ of: 'literal', is })),
    ),
  },
);

/** The only attribute of users that is case-exact (RFC 7643 §3.1). */
const exactInOtherLetters = compare(
  fc.constant('externalId'),
  fc.constantFrom('eq', ...partOperators),
  fc.constantFrom(0, 1).map((user) => whole(user, 'other')),
);

/** Two comparisons that different users satisfy: both users have emails of both types. */
const twoEqual = fc
  .record({
    path: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...rareTexts.filter((path) => path !== 'emails.type')) },
      { weight: 1, arbitrary: fc.constantFrom(...usualTexts) },
    ),
    letters,
  })
  .map(({ path, letters }) =>
    [0, 1].map((user) => ({ kind: 'compare', path, operator: 'eq', value: whole(user, letters) }) as const),
  );

const presence = fc
  .constantFrom(...rareTexts, 'name', 'emails', 'phoneNumbers', 'phoneNumbers.type')
  .map((path) => ({ kind: 'present', path }) as const);

/** The end of these texts is their beginning, too. */
const repeatedEnd = compare(
  fc.constantFrom('title', extension('costCenter')),
  fc.constant('ew'),
  fc.record({ of: fc.constant('user'), user: fc.constantFrom(0, 1), part: fc.constant('end'), letters }),
);

/** False is a value, too. */
const presenceOfFalse = fc.constant({ kind: 'present', path: 'active' } as const);

/** Texts that JSON writes with a backslash; only one user has them. */
const escaped = fc.constantFrom<Comparison<ValueRule>>(
  { kind: 'compare', path: 'displayName', operator: 'eq', value: whole(2) },
  { kind: 'compare', path: 'displayName', operator: 'co', value: { of: 'literal', is: '"quoted"' } },
  { kind: 'compare', path: 'displayName', operator: 'sw', value: { of: 'literal', is: String.raw`Back\slash` } },
);

const upwards = fc.constantFrom<Operator>('gt', 'ge');
const downwards = fc.constantFrom<Operator>('lt', 'le');

const dateCompared = (operator: fc.Arbitrary<Operator>): fc.Arbitrary<Comparison<ValueRule>> =>
  compare(
    fc.constantFrom('meta.created', 'meta.lastModified'),
    operator,
    fc.record({
      of: fc.constant('date'),
      // Some providers compare only days or hours.
      hours: fc.constantFrom(-3, -0.1, 0.1, 3),
      zone: fc.constantFrom(-8, 0, 5, 9),
    }),
  );

const dates = fc.tuple(dateCompared(upwards), dateCompared(downwards));

const ordered = (operator: fc.Arbitrary<Operator>): fc.Arbitrary<Comparison<ValueRule>> =>
  fc.oneof(
    compare(
      fc.constant('title'),
      operator,
      fc.constantFrom(0, 1, 3).map((user) => whole(user)),
    ),
    compare(
      fc.constant(extension('costCenter')),
      operator,
      fc.constantFrom(0, 1).map((user) => whole(user)),
    ),
  );

/** In each direction: a user without a value is before or behind all others where it is sorted wrongly. */
const order = fc.tuple(ordered(upwards), ordered(downwards));

const booleanValue = fc.boolean().map((is) => ({ of: 'literal', is }) as const);

const truth = compare(fc.constantFrom('active', 'emails.primary'), fc.constantFrom('eq', 'ne'), booleanValue);

/** To be refused (RFC 7644 §3.4.2.2, table 3). */
const orderOfBooleans = compare(fc.constant('active'), fc.constantFrom(...orderOperators), booleanValue);

const unequal = fc.oneof(
  compare(
    textPath,
    fc.constant('ne'),
    someUser.map((user) => whole(user)),
  ),
  compare(fc.constantFrom('title', 'nickName'), fc.constantFrom('eq', 'ne'), fc.constant({ of: 'literal', is: null })),
);

const literal = (is: string): ValueRule => ({ of: 'literal', is });

/** Two users have addresses of both types: that one address is of another type does not make it true. */
const negatedList = fc.constantFrom('work', 'home').map((type): DraftFilter => ({
  kind: 'not',
  part: { kind: 'compare', path: 'emails.type', operator: 'eq', value: literal(type) },
}));

const valuePath = fc
  .record({
    type: fc.constantFrom('work', 'home'),
    domain: fc.constantFrom(...mailDomains),
    form: fc.constantFrom('and', 'and', 'and', 'and not', 'or', 'not'),
  })
  .map(({ type, domain, form }): DraftFilter => {
    const ofType = { kind: 'compare', path: 'type', operator: 'eq', value: literal(type) } as const;
    const ofDomain = { kind: 'compare', path: 'value', operator: 'ew', value: literal(domain) } as const;
    const parts: Record<typeof form, DraftFilter> = {
      and: { kind: 'and', parts: [ofType, ofDomain] },
      'and not': { kind: 'and', parts: [ofType, { kind: 'not', part: ofDomain }] },
      or: { kind: 'or', parts: [ofType, ofDomain] },
      not: { kind: 'not', part: ofType },
    };
    return { kind: 'value path', path: 'emails', part: parts[form] };
  });

/** The filters of which a list is made. */
export const filterParts = fc.record({
  leaves: fc.tuple(withWildcard, partOfText, exactInOtherLetters, presence, fc.oneof(truth, unequal)),
  presenceOfFalse,
  repeatedEnd,
  escaped,
  order,
  dates,
  impossible: orderOfBooleans,
  equal: twoEqual,
  valuePath,
  negatedList,
});
