import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { clientOf } from './client.js';

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly subAttributes?: readonly Attribute[];
}

const start = async (t: { teardown(fn: () => Promise<void>): void }) => {
  const mock = await startMock({ rateLimit: false });
  t.teardown(() => mock.stop());
  return clientOf(mock);
};

void t.test('every schema of a resource type can be read, alone and in the list', async (t) => {
  const send = await start(t);
  const types = (await send('GET', '/ResourceTypes')).body.Resources as {
    schema: string;
    schemaExtensions: { schema: string }[];
  }[];
  const named = types.flatMap(({ schema, schemaExtensions }) => [
    schema,
    ...schemaExtensions.map((each) => each.schema),
  ]);
  t.strictSame(named, [urn.user, urn.enterpriseUser, urn.group]);
  const list = (await send('GET', '/Schemas')).body;
  const documents = list.Resources as { id: string }[];
  t.strictSame([list.totalResults, documents.map(({ id }) => id)], [3, named]);
  for (const [index, schema] of named.entries()) {
    const { status, body } = await send('GET', `/Schemas/${schema}`);
    t.equal(status, 200, schema);
    t.strictSame(body, documents[index]);
  }
});

void t.test('a complex attribute says what it is made of, and no other does', async (t) => {
  const send = await start(t);
  const documents = (await send('GET', '/Schemas')).body.Resources as { id: string; attributes: Attribute[] }[];
  for (const { attributes } of documents) {
    for (const { name, type, subAttributes } of attributes)
      t.equal((subAttributes ?? []).length > 0, type === 'complex', name);
  }
  const [user, enterprise] = documents;
  const subNames = (schema: typeof user, attribute: string) =>
    schema?.attributes.find(({ name }) => name === attribute)?.subAttributes?.map(({ name }) => name);
  t.strictSame(subNames(user, 'emails'), ['value', 'display', 'type', 'primary']);
  t.strictSame(subNames(enterprise, 'manager'), ['value', '$ref', 'displayName']);
});

void t.test('a filter on a discovery endpoint is answered 403', async (t) => {
  const send = await start(t);
  for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig', `/Schemas/${urn.user}`]) {
    const { status, body } = await send('GET', `${path}?filter=${encodeURIComponent('id eq "x"')}`);
    t.match([status, body.status], [403, '403'], path);
    t.equal((await send('GET', `${path}?count=0&sortBy=id`)).status, 200, 'other parameters are ignored');
  }
});
