/**
 * Lists of filters. Each has one filter of every kind, so that a run of a few lists tests all operators, and joins of them.
 */
import fc from 'fast-check';
import type { Capitals, Leaf } from '../filters/filter.js';
import { filterParts, type DraftFilter, type ValueRule } from './filters.js';

export interface FilterDraft {
  readonly filter: DraftFilter;
  readonly capitals: Capitals;
}

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

/** Forms of three filters that different users match, and two groups in a row. */
const threefoldOf = (a: DraftFilter, b: DraftFilter, c: DraftFilter): readonly DraftFilter[] => [
  { kind: 'or', parts: [a, b, c] },
  { kind: 'and', parts: [a, b, c].map((part) => ({ kind: 'not', part })) },
  {
    kind: 'and',
    parts: [
      { kind: 'or', parts: [a, b] },
      { kind: 'or', parts: [b, c] },
    ],
  },
];

const drafts: fc.Arbitrary<readonly FilterDraft[]> = fc
  .record({
    parts: filterParts,
    shape: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 6 }) }),
    threefold: fc.shuffledSubarray([0, 1, 2], { minLength: 2, maxLength: 2 }),
    turns: fc.nat({ max: 2 }),
    third: fc.nat({ max: 8 }),
    negated: fc.constantFrom(0, 0, 0, 1, 2),
    respelled: fc.nat({ max: 10 }),
    capitals: fc.constantFrom<Capitals>('names', 'operators'),
  })
  .map(({ parts, shape, threefold, turns, third, negated, respelled, capitals }) => {
    const { leaves, presenceOfFalse, repeatedEnd, escaped, order, dates, impossible, equal, valuePath, negatedList } =
      parts;
    const all: readonly Leaf<ValueRule>[] = [...equal, ...leaves, ...order, ...dates];
    const at = (place: number): Leaf<ValueRule> => all[place % all.length] ?? leaves[0];
    const not: DraftFilter = { kind: 'not', part: at(negated) };
    const logic = logicOf(at(0), at(third + 2), at(1))[shape] ?? not;
    const different = [at(0), at(1), escaped] as const;
    const turned = (place: number): DraftFilter => different[(place + turns) % 3] ?? escaped;
    const forms = threefoldOf(turned(0), turned(1), turned(2));
    return [
      ...[
        ...all,
        presenceOfFalse,
        repeatedEnd,
        escaped,
        valuePath,
        not,
        negatedList,
        logic,
        ...threefold.flatMap((form) => forms[form] ?? []),
        impossible,
      ].map((filter) => ({ filter, capitals: 'none' }) as const),
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
        ...(filter.parts.length > 2
          ? filter.parts.map((_, place) => ({ ...filter, parts: filter.parts.toSpliced(place, 1) }))
          : []),
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
