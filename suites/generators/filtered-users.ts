/**
 * Users that differ in what filters ask for: values that begin or end alike, characters that mean something to a database
 * or a regular expression, work and home addresses the other way round, and attributes that some of them do not have.
 */
import { urn } from '../../schemas/names.js';
import { plainUser } from './user.js';
import { uniqueOf } from './unique-of.js';

export type UserBody = (userName: string) => Record<string, unknown>;

const elsewhere = (userName: string): string => `mail-${uniqueOf(userName)}@home.example.net`;

const external = (letter: string, userName: string): string => `Ext-${letter}-${uniqueOf(userName)}`;

const north: UserBody = (userName) => ({
  schemas: [urn.user, urn.enterpriseUser],
  userName,
  externalId: external('North', userName),
  displayName: 'Quality 100% North',
  name: { givenName: 'Ada', familyName: "O'Neil" },
  title: 'beriberi',
  nickName: 'Ada_One',
  active: true,
  emails: [
    { value: userName, type: 'work', primary: true },
    { value: elsewhere(userName), type: 'home' },
  ],
  phoneNumbers: [{ value: 'tel:+1-201-555-0101', type: 'work' }],
  [urn.enterpriseUser]: { department: 'Research_North', costCenter: '4141' },
});

const south: UserBody = (userName) => ({
  schemas: [urn.user, urn.enterpriseUser],
  userName,
  externalId: external('South', userName),
  displayName: 'Quality 1000 South',
  name: { givenName: 'Zoë', familyName: 'van der Berg' },
  title: 'bonbon',
  nickName: 'AdaXOne',
  active: false,
  emails: [
    { value: userName, type: 'home' },
    { value: elsewhere(userName), type: 'work' },
  ],
  phoneNumbers: [{ value: 'tel:+1-201-555-0102', type: 'mobile' }],
  [urn.enterpriseUser]: { department: 'ResearchXNorth', costCenter: '5252' },
});

/** Without what need not be there. */
const bare: UserBody = (userName) => ({
  schemas: [urn.user],
  userName,
  displayName: String.raw`Back\slash "quoted" 100_0`,
  name: { givenName: 'Conformance', familyName: 'Test' },
  active: true,
});

const other: UserBody = (userName) => ({
  schemas: [urn.user],
  userName,
  displayName: 'quality',
  name: { givenName: 'adam', familyName: 'Neil' },
  title: 'charlie',
  active: true,
  emails: [{ value: userName, type: 'other' }],
});

/** For each user the bodies to try, the best first: a provider may refuse what it does not know. */
export const filteredUsers: readonly (readonly UserBody[])[] = [
  [north, plainUser],
  [south, plainUser],
  [bare, plainUser],
  [other, plainUser],
];

/** Longest domain first: an address that ends with the first one does not end with the second. */
export const mailDomains = ['@home.example.net', '@example.com'] as const;
