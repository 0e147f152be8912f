import { readFileSync } from 'node:fs';
import t from 'tap';
import { urn } from '../../../../schemas/names.js';
import { startMock, type MockOptions, type Policy } from '../../../../mock/index.js';
import { openDatabases } from '../../../harness/databases.js';
import { asynchronous, bulk, clientOf, complete, resultsOf, user, type Send } from '../client.js';

const example = JSON.parse(
  readFileSync(new URL('../../../../docs/examples/mock-security.json', import.meta.url), 'utf8'),
) as { policy: Policy };
const costCenter = `${urn.enterpriseUser}:costCenter`;

const databases = await openDatabases();
t.teardown(() => (typeof databases === 'string' ? undefined : databases.end()));

/** Sends as a client with these scopes; `admin` may do everything. */
const start = async (
  t: { teardown(fn: () => Promise<void>): void },
  { scopes, amr = [], ...more }: { scopes: string[]; amr?: string[] } & Partial<MockOptions>,
): Promise<{ admin: Send; limited: Send }> => {
  const mock = await startMock({
    operationMillis: 0,
    retryAfterSeconds: 0,
    policy: example.policy,
    clients: [
      { name: 'admin', token: 'a' },
      { name: 'limited', token: 'l', scopes, amr },
    ],
    ...more,
  });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  return { admin: send, limited: (method, path, sent) => send(method, path, { ...sent, as: 'second' }) };
};

const patch = (...Operations: unknown[]) => ({
  body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations },
});

void t.test('a reader reads and writes nothing, however a path is spelled', async (t) => {
  const { admin, limited } = await start(t, { scopes: ['scim.read'] });
  const { body } = await admin('POST', '/Users', { body: user() });
  const path = `/Users/${String(body.id)}`;
  for (const [method, url, status] of [
    ['GET', path, 200],
    ['HEAD', path, 200],
    ['GET', '/ServiceProviderConfig', 200],
    ['POST', '/Users/.search', 200],
    ['DELETE', path, 403],
    ['DELETE', path.replace('Users', '%55sers'), 403],
    ['POST', '/Users?attributes=id', 403],
    ['POST', '/Users/', 405],
    ['POST', '/events/poll', 403],
    ['POST', '/Nothing', 404],
    ['DELETE', '/Users', 405],
  ] as const) {
    const sent = method === 'POST' ? { body: url.includes('search') ? { schemas: [urn.searchRequest] } : user() } : {};
    t.equal((await limited(method, url, sent)).status, status, `${method} ${url}`);
  }
  const refused = await limited('POST', '/Users', { body: '{', headers: asynchronous });
  t.match(
    [refused.status, refused.body, refused.headers.get('www-authenticate')],
    [403, { status: '403' }, 'Bearer realm="scim", error="insufficient_scope", scope="scim.write"'],
    'before the body is read',
  );
});

void t.test('what needs a second factor is answered 401 with a challenge of its own', async (t) => {
  const { admin, limited } = await start(t, { scopes: ['scim.write'], amr: ['pwd'] });
  const { body } = await admin('POST', '/Users', { body: user() });
  const refused = await limited('DELETE', `/Users/${String(body.id)}`);
  t.equal(refused.status, 401);
  t.match(refused.headers.get('www-authenticate'), 'error="insufficient_user_authentication"');
  const withFactor = await start(t, { scopes: ['scim.write'], amr: ['pwd', 'mfa'] });
  const other = await withFactor.admin('POST', '/Users', { body: user() });
  t.equal((await withFactor.limited('DELETE', `/Users/${String(other.body.id)}`)).status, 204);
});

void t.test('a refused read of a status is in the audit trail', async (t) => {
  const { limited } = await start(t, {
    scopes: ['scim.write'],
    policy: {
      rules: [
        { methods: ['GET'], paths: ['/provision/**', '/provisions/**'], scopes: ['scim.status'] },
        { paths: ['/**'], scopes: ['scim.write'] },
      ],
    },
  });
  const accepted = await limited('POST', '/Users', { headers: asynchronous, body: user() });
  t.equal(accepted.status, 202);
  t.equal((await limited('GET', accepted.headers.get('location') ?? '')).status, 403);
  const trail = await limited('GET', `/audit?request=${String(accepted.body.id)}`);
  const reads = (trail.body.Resources as Record<string, unknown>[]).filter(({ action }) => action === 'status.read');
  t.match(reads, [{ client: 'limited', status: 403, outcome: 'failure' }]);
  const { statusToken } = accepted.body as { statusToken: { value: string } };
  const byToken = { headers: { Authorization: `Bearer ${statusToken.value}` } };
  t.equal((await limited('GET', accepted.headers.get('location') ?? '', byToken)).status, 200, 'a status token may');
});

void t.test('what a client must not see is in no answer, and no filter finds it', async (t) => {
  const { admin, limited } = await start(t, { scopes: ['scim.read', 'scim.write'] });
  const secret = { ...user('seen@example.com'), [urn.enterpriseUser]: { costCenter: '42', department: 'D' } };
  const { body } = await admin('POST', '/Users', { body: secret });
  const path = `/Users/${String(body.id)}`;
  const filter = (text: string) => `/Users?filter=${encodeURIComponent(text)}`;
  for (const url of [path, `${path}?attributes=${costCenter}`, '/Users', filter('userName eq "seen@example.com"')]) {
    const { text } = await limited('GET', url);
    t.notMatch(text, '"42"', url);
    t.match((await admin('GET', url)).text, '"42"', url);
  }
  t.match((await limited('GET', filter(`${costCenter} eq "42"`))).body, { totalResults: 0 });
  t.match((await admin('GET', filter(`${costCenter} eq "42"`))).body, { totalResults: 1 });
  const search = { body: { schemas: [urn.searchRequest], filter: `${costCenter} pr` } };
  t.match((await limited('POST', '/.search', search)).body, { totalResults: 0 });
  const written = await limited('PATCH', path, patch({ op: 'replace', path: 'nickName', value: 'N' }));
  t.match(written.body, { nickName: 'N', [urn.enterpriseUser]: { department: 'D' } });
  t.notMatch(written.text, '"42"');
  t.match((await admin('GET', path)).body, { [urn.enterpriseUser]: { costCenter: '42', department: 'D' } });
});

void t.test('what a client must not change is refused, kept by a PUT without it, and told by no answer', async (t) => {
  const { admin, limited } = await start(t, { scopes: ['scim.read', 'scim.write'] });
  const enterprise = { costCenter: '42', department: 'D' };
  const whole = { ...user('a@example.com'), roles: [{ value: 'admin' }], [urn.enterpriseUser]: enterprise };
  const { body } = await admin('POST', '/Users', { body: whole });
  const path = `/Users/${String(body.id)}`;
  const refused: Parameters<Send>[] = [
    ['POST', '/Users', { body: { ...user(), roles: [{ value: 'admin' }] } }],
    ['POST', '/Users', { body: { ...user(), [urn.enterpriseUser]: { costCenter: '1' } } }],
    ['PUT', path, { body: { ...user('a@example.com'), ROLES: [{ value: 'other' }] } }],
    ['PUT', path, { body: { ...user('a@example.com'), [urn.enterpriseUser]: { costCenter: '42' } } }],
    ['PATCH', path, patch({ op: 'remove', path: 'roles' })],
    ['PATCH', path, patch({ op: 'add', path: 'roles', value: [{ value: 'more' }] })],
    ['PATCH', path, patch({ op: 'replace', value: { nickName: 'N', roles: [{ value: 'more' }] } })],
    ['PATCH', path, patch({ op: 'replace', path: costCenter, value: '42' })],
    ['PATCH', path, patch({ op: 'replace', path: costCenter, value: '43' })],
  ];
  for (const request of refused) {
    const reply = await limited(...request);
    t.match([reply.status, reply.body.status], [403, '403'], JSON.stringify(request));
  }
  t.match((await admin('GET', path)).body, whole, 'nothing was changed');
  const replaced = await limited('PUT', path, {
    body: { ...user('a@example.com'), title: 'T', [urn.enterpriseUser]: { department: 'E' } },
  });
  t.equal(replaced.status, 200);
  const kept = { title: 'T', roles: [{ value: 'admin' }], [urn.enterpriseUser]: { costCenter: '42', department: 'E' } };
  t.match((await admin('GET', path)).body, kept);
  const same = { ...user('a@example.com'), roles: [{ value: 'admin' }] };
  t.equal((await limited('PUT', path, { body: same })).status, 200, 'what it sees it may send back');
  t.match((await admin('GET', path)).body, { [urn.enterpriseUser]: { costCenter: '42' } });
});

void t.test('a password can be withheld, although it is not stored', async (t) => {
  const { limited } = await start(t, {
    scopes: [],
    policy: { rules: [], otherwise: 'allow', attributes: [{ attributes: ['password'], write: ['scim.password'] }] },
  });
  const { body } = await limited('POST', '/Users', { body: user() });
  const path = `/Users/${String(body.id)}`;
  const password = 'a-new-one';
  const refused: Parameters<Send>[] = [
    ['POST', '/Users', { body: { ...user(), Password: password } }],
    ['PUT', path, { body: { ...user(), password } }],
    ['PATCH', path, patch({ op: 'replace', path: `${urn.user}:password`, value: password })],
    ['PATCH', path, patch({ op: 'replace', value: { password } })],
  ];
  for (const request of refused) t.equal((await limited(...request)).status, 403, JSON.stringify(request));
  t.equal((await limited('PATCH', path, patch({ op: 'add', path: 'title', value: 'T' }))).status, 200);
});

const stores = {
  memory: () => Promise.resolve('memory'),
  ...(typeof databases === 'string' ? {} : { postgres: databases.create }),
};

for (const [name, store] of Object.entries(stores)) {
  void t.test(`${name}: an operation of a bulk without right fails alone, whatever way it is asked for`, async (t) => {
    const options = { scopes: ['scim.write', 'scim.read'], store: await store() };
    const { admin, limited } = await start(t, options);
    const { body } = await admin('POST', '/Users', { body: { ...user('b@example.com'), roles: [{ value: 'admin' }] } });
    const path = `/Users/${String(body.id)}`;
    const operations = () => [
      { method: 'POST', path: '/Users', bulkId: 'a', data: user() },
      { method: 'DELETE', path },
      { method: 'DELETE', path: `${path}/` },
      { method: 'PATCH', path, data: patch({ op: 'remove', path: 'roles' }).body },
      { method: 'PATCH', path, data: patch({ op: 'replace', path: 'title', value: 'T' }).body },
    ];
    const expected = ['201', '403', '403', '403', '200'];
    const synchronous = await limited('POST', '/Bulk', { body: bulk(operations()) });
    const statuses = (results: unknown): unknown => (results as { status: string }[]).map(({ status }) => status);
    t.strictSame(statuses(synchronous.body.Operations), expected);
    const done = await complete(limited, 'POST', '/Bulk', bulk(operations()));
    t.strictSame(statuses(resultsOf(done)), expected);
    t.match(resultsOf(done)[1], { response: { status: '403', detail: /amr contains mfa/ } });
    t.match((await admin('GET', path)).body, { title: 'T', roles: [{ value: 'admin' }] });
  });

  void t.test(`${name}: neither a conflict policy nor a transform rule gives more rights`, async (t) => {
    const policy: Policy = {
      rules: [{ methods: ['POST'], paths: ['/Users', '/Bulk'], scopes: ['create'] }],
      attributes: [{ attributes: ['title'], write: ['titles'] }],
    };
    const { admin, limited } = await start(t, { scopes: ['create'], policy, store: await store() });
    const taken = await admin('POST', '/Users', { body: user('taken@example.com') });
    const create = (data: unknown) => [{ method: 'POST', path: '/Users', bulkId: 'a', data }];
    const resultOf = async (operations: unknown[], options: Record<string, unknown>) => {
      const request = bulk(operations, { [urn.bulkOptions]: options });
      const { body } = await limited('POST', '/Bulk', { body: request });
      return (body.Operations as { status: string }[])[0]?.status;
    };
    const changed = { ...user('taken@example.com'), nickName: 'N' };
    t.equal(await resultOf(create(changed), { onConflict: 'overwrite' }), '403');
    t.equal(await resultOf(create(changed), { onConflict: 'fail' }), '409');
    const after = await admin('GET', `/Users/${String(taken.body.id)}`);
    t.strictSame(after.body, taken.body);
    const transform = [{ op: 'default', attribute: 'title', value: 'Chief' }];
    t.equal(await resultOf(create(user()), { transform }), '403');
    t.equal(await resultOf(create(user()), {}), '201');
  });
}

void t.test('a rule that is for nothing is refused at the start', async (t) => {
  for (const [attributes, message] of [
    [{ attributes: ['rolls'], write: [] }, /rolls/],
    [{ attributes: ['emails.value'], write: [] }, /no attribute/],
    [{ attributes: ['id'], read: [] }, /no attribute/],
    [{ attributes: ['userName'], read: [] }, /required/],
  ] as const)
    await t.rejects(startMock({ policy: { rules: [], attributes: [attributes] } }), { name: 'OptionError', message });
});
