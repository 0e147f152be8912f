import fc from 'fast-check';
import t from 'tap';
import { jsonMistake } from '../../../schemas/json-mistake.js';

const mistakes: [text: string, says: string][] = [
  ['', 'line 1, column 1: a value was expected'],
  ['{\n  "a": 1,\n}\n', 'line 3, column 1: the name of a member, in double quotes, was expected after the comma'],
  ['[1,\r\n 2, ]', 'line 2, column 5: a value was expected after the comma'],
  ['{"a": 1 "b": 2}', 'line 1, column 9: a comma or the end of the list or object was expected'],
  ['{"a" 1}', 'line 1, column 6: a colon was expected'],
  ['{"a": [1, 2}', 'line 1, column 12: a comma or the end of the list or object was expected'],
  ['{"a": 1', 'line 1, column 8: «}» was expected'],
  ['[1', 'line 1, column 3: «]» was expected'],
  ['{"a": 1}\n}', 'line 2, column 1: the end of the file was expected, because the JSON value before this is complete'],
  [
    '{a: 1}',
    'line 1, column 2: this is not a JSON value: a text in double quotes, a number, true, false, null, «{» or «[» was expected',
  ],
  ['{"a": "x\n"}', 'line 1, column 7: the text that begins here has no closing double quote on this line'],
  ['{"a": 1.}', 'line 1, column 7: the number that begins here is incomplete'],
  [
    String.raw`["\d"]`,
    'line 1, column 2: the text that begins here has a backslash before a character that must not be escaped',
  ],
  ['// why\n{}', 'line 1, column 1: this is a comment, and JSON has no comments'],
  [
    '\ufeff{}',
    'line 1, column 1: a byte order mark (U+FEFF) stands before the JSON; save the file as UTF-8 without a byte order mark',
  ],
  [Buffer.from('\ufeff{}', 'utf16le').toString('utf8'), 'line 1, column 1: the file is not in UTF-8; save it as UTF-8'],
];

for (const [text, says] of mistakes) {
  void t.test(`${JSON.stringify(text)}: ${says}`, (t) => {
    t.equal(jsonMistake(text), says);
    t.end();
  });
}

void t.test('whatever JSON.parse refuses has a place, and no part of the text is repeated', (t) => {
  const signs = fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '-', '.', '0', 'e', '\n', '\t', ' ', '\u00a0');
  const text = fc.array(fc.oneof(signs, fc.constantFrom('s3cret', '"s3cret"')), { maxLength: 12 });
  fc.assert(
    fc.property(text, (parts) => {
      const written = parts.join('');
      try {
        JSON.parse(written);
        return true;
      } catch {
        const says = jsonMistake(written);
        return /^line \d+, column \d+: /.test(says) && !says.includes('s3cret');
      }
    }),
    { numRuns: 2000 },
  );
  t.end();
});
