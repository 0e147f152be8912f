/** Faults of filters, of the kinds that servers with a database have: CORE-17. */
import type { Compare, Filter } from 'scim2-parse-filter';
import { Problem } from '../problem.js';
import type { FilterSeams } from '../resources/filter.js';
import type { Fault } from './fault.js';

type Arrange = (filter: Filter) => Filter;

/** Changes every part of a filter, the innermost first. */
const eachPart =
  (change: Arrange): Arrange =>
  (filter) => {
    const inner = eachPart(change);
    switch (filter.op) {
      case 'and':
      case 'or':
        return change({ ...filter, filters: filter.filters.map(inner) });
      case 'not':
        return change({ ...filter, filter: inner(filter.filter) });
      case '[]':
        return change({ ...filter, valFilter: inner(filter.valFilter) });
      default:
        return change(filter);
    }
  };

export const arranging =
  (change: Arrange): Fault['seams'] =>
  ({ arrangeFilter }) => ({
    arrangeFilter: (filter) => eachPart(change)(arrangeFilter(filter)),
  });

export const comparing =
  (change: (honest: FilterSeams['comparisonWith']) => FilterSeams['comparisonWith']): Fault['seams'] =>
  ({ comparisonWith }) => ({ comparisonWith: change(comparisonWith) });

const parts: readonly Compare['op'][] = ['co', 'sw', 'ew'];

/** The pattern of a LIKE, in which `%` stands for any text and `_` for any character. */
const like = (operator: Compare['op'], text: string): RegExp => {
  const pattern = text
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  const begin = operator === 'sw' ? '^' : '';
  const end = operator === 'ew' ? '$' : '';
  return new RegExp(`${begin}${pattern}${end}`, 'is');
};

export const isCompare = (filter: Filter): filter is Compare => 'compValue' in filter;

/** `a or b and c` as `(a or b) and c`: what stands first is done first. */
const firstComesFirst: Arrange = (filter) => {
  if (filter.op !== 'or') return filter;
  const [first, second, ...others] = filter.filters;
  if (first === undefined || second?.op !== 'and' || others.length > 0) return filter;
  const [head, ...rest] = second.filters;
  return head === undefined ? filter : { op: 'and', filters: [{ op: 'or', filters: [first, head] }, ...rest] };
};

/** Whether the name behind the URN, if there is one, is in capitals. */
const isInCapitals = (attrPath: string): boolean => /(?:^|:)[A-Z.]+$/.test(attrPath);

/** Everybody has an id. */
const everybody: Filter = { op: 'pr', attrPath: 'id' };

/** A filter in which a comparison holds only where the attribute has a value. */
const onlyWithValue = (negated: Filter, attrPath: string): Filter => ({
  op: 'and',
  filters: [{ op: 'pr', attrPath }, negated],
});

const isPresence = (filter: Filter): boolean => filter.op === 'pr';

/** `pr` is refused; but where `and` joins it with another filter, its error is taken for an empty list. */
const presenceRefusedAlone: Fault['seams'] = ({ arrangeFilter }) => ({
  arrangeFilter: (filter) => {
    if (isPresence(filter)) throw new Problem(400, 'This filter is not supported.', 'invalidFilter');
    const isJoined = filter.op === 'and' && filter.filters.some(isPresence);
    return arrangeFilter(isJoined ? { op: 'not', filter: everybody } : filter);
  },
});

export const filterFaults: readonly Fault[] = [
  {
    name: 'refused-filter-finds-nobody-in-and',
    title: 'a filter with pr that is refused, and finds nobody where and joins it with another',
    breaks: ['CORE-17'],
    seams: presenceRefusedAlone,
  },
  {
    name: 'or-before-and',
    title: 'a filter `a or b and c` that is evaluated from left to right',
    breaks: ['CORE-17'],
    seams: arranging(firstComesFirst),
  },
  {
    name: 'wildcards-in-filters',
    title: 'a filter with `co`, `sw` or `ew` in which `%` and `_` are wildcards of LIKE',
    breaks: ['CORE-17'],
    seams: comparing((honest) => (operator, expected, kind) => {
      if (!parts.includes(operator) || typeof expected !== 'string') return honest(operator, expected, kind);
      const pattern = like(operator, expected);
      return (actual) => typeof actual === 'string' && pattern.test(actual);
    }),
  },
  {
    name: 'value-path-over-all-values',
    title: 'a value path whose conditions may hold for different values',
    breaks: ['CORE-17'],
    seams: arranging((filter) =>
      filter.op === '[]' && filter.valFilter.op === 'and'
        ? { op: 'and', filters: filter.valFilter.filters.map((valFilter) => ({ ...filter, valFilter })) }
        : filter,
    ),
  },
  {
    name: 'not-without-absent-values',
    title: 'a filter `not (a eq "…")` that does not find resources without the attribute, as NOT in SQL',
    breaks: ['CORE-17'],
    seams: arranging((filter) =>
      filter.op === 'not' && isCompare(filter.filter) ? onlyWithValue(filter, filter.filter.attrPath) : filter,
    ),
  },
  {
    name: 'parts-of-texts-in-exact-letters',
    title: 'a filter with `co`, `sw` or `ew` that compares capitals where `caseExact` is false',
    breaks: ['CORE-17'],
    seams: comparing((honest) => (operator, expected, kind) => {
      return honest(operator, expected, kind === 'text' && parts.includes(operator) ? 'exact text' : kind);
    }),
  },
  {
    name: 'exact-values-in-any-letters',
    title: 'a filter that ignores capitals in values where `caseExact` is true',
    breaks: ['CORE-17'],
    seams: comparing(
      (honest) => (operator, expected, kind) => honest(operator, expected, kind === 'exact text' ? 'text' : kind),
    ),
  },
  {
    name: 'everything-present',
    title: 'a filter with `pr` that finds everybody who is in the database',
    breaks: ['CORE-17'],
    seams: arranging((filter) => (filter.op === 'pr' ? everybody : filter)),
  },
  {
    name: 'dates-compared-as-texts',
    title: 'a filter that compares dates letter by letter, whatever their time zones are',
    breaks: ['CORE-17'],
    seams: comparing(
      (honest) => (operator, expected, kind) => honest(operator, expected, kind === 'date' ? 'exact text' : kind),
    ),
  },
  {
    name: 'greater-without-equal',
    title: 'filters with `ge` and `le` that leave out what is equal',
    breaks: ['CORE-17'],
    seams: comparing(
      (honest) => (operator, expected, kind) =>
        honest(operator === 'ge' ? 'gt' : operator === 'le' ? 'lt' : operator, expected, kind),
    ),
  },
  {
    name: 'names-in-filters-in-exact-letters',
    title: 'a filter that knows the names of attributes in one spelling only, and takes others for absent',
    breaks: ['CORE-17'],
    seams: arranging((filter) =>
      'attrPath' in filter && isInCapitals(filter.attrPath) ? { ...filter, attrPath: 'unknown' } : filter,
    ),
  },
  {
    name: 'unknown-operator-ignored',
    title: 'a filter whose `ew` is ignored, so that it finds everybody',
    breaks: ['CORE-17'],
    seams: arranging((filter) => (filter.op === 'ew' ? everybody : filter)),
  },
  {
    name: 'found-once-for-each-value',
    title: 'a filter on emails that finds a user once for each of its addresses, as a JOIN without DISTINCT',
    breaks: ['CORE-17'],
    seams: ({ listed }) => ({
      listed: (found, filter) =>
        listed(found, filter).flatMap((stored) => {
          const { emails } = stored.attributes;
          return /emails/i.test(filter) && Array.isArray(emails) ? emails.map(() => stored) : [stored];
        }),
    }),
  },
  {
    name: 'operators-in-capitals-refused',
    title: 'a filter with operators in capitals that is refused',
    breaks: ['CORE-17'],
    seams: ({ listed }) => ({
      listed: (found, filter) => {
        if (/ (?:EQ|NE|CO|SW|EW|PR|GT|GE|LT|LE)(?: |$)/.test(filter))
          throw new Problem(400, 'There is no such operator.', 'invalidFilter');
        return listed(found, filter);
      },
    }),
  },
  {
    name: 'urns-in-filters-ignored',
    title: 'a filter with the URN of an extension that finds everybody',
    breaks: ['CORE-17'],
    seams: arranging((filter) =>
      'attrPath' in filter && filter.attrPath.toLowerCase().startsWith('urn:') ? everybody : filter,
    ),
  },
  {
    name: 'negation-ignored',
    title: 'a filter with `not` that finds what the filter inside it finds',
    breaks: ['CORE-17'],
    seams: arranging((filter) => (filter.op === 'not' ? filter.filter : filter)),
  },
  {
    name: 'negation-fails',
    title: 'a filter with `not` that is answered 500',
    breaks: ['CORE-17', 'ERR-09'],
    seams: arranging((filter) => {
      if (filter.op === 'not') throw new Problem(500, 'Something went wrong.');
      return filter;
    }),
  },
  {
    name: 'booleans-in-order',
    title: 'a filter that asks for the order of true and false and is answered 200',
    breaks: ['CORE-17'],
    seams: comparing((honest) => (operator, expected, kind) => {
      if (kind !== 'boolean' || typeof expected !== 'boolean' || operator === 'eq' || operator === 'ne')
        return honest(operator, expected, kind);
      return (actual) => typeof actual === 'boolean' && honest(operator, Number(expected), 'text')(Number(actual));
    }),
  },
  {
    name: 'unequal-is-equal',
    title: 'a filter with `ne` that finds the users that have the value',
    breaks: ['CORE-17'],
    seams: comparing(
      (honest) => (operator, expected, kind) =>
        honest(operator === 'ne' && typeof expected === 'string' ? 'eq' : operator, expected, kind),
    ),
  },
];
