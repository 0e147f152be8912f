/** Faults of filters in what counts as a value, and in longer filters: CORE-17. */
import type { Fault } from './fault.js';
import { arranging, comparing, isCompare } from './filters.js';

const day = 86_400_000;

/** The beginning of the day, in UTC; other texts stay as they are. */
const dayOf = (value: unknown): unknown => {
  const instant = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(instant) ? value : new Date(Math.floor(instant / day) * day).toISOString();
};

export const filterValueFaults: readonly Fault[] = [
  {
    name: 'false-taken-for-no-value',
    title: 'a filter `active pr` that does not find users who are not active',
    breaks: ['CORE-17'],
    seams: arranging((filter) =>
      filter.op === 'pr' && filter.attrPath.toLowerCase() === 'active'
        ? { op: 'eq', attrPath: filter.attrPath, compValue: true }
        : filter,
    ),
  },
  {
    name: 'no-value-before-all-values',
    title: 'a filter with `lt` or `le` that finds users without the attribute, as if they came first',
    breaks: ['CORE-17'],
    seams: comparing((honest) => (operator, expected, kind) => {
      const isMatch = honest(operator, expected, kind);
      return (actual) => (actual === null && (operator === 'lt' || operator === 'le')) || isMatch(actual);
    }),
  },
  {
    name: 'dates-compared-by-day',
    title: 'a filter with a date that compares days',
    breaks: ['CORE-17'],
    seams: comparing((honest) => (operator, expected, kind) => {
      if (kind !== 'date') return honest(operator, expected, kind);
      const isMatch = honest(operator, dayOf(expected), kind);
      return (actual) => isMatch(dayOf(actual));
    }),
  },
  {
    name: 'escapes-in-filters-not-read',
    title: 'a filter with a backslash in a text that finds nobody',
    breaks: ['CORE-17'],
    seams: ({ listed }) => ({
      listed: (found, filter) => (filter.includes('\\') ? [] : listed(found, filter)),
    }),
  },
  {
    name: 'negation-of-one-value',
    title: 'a filter `not (a eq "…")` that finds users of whose several values one is another',
    breaks: ['CORE-17'],
    seams: arranging((filter) =>
      filter.op === 'not' && isCompare(filter.filter) && filter.filter.op === 'eq'
        ? { ...filter.filter, op: 'ne' }
        : filter,
    ),
  },
  {
    name: 'third-part-of-a-filter-not-read',
    title: 'a filter with three parts and `or` between them whose last part is not read',
    breaks: ['CORE-17'],
    seams: arranging((filter) => (filter.op === 'or' ? { ...filter, filters: filter.filters.slice(0, 2) } : filter)),
  },
  {
    name: 'end-of-a-text-found-at-its-first-place',
    title: 'a filter with `ew` that does not find a text in which the end stands earlier, too',
    breaks: ['CORE-17'],
    seams: comparing((honest) => (operator, expected, kind) => {
      const isMatch = honest(operator, expected, kind);
      if (operator !== 'ew' || typeof expected !== 'string') return isMatch;
      const end = expected.toLowerCase();
      return (actual) =>
        isMatch(actual) &&
        (typeof actual !== 'string' || actual.toLowerCase().indexOf(end) === actual.length - end.length);
    }),
  },
];
