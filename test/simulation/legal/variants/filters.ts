/** What RFC 7644 §3.4.2.2 leaves open about filters, or permits a provider not to support. */
import type { Filter } from 'scim2-parse-filter';
import { Problem } from '../../../../mock/problem.js';
import type { FilterSeams } from '../../../../mock/resources/filter.js';
import { withSeams, type Variant } from '../variant.js';

const inner = (filter: Filter): readonly Filter[] => {
  switch (filter.op) {
    case 'and':
    case 'or':
      return filter.filters;
    case 'not':
      return [filter.filter];
    case '[]':
      return [filter.valFilter];
    default:
      return [];
  }
};

const isIn = (filter: Filter, test: (part: Filter) => boolean): boolean =>
  test(filter) || inner(filter).some((part) => isIn(part, test));

/** Refuses every filter with such a part. */
const refusing = (status: number, test: (part: Filter) => boolean): Variant['make'] =>
  withSeams(({ arrangeFilter }) => ({
    arrangeFilter: (filter) => {
      if (isIn(filter, test)) throw new Problem(status, 'This filter is not supported.', 'invalidFilter');
      return arrangeFilter(filter);
    },
  }));

const changed = (filter: Filter, change: (part: Filter) => Filter): Filter => {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map((part) => changed(part, change)) };
    case 'not':
      return { ...filter, filter: changed(filter.filter, change) };
    case '[]':
      return { ...filter, valFilter: changed(filter.valFilter, change) };
    default:
      return change(filter);
  }
};

const changing = (change: (part: Filter) => Filter): Variant['make'] =>
  withSeams(({ arrangeFilter }) => ({ arrangeFilter: (filter) => arrangeFilter(changed(filter, change)) }));

const comparing = (change: (honest: FilterSeams['comparisonWith']) => FilterSeams['comparisonWith']): Variant['make'] =>
  withSeams(({ comparisonWith }) => ({ comparisonWith: change(comparisonWith) }));

const withoutAccents = (value: unknown): unknown =>
  typeof value === 'string' ? value.normalize('NFKD').replaceAll(/\p{M}/gu, '') : value;

const isOrder = (operator: string): boolean => ['gt', 'ge', 'lt', 'le'].includes(operator);

export const filterVariants: readonly Variant[] = [
  {
    name: 'ne-does-not-match-what-is-absent',
    source: 'RFC 7644 §3.4.2.2 (not said)',
    make: changing((part) =>
      part.op === 'ne' ? { op: 'and', filters: [{ op: 'pr', attrPath: part.attrPath }, part] } : part,
    ),
    only: ['ne'],
  },
  {
    name: 'ne-asks-whether-none-of-several-values-is-equal',
    source: 'RFC 7644 §3.4.2.2 (not said)',
    make: changing((part) => (part.op === 'ne' ? { op: 'not', filter: { ...part, op: 'eq' } } : part)),
    only: ['ne'],
  },
  {
    name: 'filters-of-eq-and-and-only',
    source: 'RFC 7644 §3.4.2.2 (unsupported filters are refused with invalidFilter)',
    make: refusing(400, ({ op }) => !['eq', 'and', 'or'].includes(op)),
    only: ['refused filters'],
  },
  {
    name: 'no-value-paths-in-filters',
    source: 'RFC 7644 §3.4.2.2 (unsupported filters are refused), RFC 7644 §3.12 (501)',
    make: refusing(501, ({ op }) => op === '[]' || op === 'not'),
    only: ['refused filters'],
  },
  {
    name: 'accents-ignored-in-filters',
    source: 'RFC 7644 §3.4.2.2, RFC 7643 §7 (`caseExact` is about letter case only)',
    make: comparing((honest) => (operator, expected, kind) => {
      const compare = honest(operator, withoutAccents(expected), kind);
      return (actual) => compare(withoutAccents(actual));
    }),
    only: ['comparison'],
  },
  {
    name: 'texts-in-the-order-of-a-language',
    source: 'RFC 7644 §3.4.2.2 (the order of texts is not defined)',
    make: comparing((honest) => (operator, expected, kind) => {
      if (!isOrder(operator) || typeof expected !== 'string' || kind === 'date' || kind === 'boolean')
        return honest(operator, expected, kind);
      const { compare } = new Intl.Collator('de', { numeric: true });
      return (actual) => {
        if (typeof actual !== 'string') return false;
        const order = compare(actual, expected);
        return { gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 }[operator as 'gt'];
      };
    }),
    only: ['comparison'],
  },
];
