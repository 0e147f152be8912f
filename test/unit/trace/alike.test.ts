import fc from 'fast-check';
import t from 'tap';
import { userAttributes } from '../../../suites/generators/user.js';
import { isAlike, isAlikeAt } from '../../../suites/trace/alike.js';

void t.test('a text is the same in every letter case (RFC 7643 §7)', (t) => {
  for (const [written, kept] of [
    ['Straße', 'STRASSE'],
    ['STRASSE', 'straße'],
    ['Weiẞ', 'weiß'],
    ['WEIẞ', 'WEISS'],
    ['Ὀδυσσεύς', 'ὈΔΥΣΣΕΎΣ'],
    ['ὀδυσσεύσ', 'Ὀδυσσεύς'],
    ['Ǆemal', 'ǆemal'],
    ['Łódź', 'łÓDŹ'],
    ['ΐος', 'ΐος'.toUpperCase()],
    ['ŉ', 'ʼN'],
  ] as const)
    t.equal(isAlike(written, kept), true, `${written} and ${kept}`);
  t.equal(isAlike('Strase', 'Straße'), false);
  t.equal(isAlike('Müller', 'Muller'), false, 'an accent is no letter case');
  t.end();
});

void t.test('whatever a provider makes of a name by letter case, blanks or Unicode form, it is the same name', (t) => {
  const changes: ((text: string) => string)[] = [
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text.toUpperCase().toLowerCase(),
    (text) => text.normalize('NFD'),
    (text) => text.normalize('NFC'),
    (text) => ` ${text.replaceAll(' ', '  ')}\t`,
  ];
  fc.assert(
    fc.property(userAttributes, fc.array(fc.constantFrom(...changes), { maxLength: 3 }), ({ displayName }, all) => {
      t.equal(
        isAlike(
          displayName,
          all.reduce((text, change) => change(text), displayName),
        ),
        true,
      );
    }),
  );
  t.end();
});

void t.test('an externalId is compared exactly, and everything that is no text, too (RFC 7643 §3.1)', (t) => {
  t.equal(isAlikeAt('externalId', 'a1', 'A1'), false);
  t.equal(isAlikeAt('externalId', 'a1', 'a1'), true);
  t.equal(isAlikeAt('userName', 'a1', 'A1'), true);
  t.equal(isAlikeAt('active', true, 'true'), false);
  t.equal(isAlikeAt('active', false, false), true);
  t.equal(isAlikeAt('displayName', 'a', undefined), false);
  t.end();
});

void t.test('a telephone number is the same with and without its separators and scheme (RFC 3966 §3)', (t) => {
  for (const kept of ['tel:+49301234567', '+49301234567', '+49 30 1234567', 'TEL:+49(30)123.45.67'])
    t.equal(isAlike('tel:+49-30-1234567', kept), true, kept);
  t.equal(isAlike('tel:+49-30-1234567', 'tel:+49-30-7654321'), false);
  t.equal(isAlike('tel:+49-30-1234567', 'tel:49-30-1234567'), false, 'a local number is another one');
  t.equal(isAlike('12-34567', '1234567'), false, 'a number of something else');
  t.end();
});
