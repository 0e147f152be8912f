import fc from 'fast-check';
import t from 'tap';
import { operators, printed, type Filter, type Leaf } from '../../../suites/filters/filter.js';
import { parseFilter } from '../../../suites/filters/parse-filter.js';

const path = fc.constantFrom(
  'title',
  'name.familyName',
  'meta.created',
  'urn:ietf:params:scim:schemas:core:2.0:User:title',
);

const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc.record({ kind: fc.constant('present'), path }),
  fc.record({
    kind: fc.constant('compare'),
    path,
    operator: fc.constantFrom(...operators),
    value: fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null), fc.integer()),
  }),
);

const { any } = fc.letrec<{ any: Filter; inner: Filter }>((tie) => ({
  inner: fc.oneof({ maxDepth: 2 }, leaf, fc.record({ kind: fc.constant('not'), part: tie('inner') })),
  any: fc.oneof(
    { maxDepth: 2 },
    leaf,
    fc.record({ kind: fc.constant('not'), part: tie('any') }),
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      parts: fc.array(tie('any'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('value path'), path, part: tie('inner') }),
  ),
}));

void t.test('what is printed is read again', (t) => {
  fc.assert(
    fc.property(any, (filter) => JSON.stringify(parseFilter(printed(filter))) === JSON.stringify(filter)),
    { numRuns: 300 },
  );
  t.end();
});

const title = (value: string): Filter => ({ kind: 'compare', path: 'title', operator: 'eq', value });

void t.test('not binds tighter than and, and and tighter than or', (t) => {
  const [a, b, c] = [title('a'), title('b'), title('c')];
  t.strictSame(parseFilter('title eq "a" or not (title eq "b") and title eq "c"'), {
    kind: 'or',
    parts: [a, { kind: 'and', parts: [{ kind: 'not', part: b }, c] }],
  });
  t.strictSame(parseFilter('(title eq "a" or title eq "b") and title eq "c"'), {
    kind: 'and',
    parts: [{ kind: 'or', parts: [a, b] }, c],
  });
  t.end();
});

void t.test('operators are read in any letter case, and names stay as they are', (t) => {
  t.strictSame(parseFilter('TITLE EQ "a" AND NOT (Title Pr)'), {
    kind: 'and',
    parts: [
      { kind: 'compare', path: 'TITLE', operator: 'eq', value: 'a' },
      { kind: 'not', part: { kind: 'present', path: 'Title' } },
    ],
  });
  t.end();
});

void t.test('what is printed in capitals has its URN in small letters', (t) => {
  const filter: Filter = { kind: 'present', path: 'urn:example:User:name.familyName' };
  t.equal(printed(filter, 'names'), 'urn:example:User:NAME.FAMILYNAME pr');
  t.equal(printed(filter, 'operators'), 'urn:example:User:name.familyName PR');
  t.end();
});

void t.test('what is no filter is not read', (t) => {
  const texts = [
    '',
    'title',
    'title eq',
    'title is "a"',
    'title eq "a',
    '(title pr',
    'title pr)',
    'title eq a',
    '"a" pr',
  ];
  for (const text of texts) t.equal(parseFilter(text), undefined, text);
  t.end();
});
