/**
 * Filters for the users of `filtered-users.ts`. Values that they compare with are rules, because only the provider shows
 * what it made of the users. Each list has one filter of every kind, so that a run of a few lists tests all operators.
 */
import fc from 'fast-check';
import { urn } from '../../schemas/names.js';
import {
  orderOperators,
  partOperators,
  type Capitals,
  type Comparison,
  type Filter,
  type Leaf,
  type Operator,
} from '../filters/filter.js';
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

export interface FilterDraft {
  readonly filter: DraftFilter;
  readonly capitals: Capitals;
}

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
  .constantFrom(...rareTexts, 'name', 'emails', 'phoneNumbers', 'phoneNumbers.type', 'active')
  .map((path) => ({ kind: 'present', path }) as const);

const date = compare(
  fc.constantFrom('meta.created', 'meta.lastModified'),
  fc.constantFrom(...orderOperators),
  fc.record({
    of: fc.constant('date'),
    hours: fc.constantFrom(-3, -1, 1, 3),
    zone: fc.constantFrom(-8, 0, 5, 9),
  }),
);

/** Those that hold for equal values tell most. */
const orderOperator = fc.constantFrom(...orderOperators, 'ge', 'le');

const order = fc.oneof(
  compare(
    fc.constant('title'),
    orderOperator,
    fc.constantFrom(0, 1, 3).map((user) => whole(user)),
  ),
  compare(
    fc.constant(extension('costCenter')),
    orderOperator,
    fc.constantFrom(0, 1).map((user) => whole(user)),
  ),
);

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

/** The forms of `and`, `or` and `not`; the first one tells a right order of evaluation from a wrong one. */
const logicOf = (a: DraftFilter, b: DraftFilter, c: DraftFilter): readonly DraftFilter[] => [
  { kind: 'or', parts: [a, { kind: 'and', parts: [b, c] }] },
  { kind: 'or', parts: [{ kind: 'and', parts: [c, b] }, a] },
  { kind: 'and', parts: [{ kind: 'or', parts: [a, b] }, c] },
  { kind: 'and', parts: [c, { kind: 'or', parts: [b, a] }] },
  { kind: 'and', parts: [{ kind: 'not', part: a }, b] },
  { kind: 'or', parts: [{ kind: 'not', part: a }, c] },
  { kind: 'not', part: { kind: 'or', parts: [a, c] } },
];

const drafts: fc.Arbitrary<readonly FilterDraft[]> = fc
  .record({
    leaves: fc.tuple(withWildcard, partOfText, exactInOtherLetters, presence, date, order, fc.oneof(truth, unequal)),
    impossible: orderOfBooleans,
    equal: twoEqual,
    valuePath,
    shape: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 6 }) }),
    third: fc.nat({ max: 6 }),
    negated: fc.constantFrom(0, 0, 0, 1, 2),
    respelled: fc.nat({ max: 8 }),
    capitals: fc.constantFrom<Capitals>('names', 'operators'),
  })
  .map(({ leaves, impossible, equal, valuePath, shape, third, negated, respelled, capitals }) => {
    const all: readonly Leaf<ValueRule>[] = [...equal, ...leaves];
    const at = (place: number): Leaf<ValueRule> => all[place % all.length] ?? leaves[0];
    const not: DraftFilter = { kind: 'not', part: at(negated) };
    const logic = logicOf(at(0), at(third + 2), at(1))[shape] ?? not;
    return [
      ...[...all, valuePath, not, logic, impossible].map((filter) => ({ filter, capitals: 'none' }) as const),
      { filter: at(respelled), capitals },
    ];
  });

/** Filters with less in them, most different first. */
const smallerFilters = (filter: DraftFilter): DraftFilter[] => {
  switch (filter.kind) {
    case 'compare':
      return filter.value.of === 'user' && filter.value.letters === 'other'
        ? [{ ...filter, value: { ...filter.value, letters: 'same' } }]
        : [];
    case 'present':
      return [];
    case 'not':
      return [filter.part, ...smallerFilters(filter.part).map((part) => ({ ...filter, part }))];
    case 'value path':
      return smallerFilters(filter.part).map((part) => ({ ...filter, part }));
    default:
      return [
        ...filter.parts,
        ...filter.parts.flatMap((part, place) =>
          smallerFilters(part).map((smaller) => ({ ...filter, parts: filter.parts.with(place, smaller) })),
        ),
      ];
  }
};

const smallerDrafts = ({ filter, capitals }: FilterDraft): FilterDraft[] => [
  ...(capitals === 'none' ? [] : [{ filter, capitals: 'none' } as const]),
  ...smallerFilters(filter).map((smaller) => ({ filter: smaller, capitals })),
];

/** Halves of a list, and of a single filter what is smaller. */
const smallerLists = (list: readonly FilterDraft[]): (readonly FilterDraft[])[] => {
  const [first] = list;
  if (first === undefined) return [];
  if (list.length === 1) return smallerDrafts(first).map((draft) => [draft]);
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
};

/**
 * Lists of filters. A list is made smaller by halves and not by its single filters, because each try costs the creation of
 * all users.
 */
class FilterLists extends fc.Arbitrary<readonly FilterDraft[]> {
  generate(random: fc.Random, bias: number | undefined): fc.Value<readonly FilterDraft[]> {
    return new fc.Value(drafts.generate(random, bias).value, undefined);
  }

  canShrinkWithoutContext(value: unknown): value is readonly FilterDraft[] {
    return Array.isArray(value);
  }

  shrink(list: readonly FilterDraft[]): fc.Stream<fc.Value<readonly FilterDraft[]>> {
    return fc.Stream.of(...smallerLists(list).map((smaller) => new fc.Value(smaller, undefined)));
  }
}

export const filterLists: fc.Arbitrary<readonly FilterDraft[]> = new FilterLists();
