/**
 * Resources made from the definitions of their attributes: text of many scripts and of up to 255 characters, and a value for
 * each type (RFC 7643 §2.3). Where the name of an attribute says what form its values have, the value has that form.
 */
import fc from 'fast-check';
import type { AttributeDefinition } from '../provider/schema-definitions.js';
import { longestText } from './full-user.js';
import { uniqueOf } from './unique-of.js';

/** What the values of one resource are made from. */
export interface Ingredients {
  readonly characters: readonly string[];
  /** The length that texts are made to have, in UTF-16 code units; they may be longer by nature. */
  readonly length: number;
  readonly number: number;
  readonly flag: boolean;
}

/** Letters of several scripts, combining marks, characters outside the Basic Multilingual Plane, and marks that need quoting. */
const characters = [
  ...'abzABZ059éßøŁžİıſ',
  ...'ΩςЖњאبजไ李한か',
  ...['e\u0301', 'o\u0308\u0323', 'न\u093f', '𠮷', '𐐷'],
  ...['"', '\\', "'", '-', ',', '&', '%', '+'],
  // A provider that protects web pages may remove these from the text, instead of quoting them where it shows them.
  ...['<b>', '</b>', '<i>'],
];

export const ingredients: fc.Arbitrary<Ingredients> = fc.record({
  characters: fc.array(fc.constantFrom(...characters), { minLength: 2, maxLength: 12 }),
  length: fc.constantFrom(0, 0, 40, 65, 129, 201, longestText),
  number: fc.integer({ min: 1, max: 9999 }),
  flag: fc.boolean(),
});

/** For providers that refuse other texts. */
export const plainIngredients = ({ number, flag }: Ingredients): Ingredients => ({
  characters: ['a', 'b'],
  length: 0,
  number,
  flag,
});

/** What a value is for. */
export interface Purpose {
  /** Path of the attribute, such as `name.givenName`. */
  readonly path: string;
  /** Place in a list of values. */
  readonly place: number;
  /** The name of the resource, which no other resource has. */
  readonly unique: string;
  readonly from: Ingredients;
}

const lastOf = (path: string): string => path.slice(path.search(/[^.:]*$/));

/** A text that names its attribute, so that no two values of a resource are equal, and that ends differently than it begins. */
const freeText = ({ path, place, from }: Purpose): string => {
  const name = lastOf(path);
  const end = `${from.characters.join('')}${name}`;
  let text = `${name}${place === 0 ? '' : place} ${from.characters.join('')}`;
  for (let next = 0; text.length + end.length < from.length; next += 1) {
    const more = from.characters[next % from.characters.length] ?? 'a';
    if (text.length + more.length + end.length > from.length) break;
    text += more;
  }
  return `${text}${end}`;
};

/** Values that have a form of their own (RFC 7643 §4.1.1, §4.1.2), by the path in lower case; two each. */
const ofKnownForm: Readonly<Record<string, readonly [string, string]>> = {
  preferredlanguage: ['de-CH', 'en-US'],
  locale: ['de-CH', 'en-US'],
  timezone: ['Europe/Zurich', 'America/Chicago'],
  usertype: ['Employee', 'Contractor'],
  'addresses.country': ['DE', 'CN'],
  'addresses.postalcode': ['01067', '02139'],
  'phonenumbers.value': ['tel:+49-30-1234567', 'tel:+49-171-7654321'],
};

/** Two certificates that were made for this purpose, because a provider may read what it gets. */
const certificates = [
  'MIIBaTCCARugAwIBAgIUezV3ZtbVgO3/2GNbpBs6K/CD+eUwBQYDK2VwMCkxJzAlBgNVBAMMHnNjaW0tY29uZm9ybWFuY2UtMS5leGFtcGxlLmNvbTAgFw0yNjExMjkyMjI4NTJaGA8yMTI2MTEwNTIyMjg1MlowKTEnMCUGA1UEAwwec2NpbS1jb25mb3JtYW5jZS0xLmV4YW1wbGUuY29tMCowBQYDK2VwAyEAVg9aFdjNagpKmccMbi2NzYHTIJ66WAxmuIH0DbRyAjWjUzBRMB0GA1UdDgQWBBSaxM8lpKq4Ki1mOZ+mIrtnM4xKJTAfBgNVHSMEGDAWgBSaxM8lpKq4Ki1mOZ+mIrtnM4xKJTAPBgNVHRMBAf8EBTADAQH/MAUGAytlcANBAKw0sBv/leJ5s3qNeEny4rqT8AI1fmV5kbKT6ZGbdNGhTb5juaFF5zEt3h7E4jNrNcUkWNxKmedyJKKu7v6q+wo=',
  'MIIBaTCCARugAwIBAgIUOPnUCxHhegz8yB6chwq2eXy/5hQwBQYDK2VwMCkxJzAlBgNVBAMMHnNjaW0tY29uZm9ybWFuY2UtMi5leGFtcGxlLmNvbTAgFw0yNjExMjkyMjI4NTJaGA8yMTI2MTEwNTIyMjg1MlowKTEnMCUGA1UEAwwec2NpbS1jb25mb3JtYW5jZS0yLmV4YW1wbGUuY29tMCowBQYDK2VwAyEAgMv7ubOqt6Gu5kH2z+5BXF/N/2m/9o6KAXKSXxdjqxqjUzBRMB0GA1UdDgQWBBSmtdx3dg0MkIVBhq1xaxQh8hmrQzAfBgNVHSMEGDAWgBSmtdx3dg0MkIVBhq1xaxQh8hmrQzAPBgNVHRMBAf8EBTADAQH/MAUGAytlcANBAFnkp56HQIhJ5akSFP8v0HHKJm1H5Euxhf4c14Llu+cQB0ZijWhneahQvLlrxyAfA5pax4+N9D0i1TuTewJa3A8=',
] as const;

const kinds = ['work', 'home'];

const textFor = (definition: AttributeDefinition, purpose: Purpose): string => {
  const { path, place, unique, from } = purpose;
  const { name, canonicalValues, uniqueness } = definition;
  const canonical = canonicalValues[place % Math.max(1, canonicalValues.length)];
  if (canonical !== undefined) return canonical;
  const known = ofKnownForm[path.toLowerCase()];
  if (known !== undefined) return known[(place + from.number) % 2] ?? known[0];
  if (/^type$/i.test(name)) return kinds[place % 2] ?? 'work';
  if (/e-?mails?(?:\.value)?$/i.test(path)) return `m${place}-${uniqueOf(unique)}@example.com`;
  if (uniqueness !== 'none' || /number|code$|id$/i.test(name))
    return uniqueOf(`${unique}${path}${place}${uniqueness === 'none' ? from.number : ''}`);
  return freeText(purpose);
};

const dayOf = (number: number): string => new Date(Date.UTC(2020, 0, 1 + number)).toISOString().replace('.000', '');

/** One value of a simple attribute. */
export const simpleValue = (definition: AttributeDefinition, purpose: Purpose): unknown => {
  const { place, path, unique, from } = purpose;
  switch (definition.type) {
    case 'boolean':
      // A user who is not active may be hidden.
      return /(?:^|[.:])(?:primary|active)$/i.test(path) ? true : from.flag;
    case 'integer':
      return from.number + place;
    case 'decimal':
      return from.number + place + 0.5;
    case 'dateTime':
      return dayOf(from.number + place);
    case 'binary':
      if (/^x509Certificates/i.test(path)) return certificates[(place + from.number) % 2];
      return Buffer.from(`${lastOf(path)} ${place} ${from.number}`).toString('base64');
    case 'reference':
      // A name that is reserved for examples (RFC 2606 §3): nobody is asked for it.
      return `https://example.com/${uniqueOf(unique)}/${lastOf(path)}${place}-${from.number}`;
    default:
      return textFor(definition, purpose);
  }
};
