/** The attributes of users and groups (RFC 7643 §4, §8.7), both for /Schemas and for validation. */

interface Characteristics {
  readonly name: string;
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly caseExact?: boolean;
  readonly mutability?: 'readWrite' | 'readOnly' | 'writeOnly';
  readonly uniqueness?: 'none' | 'server';
}

interface SimpleAttribute extends Characteristics {
  readonly type: 'string' | 'boolean' | 'reference' | 'binary';
  readonly canonicalValues?: readonly string[];
  /** For references only. */
  readonly referenceTypes?: readonly string[];
}

interface ComplexAttribute extends Characteristics {
  readonly type: 'complex';
  readonly subAttributes: readonly Attribute[];
}

export type Attribute = SimpleAttribute | ComplexAttribute;

const text = (name: string): SimpleAttribute => ({ name, type: 'string' });

const reference = (name: string, ...referenceTypes: string[]): SimpleAttribute => ({
  name,
  type: 'reference',
  referenceTypes,
});

const kindOf = (...canonicalValues: string[]): SimpleAttribute => ({
  ...text('type'),
  ...(canonicalValues.length === 0 ? {} : { canonicalValues }),
});

const primary: SimpleAttribute = { name: 'primary', type: 'boolean' };

/** A multi-valued attribute with the sub-attributes of RFC 7643 §2.4. */
const list = (name: string, type: SimpleAttribute, value: SimpleAttribute = text('value')): ComplexAttribute => ({
  name,
  type: 'complex',
  multiValued: true,
  subAttributes: [value, text('display'), type, primary],
});

/** Case-exact, unlike most attributes (RFC 7643 §3.1). */
const externalId: SimpleAttribute = { name: 'externalId', type: 'string', caseExact: true };

/** Part of every representation, but of no schema (RFC 7643 §3). */
export const schemas: Attribute = {
  name: 'schemas',
  type: 'reference',
  multiValued: true,
  required: true,
  caseExact: true,
};

export const userAttributes: readonly Attribute[] = [
  { name: 'userName', type: 'string', required: true, uniqueness: 'server' },
  externalId,
  {
    name: 'name',
    type: 'complex',
    subAttributes: ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'].map(
      text,
    ),
  },
  ...['displayName', 'nickName'].map(text),
  reference('profileUrl', 'external'),
  ...['title', 'userType', 'preferredLanguage', 'locale', 'timezone'].map(text),
  { name: 'active', type: 'boolean' },
  { name: 'password', type: 'string', mutability: 'writeOnly' },
  list('emails', kindOf('work', 'home', 'other')),
  list('phoneNumbers', kindOf('work', 'home', 'mobile', 'fax', 'pager', 'other')),
  list('ims', kindOf()),
  list('photos', kindOf('photo', 'thumbnail'), reference('value', 'external')),
  {
    name: 'addresses',
    type: 'complex',
    multiValued: true,
    subAttributes: [
      ...['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'].map(text),
      kindOf('work', 'home', 'other'),
      primary,
    ],
  },
  {
    name: 'groups',
    type: 'complex',
    multiValued: true,
    mutability: 'readOnly',
    subAttributes: [
      text('value'),
      reference('$ref', 'User', 'Group'),
      text('display'),
      kindOf('direct', 'indirect'),
    ].map((each): SimpleAttribute => ({ ...each, mutability: 'readOnly' })),
  },
  list('entitlements', kindOf()),
  list('roles', kindOf()),
  list('x509Certificates', kindOf(), { name: 'value', type: 'binary' }),
];

export const groupAttributes: readonly Attribute[] = [
  { name: 'displayName', type: 'string', required: true },
  externalId,
  {
    name: 'members',
    type: 'complex',
    multiValued: true,
    subAttributes: [text('value'), reference('$ref', 'User', 'Group'), kindOf('User', 'Group'), text('display')],
  },
];

export const enterpriseAttributes: readonly Attribute[] = [
  ...['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map(text),
  {
    name: 'manager',
    type: 'complex',
    subAttributes: [
      text('value'),
      reference('$ref', 'User'),
      { name: 'displayName', type: 'string', mutability: 'readOnly' },
    ],
  },
];
