import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { clientOf, user } from './client.js';

const enterprise = urn.enterpriseUser;
const name = { givenName: 'Alice', familyName: 'Young' };
const emails = [{ value: 'a@work.example', type: 'work' }, { value: 'a@home.example' }];
const schemas = [urn.user, enterprise];
const alice = {
  ...user('alice'),
  schemas,
  name,
  emails,
  [enterprise]: { department: 'Tools', manager: { value: '26', $ref: '../Users/26' } },
};

const start = async (t: { teardown(fn: () => Promise<void>): void }) => {
  const mock = await startMock({ operationMillis: 0, rateLimit: false });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const { body } = await send('POST', '/Users', { body: alice });
  return { send, whole: body };
};

void t.test('attributes: only the named attributes, id and schemas', async (t) => {
  const { send, whole } = await start(t);
  const { id, meta } = whole as { id: string; meta: Record<string, unknown> };
  const cases: [attributes: string, shown: Record<string, unknown>][] = [
    ['userName', { userName: 'alice' }],
    ['USERNAME, displayname', { userName: 'alice', displayName: 'Test' }],
    [`${urn.user}:userName`, { userName: 'alice' }],
    [`${urn.user}:name.familyName`, { name: { familyName: 'Young' } }],
    [enterprise, { [enterprise]: alice[enterprise] }],
    [`${enterprise}:department`, { [enterprise]: { department: 'Tools' } }],
    [`${enterprise}:manager.value`.toUpperCase(), { [enterprise]: { manager: { value: '26' } } }],
    ['name', { name }],
    ['name.familyName', { name: { familyName: 'Young' } }],
    ['name.FAMILYNAME,name.givenName', { name }],
    ['name.familyName,name', { name }],
    ['name,name.familyName', { name }],
    ['emails.value', { emails: [{ value: 'a@work.example' }, { value: 'a@home.example' }] }],
    ['emails.type', { emails: [{ type: 'work' }] }],
    ['emails.display,title,nothing,name.middleName,userName.value', {}],
    ['meta', { meta }],
    ['meta.location', { meta: { location: meta.location } }],
    ['id', {}],
    ['__proto__,constructor', {}],
  ];
  for (const [attributes, shown] of cases) {
    const read = await send('GET', `/Users/${id}?attributes=${encodeURIComponent(attributes)}`);
    t.strictSame(read.body, { schemas, id, ...shown }, attributes);
  }
  const list = await send('GET', '/Users?attributes=name.familyName');
  t.strictSame(list.body.Resources, [{ schemas, id, name: { familyName: 'Young' } }]);
  t.strictSame((await send('GET', `/Users/${id}?attributes=`)).body, whole, 'none is named');
});

void t.test('excludedAttributes: all except the named attributes, and always id and schemas', async (t) => {
  const { send, whole } = await start(t);
  const { id } = whole as { id: string };
  const without = (...names: string[]): Record<string, unknown> =>
    Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));
  const cases: [excluded: string, shown: Record<string, unknown>][] = [
    ['meta', without('meta')],
    ['id,schemas', whole],
    ['Emails', without('emails')],
    [enterprise, without(enterprise)],
    [`${enterprise}:manager`, { ...whole, [enterprise]: { department: 'Tools' } }],
    [`${enterprise}:manager.$ref`, { ...whole, [enterprise]: { department: 'Tools', manager: { value: '26' } } }],
    [`${urn.user}:displayName`, without('displayName')],
    ['name.familyName', { ...whole, name: { givenName: 'Alice' } }],
    ['name.familyName,name.givenName', without('name')],
    ['emails.type', { ...whole, emails: emails.map(({ value }) => ({ value })) }],
    ['emails.value', { ...whole, emails: [{ type: 'work' }] }],
    ['title,nothing,userName.value', whole],
  ];
  for (const [excluded, shown] of cases) {
    const read = await send('GET', `/Users/${id}?excludedAttributes=${encodeURIComponent(excluded)}`);
    t.strictSame(read.body, shown, excluded);
  }
});

void t.test('the answer to a write shows the attributes that the request asks for', async (t) => {
  const { send } = await start(t);
  const created = await send('POST', '/Users?attributes=userName', { body: { ...alice, userName: 'bob' } });
  t.strictSame(created.body, { schemas, userName: 'bob', id: created.body.id });
  const replaced = await send('PUT', `/Users/${String(created.body.id)}?excludedAttributes=meta,emails,name`, {
    body: user('bob'),
  });
  t.strictSame(replaced.body, { ...user('bob'), id: created.body.id });
});
