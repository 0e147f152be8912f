/**
 * The schemas of RFC 7643 §4 with the characteristics of §8.7, for providers that have no /Schemas. The mock has a table of
 * its own, so that a mistake in one of them shows.
 */
import { urn } from '../../schemas/names.js';
import type { AttributeDefinition, AttributeType, SchemaDefinition } from './schema-definitions.js';

type Characteristics = Partial<Omit<AttributeDefinition, 'name'>>;

const attribute = (name: string, characteristics: Characteristics = {}): AttributeDefinition => ({
  name,
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  canonicalValues: [],
  referenceTypes: [],
  subAttributes: [],
  ...characteristics,
});

const texts = (names: string, characteristics: Characteristics = {}): AttributeDefinition[] =>
  names.split(' ').map((name) => attribute(name, characteristics));

const complex = (
  name: string,
  subAttributes: readonly AttributeDefinition[],
  characteristics: Characteristics = {},
): AttributeDefinition => attribute(name, { type: 'complex', subAttributes, ...characteristics });

const typeAndPrimary = (canonicalValues: readonly string[]): AttributeDefinition[] => [
  attribute('type', { canonicalValues }),
  attribute('primary', { type: 'boolean' }),
];

/** A multi-valued attribute with the sub-attributes of RFC 7643 §2.4. */
const values = (name: string, canonicalValues = '', type: AttributeType = 'string'): AttributeDefinition =>
  complex(
    name,
    [
      attribute('value', { type, caseExact: type === 'reference' || type === 'binary' }),
      attribute('display'),
      ...typeAndPrimary(canonicalValues === '' ? [] : canonicalValues.split(' ')),
    ],
    { multiValued: true },
  );

const reference = (name: string, characteristics: Characteristics = {}): AttributeDefinition =>
  attribute(name, { type: 'reference', caseExact: true, ...characteristics });

/** RFC 7643 §3.1. */
const externalId = attribute('externalId', { caseExact: true });

const userSchema: SchemaDefinition = {
  id: urn.user,
  attributes: [
    attribute('userName', { required: true, uniqueness: 'server' }),
    externalId,
    complex('name', texts('formatted familyName givenName middleName honorificPrefix honorificSuffix')),
    ...texts('displayName nickName'),
    reference('profileUrl'),
    ...texts('title userType preferredLanguage locale timezone'),
    attribute('active', { type: 'boolean' }),
    attribute('password', { mutability: 'writeOnly', returned: 'never' }),
    values('emails', 'work home other'),
    values('phoneNumbers', 'work home mobile fax pager other'),
    values('ims', 'aim gtalk icq xmpp msn skype qq yahoo'),
    values('photos', 'photo thumbnail', 'reference'),
    complex(
      'addresses',
      [
        ...texts('formatted streetAddress locality region postalCode country'),
        ...typeAndPrimary(['work', 'home', 'other']),
      ],
      { multiValued: true },
    ),
    complex(
      'groups',
      [...texts('value display type', { mutability: 'readOnly' }), reference('$ref', { mutability: 'readOnly' })],
      { multiValued: true, mutability: 'readOnly' },
    ),
    values('entitlements'),
    values('roles'),
    values('x509Certificates', '', 'binary'),
  ],
};

const groupSchema: SchemaDefinition = {
  id: urn.group,
  attributes: [
    attribute('displayName', { required: true }),
    externalId,
    complex(
      'members',
      [
        attribute('value', { mutability: 'immutable' }),
        reference('$ref', { mutability: 'immutable' }),
        attribute('type', { mutability: 'immutable', canonicalValues: ['User', 'Group'] }),
        attribute('display'),
      ],
      { multiValued: true },
    ),
  ],
};

const enterpriseSchema: SchemaDefinition = {
  id: urn.enterpriseUser,
  attributes: [
    ...texts('employeeNumber costCenter organization division department'),
    complex('manager', [attribute('value'), reference('$ref'), attribute('displayName', { mutability: 'readOnly' })]),
  ],
};

/** User, Group and the enterprise extension. */
export const coreSchemas: readonly SchemaDefinition[] = [userSchema, groupSchema, enterpriseSchema];
