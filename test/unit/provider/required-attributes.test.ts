import t from 'tap';
import { urn } from '../../../schemas/names.js';
import { requiredAttributes } from '../../../suites/provider/required-attributes.js';

const userType = (schemaExtensions: unknown = []) => ({
  name: 'User',
  endpoint: 'https://host/scim/v2/Users',
  schema: urn.user,
  schemaExtensions,
});

const required = (name: string, others: object = {}) => ({ name, type: 'string', required: true, ...others });

void t.test('a required attribute that the suite does not send gets a value of its type', (t) => {
  const attributes = [
    required('userName'),
    required('displayName'),
    required('emails', { type: 'complex', multiValued: true }),
    required('id', { mutability: 'readOnly' }),
    required('groups', { type: 'complex', multiValued: true, mutability: 'readOnly' }),
    { name: 'nickName', type: 'string', required: false },
    required('name', { type: 'complex', subAttributes: [required('familyName'), required('formatted')] }),
    required('userType', { canonicalValues: ['Employee', 'Guest'] }),
    required('externalId'),
    required('locale'),
    required('nin', { uniqueness: 'server' }),
    required('contactEmail'),
    required('password', { mutability: 'writeOnly' }),
    required('score', { type: 'decimal' }),
    required('level', { type: 'integer' }),
    required('isStaff', { type: 'boolean' }),
    required('hired', { type: 'dateTime' }),
    required('picture', { type: 'binary' }),
    required('site', { type: 'reference' }),
    required('roles', { type: 'complex', multiValued: true, subAttributes: [{ name: 'value', type: 'string' }] }),
    required('address', {
      type: 'complex',
      subAttributes: [required('country'), required('geo', { type: 'complex' }), { name: 'street', type: 'string' }],
    }),
  ];
  const found = requiredAttributes([userType()], [{ id: urn.user.toUpperCase(), attributes }]);
  t.strictSame(found.resources, {
    user: {
      name: { formatted: 'Conformance' },
      userType: 'Employee',
      externalId: '{{unique}}',
      locale: 'Conformance',
      nin: '{{unique}}',
      contactEmail: '{{userName}}',
      password: 'Pw1-{{unique}}',
      score: 1.5,
      level: 1,
      isStaff: true,
      hired: '2020-01-01T00:00:00Z',
      picture: 'AA==',
      site: 'https://example.com/{{unique}}',
      roles: [{ value: 'Conformance' }],
      address: { country: 'Conformance' },
    },
  });
  t.strictSame(found.invented, { user: Object.keys(found.resources.user ?? {}), group: [] });
  t.end();
});

void t.test('an extension counts if every resource must have it', (t) => {
  const attributes = [required('employeeNumber'), { name: 'division', type: 'string' }];
  const schemas = [
    { id: urn.enterpriseUser, attributes },
    { id: 'urn:x:custom', attributes: [] },
  ];
  const extension = (schema: string, isRequired: boolean) => ({ schema, required: isRequired });
  t.strictSame(requiredAttributes([userType([extension(urn.enterpriseUser, false)])], schemas).resources, {});
  const both = [extension(urn.enterpriseUser, true), extension('urn:x:custom', true)];
  t.strictSame(requiredAttributes([userType(both)], schemas), {
    resources: { user: { schemas: ['urn:x:custom'], [urn.enterpriseUser]: { employeeNumber: '{{unique}}' } } },
    invented: { user: [`${urn.enterpriseUser}:employeeNumber`], group: [] },
    readOnly: [],
  });
  t.end();
});

void t.test('groups have a template of their own, also where there are no resource types', (t) => {
  const attributes = [required('displayName'), required('members', { type: 'complex' }), required('owner')];
  t.strictSame(requiredAttributes([], [{ id: urn.group, attributes }]), {
    resources: { group: { owner: 'Conformance' } },
    invented: { user: [], group: ['owner'] },
    readOnly: [],
  });
  t.end();
});

void t.test('invalid discovery documents are ignored', (t) => {
  const nothing = { resources: {}, invented: { user: [], group: [] }, readOnly: [] };
  const odd = [null, 7, 'userName', [], {}, { name: 7, required: true }, { name: '', required: true }];
  t.strictSame(requiredAttributes([], []), nothing);
  for (const attributes of [undefined, null, {}, 'all', odd]) {
    t.strictSame(requiredAttributes([userType()], [{ id: urn.user, attributes }]), nothing);
  }
  for (const extensions of [
    undefined,
    null,
    'x',
    [null, 7, {}, { schema: 7, required: true }, { schema: '', required: true }],
  ]) {
    t.strictSame(requiredAttributes([userType(extensions)], [{ id: 7 }]), nothing);
  }
  t.strictSame(requiredAttributes([{ endpoint: 7 }, { endpoint: '/Users', schema: 7 }], []), nothing);
  t.end();
});

void t.test('attributes that the suite writes and the provider describes as read-only are named', (t) => {
  const attributes = [
    { name: 'DisplayName', mutability: 'readOnly' },
    { name: 'title', mutability: 'readOnly' },
    { name: 'active', mutability: 'readWrite' },
    { name: 'name', subAttributes: [{ name: 'givenName', mutability: 'readOnly' }, { name: 'familyName' }] },
  ];
  const { readOnly } = requiredAttributes([userType()], [{ id: urn.user, attributes }]);
  t.strictSame(readOnly, ['name.givenName', 'displayName']);
  t.strictSame(requiredAttributes([], []).readOnly, []);
  t.end();
});
