import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import { equalsAny, holdsAny } from '../../../../mock/resources/value-lists.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same, pair by pair. */
const holds = (item: unknown, value: unknown): boolean =>
  isObject(item) && isObject(value)
    ? Object.entries(value).every(([name, member]) => name in item && isDeepStrictEqual(item[name], member))
    : isDeepStrictEqual(item, value);

const scalar = fc.constantFrom('a', 'b', '', true, false, null, 0, 1);
const member = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }));
const value = fc.oneof(
  scalar,
  fc.dictionary(fc.constantFrom('value', 'type', 'primary'), member, { maxKeys: 3, noNullPrototype: true }),
);
const values = fc.array(value, { maxLength: 5 });

void t.test('an item is compared with all values at once as with each of them', (t) => {
  fc.assert(
    fc.property(value, values, (item, others) => {
      const isEqual = others.some((other) => isDeepStrictEqual(item, other));
      return equalsAny(others)(item) === isEqual && holdsAny(others)(item) === others.some((each) => holds(item, each));
    }),
    { numRuns: 5000 },
  );
  t.equal(holdsAny([{ value: 'a' }])({ value: 'a', type: 'work' }), true);
  t.equal(holdsAny([{ value: 'a', type: 'home' }])({ value: 'a', type: 'work' }), false);
  t.equal(holdsAny([{ value: 'a', type: null }])({ value: 'a' }), false);
  t.equal(equalsAny([{ value: 'a', type: 'work' }])({ type: 'work', value: 'a' }), true);
  t.end();
});

void t.test('ten times as many values take about ten times as long', (t) => {
  const cost = (count: number): number => {
    const list = Array.from({ length: count }, (_, index) => ({ value: String(index), type: 'User' }));
    const named = list.map(({ value }) => ({ value }));
    const begun = process.cpuUsage();
    t.equal(list.filter(holdsAny(named)).length, count);
    t.equal(list.filter(equalsAny(list)).length, count);
    return process.cpuUsage(begun).user;
  };
  cost(2000);
  const ratio = cost(40_000) / cost(4000);
  t.ok(ratio < 40, `it is ${ratio.toFixed(1)}; were it quadratic, it would be 100`);
  t.end();
});
