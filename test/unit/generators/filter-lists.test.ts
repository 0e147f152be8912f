import fc from 'fast-check';
import t from 'tap';
import type { Filter } from '../../../suites/filters/filter.js';
import { filterLists, type FilterDraft } from '../../../suites/generators/filter-lists.js';
import type { DraftFilter, ValueRule } from '../../../suites/generators/filters.js';

/** As many lists as a run sends. */
const lists = fc.sample(filterLists, { seed: 1, numRuns: 5 });

const eachHolds = (holds: (filter: DraftFilter) => boolean): boolean =>
  lists.every((list) => list.some(({ filter }) => holds(filter)));

const compares = (filter: Filter<ValueRule>, path: string | RegExp, operators: readonly string[]): boolean =>
  filter.kind === 'compare' && filter.path.search(path) === 0 && operators.includes(filter.operator);

void t.test('every list asks for what is false, and for texts that JSON writes with a backslash', (t) => {
  t.ok(eachHolds((filter) => filter.kind === 'present' && filter.path === 'active'));
  t.ok(
    eachHolds(
      (filter) =>
        filter.kind === 'compare' &&
        filter.path === 'displayName' &&
        ((filter.value.of === 'user' && filter.value.user === 2) ||
          (filter.value.of === 'literal' && /["\\]/.test(String(filter.value.is)))),
    ),
  );
  t.end();
});

void t.test('every list compares texts and dates in both directions', (t) => {
  for (const operators of [
    ['gt', 'ge'],
    ['lt', 'le'],
  ]) {
    t.ok(eachHolds((filter) => compares(filter, /meta\./, operators)));
    t.ok(eachHolds((filter) => compares(filter, /title|urn:.*:costCenter/, operators)));
  }
  t.end();
});

void t.test('every list negates a comparison with an attribute of several values', (t) => {
  t.ok(eachHolds((filter) => filter.kind === 'not' && compares(filter.part, 'emails.type', ['eq'])));
  t.end();
});

const isThreefold = ({ filter }: FilterDraft): boolean =>
  (filter.kind === 'or' || filter.kind === 'and') && filter.parts.length === 3;

void t.test('a run joins three parts, and they shrink to fewer', (t) => {
  const long = lists.flat().filter(isThreefold);
  t.ok(long.some(({ filter }) => filter.kind === 'or'));
  const [draft] = long;
  if (draft === undefined) throw new Error('no list has three parts');
  const smaller = [...filterLists.shrink([draft], undefined)].map(({ value: [first] }) => first?.filter);
  t.ok(smaller.some((filter) => (filter?.kind === 'or' || filter?.kind === 'and') && filter.parts.length === 2));
  t.end();
});
