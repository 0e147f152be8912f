import fc from 'fast-check';
import t from 'tap';
import { beginning, clip, limits } from '../../../suites/trace/clipping.js';

void t.test('a text that is short enough stays as it is', (t) => {
  t.equal(clip('x'.repeat(120), 120), 'x'.repeat(120));
  t.equal(beginning('abc', 3), 'abc');
  t.end();
});

void t.test('a text that is too long ends with how long it was', (t) => {
  t.equal(clip('x'.repeat(121), 30), `${'x'.repeat(12)}… (121 characters)`);
  t.equal(clip('x'.repeat(30), 5), '… (30 characters)', 'the note is never cut');
  t.end();
});

void t.test('a text that is clipped again tells its first length', (t) => {
  const once = clip('x'.repeat(1_000_000), limits.text);
  t.equal(once.length, limits.text);
  t.equal(clip(once, limits.text), once);
  t.match(clip(once, limits.line), /^x{278}… \(1000000 characters\)$/);
  t.end();
});

void t.test('no pair of surrogates is cut in half, and half pairs of the text itself stay', (t) => {
  t.equal(beginning('ab😀', 3), 'ab');
  t.equal(beginning('ab😀c', 4), 'ab😀');
  t.equal(beginning('\udc00\ud800x and more', 3), '\udc00\ud800x');
  const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 60 }), (text, most) => {
      const kept = clip(text, most);
      return kept.isWellFormed() && (kept.length <= most || kept.startsWith('… ('));
    }),
  );
  t.end();
});
