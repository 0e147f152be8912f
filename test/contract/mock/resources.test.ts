import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { clientOf, group, user } from './client.js';

t.setTimeout(300_000);

const enterprise = urn.enterpriseUser;

const start = async (t: { teardown(fn: () => Promise<void>): void }) => {
  const mock = await startMock({ operationMillis: 0, rateLimit: false });
  t.teardown(() => mock.stop());
  return clientOf(mock);
};

void t.test('a value of the wrong type is 400 invalidValue', async (t) => {
  const send = await start(t);
  const created = await send('POST', '/Users', { body: user() });
  const path = `/Users/${String(created.body.id)}`;
  for (const wrong of [
    { ims: 'x' },
    { addresses: [1] },
    { addresses: [null] },
    { photos: { value: 'x' } },
    { roles: [{ primary: 'yes' }] },
    { name: 'x' },
    { name: { familyName: ['F'] } },
    { profileUrl: 1 },
    { [enterprise]: 5 },
    { [enterprise]: { department: 1 } },
    { [enterprise]: { manager: 'm' } },
    { userName: '' },
    { schemas: [enterprise] },
    { schemas: urn.user },
    {
      emails: [
        { value: 'a', primary: true },
        { value: 'b', Primary: true },
      ],
    },
  ]) {
    for (const [method, at] of [
      ['POST', '/Users'],
      ['PUT', path],
    ] as const) {
      const reply = await send(method, at, { body: { ...user(), ...wrong } });
      t.match([reply.status, reply.body.scimType], [400, 'invalidValue'], `${method} ${JSON.stringify(wrong)}`);
    }
  }
  const twice = await send('PUT', path, { body: { ...user(), name: { familyName: 'F', FamilyName: 'G' } } });
  t.match([twice.status, twice.body.scimType], [400, 'invalidSyntax']);
  t.strictSame((await send('GET', path)).body, created.body, 'nothing was written');
});

void t.test('null means unassigned at every level', async (t) => {
  const send = await start(t);
  const { body } = await send('POST', '/Users', { body: user() });
  const put = await send('PUT', `/Users/${String(body.id)}`, {
    body: {
      ...user('n@example.com'),
      title: null,
      name: { familyName: 'F', middleName: null },
      emails: [{ value: 'e', display: null, type: null }],
      phoneNumbers: [],
      addresses: [{ country: null }],
      [enterprise]: { manager: { value: null }, department: null },
    },
  });
  const { id, meta, ...attributes } = put.body;
  t.equal(put.status, 200);
  t.strictSame([id, (meta as { version: string }).version], [body.id, 'W/"2"']);
  t.strictSame(attributes, {
    ...user('n@example.com'),
    name: { familyName: 'F' },
    emails: [{ value: 'e' }],
  });
  const missing = await send('POST', '/Groups', { body: { ...group([]), displayName: null } });
  t.match([missing.status, missing.body.scimType], [400, 'invalidValue']);
});

void t.test('names are kept as the schema writes them, and what it does not know is not kept', async (t) => {
  const send = await start(t);
  const { body } = await send('POST', '/Users', {
    body: {
      SCHEMAS: [urn.user],
      USERNAME: 'names@example.com',
      NAME: { FAMILYNAME: 'F', nothing: 1 },
      Emails: [{ VALUE: 'e', nothing: 1 }],
      [enterprise.toLowerCase()]: { Manager: { VALUE: 'm', displayName: 'read-only' } },
      groups: [{ value: 'read-only' }],
      nothing: 1,
    },
  });
  const { id, meta, ...attributes } = body;
  t.match([typeof id, meta], ['string', { resourceType: 'User' }]);
  t.strictSame(attributes, {
    schemas: [urn.user, enterprise],
    userName: 'names@example.com',
    name: { familyName: 'F' },
    emails: [{ value: 'e' }],
    [enterprise]: { manager: { value: 'm' } },
  });
});

void t.test('schemas contains the URNs of the extensions that are present', async (t) => {
  const send = await start(t);
  const invented = await send('POST', '/Users', { body: { ...user(), schemas: [urn.user, 'urn:x:y', enterprise] } });
  t.strictSame(invented.body.schemas, [urn.user]);
  const silent = await send('POST', '/Users', { body: { ...user(), [enterprise]: { department: 'D' } } });
  t.strictSame(silent.body.schemas, [urn.user, enterprise]);
  const path = `/Users/${String(silent.body.id)}`;
  const Operations = [{ op: 'add', path: 'schemas', value: ['urn:x:y'] }];
  const patched = await send('PATCH', path, { body: { schemas: [urn.patchOp], Operations } });
  t.strictSame([patched.status, patched.body.schemas], [200, [urn.user, enterprise]]);
});
