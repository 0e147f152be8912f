import fc from 'fast-check';
import t from 'tap';
import { wordDiff, type Part } from '../../../../reports/html/text/word-diff.js';

/** Differences are in brackets. */
const marked = (parts: readonly Part[]): string => parts.map(({ text, same }) => (same ? text : `[${text}]`)).join('');

const marks = (expected: string, actual: string): [string, string] => {
  const diff = wordDiff(expected, actual);
  return [marked(diff.expected), marked(diff.actual)];
};

void t.test('the words that differ are marked, and a sign between two of them with them', (t) => {
  t.strictSame(marks('application/scim+json on the 202', 'application/json on the 202'), [
    'application/[scim+]json on the 202',
    'application/json on the 202',
  ]);
  t.strictSame(marks('status 202 of 2026-11-25', 'status 200 of 2025-12-25'), [
    'status [202] of [2026-11]-25',
    'status [200] of [2025-12]-25',
  ]);
  t.strictSame(marks('Größe 5, имя Анна', 'Größe 5, имя Иван'), ['Größe 5, имя [Анна]', 'Größe 5, имя [Иван]']);
  t.end();
});

void t.test('nothing is marked in two sentences that have little in common', (t) => {
  const [expected, actual] = ['a Location that leads to the status', '400 with scimType invalidValue to each'];
  t.strictSame(marks(expected, actual), [expected, actual]);
  t.strictSame(marks('', 'a'), ['', 'a']);
  t.end();
});

void t.test('a long text with few differences is marked, one with many is left alone', (t) => {
  const words = (count: number, first: string): string =>
    Array.from({ length: count }, (_, index) => `${first}${index}`).join(' ');
  const long = words(2000, 'w');
  t.strictSame(marks(`${long} one`, `${long} two`), [`${long} [one]`, `${long} [two]`]);
  const [expected, actual] = [`${long} ${words(160, 'a')}`, `${long} ${words(160, 'b')}`];
  t.strictSame(marks(expected, actual), [expected, actual]);
  t.end();
});

void t.test('the parts of a text are the text, whatever it is', (t) => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(text, text, (expected, actual) => {
      const diff = wordDiff(expected, actual);
      return (
        diff.expected.map((part) => part.text).join('') === expected &&
        diff.actual.map((part) => part.text).join('') === actual
      );
    }),
  );
  t.end();
});
