/**
 * Users with every attribute of the core schema and of the enterprise extension (RFC 7643 §4.1, §4.3), with text of
 * several scripts, for the question whether an attribute is kept.
 */
import { urn } from '../../schemas/names.js';
import { uniqueOf } from './unique-of.js';

/** Letters with accents, Greek, Cyrillic, Chinese, and one character outside the Basic Multilingual Plane. */
const scripts = 'Žoë Çelik Ωμέγα Жуков 李小龍 𠮷';

/** The longest text in characters that a provider has to expect. */
export const longestText = 255;

/** Text for an attribute: it contains the name of the attribute, so that no two values are equal. */
type TextFor = (attribute: string) => string;

const shortText: TextFor = (attribute) => `${attribute} ${scripts}`;

/** Of exactly the given number of characters; its end differs from its beginning. */
const longText =
  (length: number): TextFor =>
  (attribute) => {
    const end = ` end of ${attribute}`;
    return `${attribute} äöü éèê `.repeat(length).slice(0, length - end.length) + end;
  };

const nameParts = ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'];

const addressParts = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode'];

const textsOf = (names: readonly string[], text: TextFor): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, text(name)]));

const enterprise = (userName: string, text: TextFor, manager: string | undefined): Record<string, unknown> => ({
  employeeNumber: uniqueOf(userName),
  ...textsOf(['costCenter', 'organization', 'division', 'department'], text),
  ...(manager === undefined ? {} : { manager: { value: manager } }),
});

const addresses = (text: TextFor): unknown[] =>
  ['work', 'home'].map((type, place) => ({
    type,
    ...textsOf(addressParts, (part) => text(`${type} ${part}`)),
    country: place === 0 ? 'DE' : 'CN',
    ...(place === 0 ? { primary: true } : {}),
  }));

/** Values of several texts, of which the first is the primary one. */
const values = (texts: readonly (readonly [type: string, value: string])[]): unknown[] =>
  texts.map(([type, value], place) => ({ value, type, ...(place === 0 ? { primary: true } : {}) }));

/** The attributes that most providers keep. `manager`: id of another user. */
export const fullUser = (userName: string, manager?: string, text: TextFor = shortText): Record<string, unknown> => ({
  schemas: [urn.user, urn.enterpriseUser],
  userName,
  externalId: `ext-${userName}`,
  name: textsOf(nameParts, text),
  ...textsOf(['displayName', 'nickName', 'title'], text),
  profileUrl: `https://example.com/${uniqueOf(userName)}`,
  userType: 'Employee',
  preferredLanguage: 'de-CH',
  locale: 'de-CH',
  timezone: 'Europe/Zurich',
  active: false,
  emails: values([
    ['work', userName],
    ['home', `home-${userName}`],
  ]),
  phoneNumbers: values([
    ['mobile', 'tel:+49-171-7654321'],
    ['work', 'tel:+49-30-1234567'],
  ]),
  addresses: addresses(text),
  [urn.enterpriseUser]: enterprise(userName, text, manager),
});

/** In addition the attributes whose values many providers restrict. */
export const fullestUser = (userName: string, manager?: string): Record<string, unknown> => ({
  ...fullUser(userName, manager),
  ims: values([
    ['xmpp', `im-${userName}`],
    ['skype', `call-${userName}`],
  ]),
  photos: values([
    ['photo', 'https://example.com/photo.jpg'],
    ['thumbnail', 'https://example.com/thumbnail.jpg'],
  ]),
  entitlements: values([
    ['seat', 'desk by the window'],
    ['parking', 'garage'],
  ]),
  roles: values([
    ['project', 'tester'],
    ['team', 'reviewer'],
  ]),
});

/** With text of this number of characters in every attribute that holds free text. */
export const longUser = (userName: string, length: number): Record<string, unknown> =>
  fullUser(userName, undefined, longText(length));
