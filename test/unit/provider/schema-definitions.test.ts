import t from 'tap';
import { urn } from '../../../schemas/names.js';
import { coreSchemas } from '../../../suites/provider/core-schemas.js';
import {
  findAttribute,
  findSchema,
  isKept,
  resourceTypeDefinitions,
  schemaDefinitions,
} from '../../../suites/provider/schema-definitions.js';

void t.test('what a schema leaves out has the default of RFC 7643 §2.2', (t) => {
  const [schema] = schemaDefinitions({ Resources: [{ id: urn.user, attributes: [{ name: 'title' }] }] });
  t.strictSame(schema, {
    id: urn.user,
    attributes: [
      {
        name: 'title',
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
      },
    ],
  });
  t.end();
});

void t.test('words are read in any letter case, and a word that nobody defined counts as the default', (t) => {
  const [schema] = schemaDefinitions({
    id: urn.user,
    attributes: [
      { name: 'a', type: 'datetime', mutability: 'READONLY', returned: 'sometimes', uniqueness: 'Global' },
      { name: 7 },
      'b',
    ],
  });
  const [first, ...others] = schema?.attributes ?? [];
  t.match(first, { type: 'dateTime', mutability: 'readOnly', returned: 'default', uniqueness: 'global' });
  t.strictSame(others, []);
  t.end();
});

void t.test('schemas and attributes are found whatever their letter case', (t) => {
  const schema = findSchema(coreSchemas, urn.user.toUpperCase());
  t.equal(schema?.id, urn.user);
  t.equal(schema && findAttribute(schema, 'NAME.givenname')?.name, 'givenName');
  t.equal(schema && findAttribute(schema, 'name.givenName.first'), undefined);
  t.equal(findSchema(coreSchemas, 'urn:example:other'), undefined);
  t.end();
});

void t.test('kept is what a client can write and read again', (t) => {
  const schema = findSchema(coreSchemas, urn.user);
  const kept = ['userName', 'password', 'groups', 'emails'].filter((name) => {
    const found = schema && findAttribute(schema, name);
    return found !== undefined && isKept(found);
  });
  t.strictSame(kept, ['userName', 'emails']);
  t.end();
});

void t.test('resource types have a name, an endpoint, a schema and extensions', (t) => {
  const types = resourceTypeDefinitions({
    Resources: [
      {
        name: 'User',
        endpoint: 'Users',
        schema: urn.user,
        schemaExtensions: [{ schema: urn.enterpriseUser, required: true }, { required: true }],
      },
      { endpoint: '/Devices', schema: 'urn:example:Device' },
      { endpoint: '/Broken' },
    ],
  });
  t.strictSame(types, [
    {
      name: 'User',
      endpoint: '/Users',
      schema: urn.user,
      extensions: [{ schema: urn.enterpriseUser, required: true }],
    },
    { name: '/Devices', endpoint: '/Devices', schema: 'urn:example:Device', extensions: [] },
  ]);
  t.end();
});

void t.test('a list that is none has no definitions', (t) => {
  t.strictSame(schemaDefinitions(undefined), []);
  t.strictSame(schemaDefinitions({ Resources: 'none' }), []);
  t.strictSame(resourceTypeDefinitions({ Resources: [null, 'User'] }), []);
  t.end();
});
