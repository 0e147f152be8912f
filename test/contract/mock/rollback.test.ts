import t, { type Test } from 'tap';
import { startMock } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { asynchronous, bulk, clientOf, complete, group, resultsOf, untilCompleted, user, type Send } from './client.js';

const rollback = { [urn.bulkOptions]: { rollbackOnError: true } };

const post = (path: string, bulkId: string, data: unknown) => ({ method: 'POST', path, bulkId, data });

const invalid = post('/Users', 'invalid', { schemas: [urn.user] });

const replace = (title: string) => [{ op: 'replace', path: 'title', value: title }];

const patch = (path: string, Operations: unknown) => ({
  method: 'PATCH',
  path,
  data: { schemas: [urn.patchOp], Operations },
});

/** Creates a resource synchronously; returns its path. */
const createdAt = async (send: Send, path: string, body: unknown): Promise<string> =>
  `${path}/${String((await send('POST', path, { body })).body.id)}`;

const started = async (t: Test, options: Parameters<typeof startMock>[0] = {}) => {
  const mock = await startMock(options);
  t.teardown(() => mock.stop());
  return { mock, send: clientOf(mock) };
};

void t.test('rollbackOnError: if one operation fails, every resource is as before, its version too', async (t) => {
  const { mock, send } = await started(t);
  const paths = [
    await createdAt(send, '/Users', user()),
    await createdAt(send, '/Users', user()),
    await createdAt(send, '/Users', user()),
    await createdAt(send, '/Groups', group([])),
  ];
  const [replaced = '', patched = '', deleted = '', grouped = ''] = paths;
  const look = async () => Promise.all(paths.map(async (path) => (await send('GET', path)).text));
  const before = await look();
  const status = await complete(
    send,
    'POST',
    '/Bulk',
    bulk(
      [
        post('/Users', 'a', user('new@example.com')),
        { method: 'PUT', path: replaced, data: user('renamed@example.com') },
        patch(patched, replace('Chief')),
        { method: 'DELETE', path: deleted },
        patch(grouped, [{ op: 'add', path: 'members', value: [{ value: 'bulkId:a' }] }]),
        invalid,
        post('/Users', 'never', user()),
      ],
      rollback,
    ),
  );
  t.match(status, {
    operationsCount: { total: 7, success: 0, failed: 7, pending: 0 },
    status: { completed: true, success: false },
  });
  t.strictSame(
    resultsOf(status).map((result) => result.status),
    ['424', '424', '424', '424', '424', '400', '424'],
  );
  t.strictSame(await look(), before);
  t.match(await mock.snapshot(), { users: 3, groups: 1, pending: 0 });
  for (const userName of ['new@example.com', 'renamed@example.com'])
    t.equal((await send('POST', '/Users', { body: user(userName) })).status, 201, `${userName} is free`);
});

void t.test('rollbackOnError: if none fails, all is done, references included', async (t) => {
  const { send } = await started(t);
  const status = await complete(
    send,
    'POST',
    '/Bulk',
    // The reference comes before what it refers to, and two refer to one another.
    bulk(
      [
        post('/Groups', 'g', group([{ value: 'bulkId:a' }])),
        post('/Users', 'a', user()),
        post('/Groups', 'one', group([{ value: 'bulkId:other' }])),
        post('/Groups', 'other', group([{ value: 'bulkId:one' }])),
        patch('/Users/bulkId:a', replace('Chief')),
      ],
      rollback,
    ),
  );
  const results = resultsOf(status);
  t.strictSame(
    results.map((result) => result.status),
    ['201', '201', '201', '201', '200'],
  );
  const [first, created] = results;
  t.match((await send('GET', created?.location ?? '')).body, { title: 'Chief' });
  const id = created?.location?.split('/').at(-1);
  t.match((await send('GET', first?.location ?? '')).body, { members: [{ value: id }] });
});

void t.test('rollbackOnError: a reference that leads to nothing undoes the rest', async (t) => {
  const { mock, send } = await started(t);
  const Operations = [post('/Users', 'a', user()), post('/Groups', 'g', group([{ value: 'bulkId:nowhere' }]))];
  const status = await complete(send, 'POST', '/Bulk', bulk(Operations, rollback));
  t.strictSame(
    resultsOf(status).map((result) => result.status),
    ['424', '400'],
  );
  t.match(await mock.snapshot(), { users: 0, groups: 0 });
});

void t.test('rollbackOnError: nobody sees a part, and other writes keep their order', async (t) => {
  const { send } = await started(t, { operationMillis: 5 });
  const path = await createdAt(send, '/Users', user('one@example.com'));
  const other = await createdAt(send, '/Users', user('other@example.com'));
  const titled = (title: string) => bulk([patch(path, replace(title))]);
  const unit = (title: string, ...more: unknown[]) =>
    bulk([patch(path, replace(title)), patch(other, replace(title)), ...more], rollback);
  const bodies = [titled('first'), unit('second'), titled('third'), unit('never', invalid), unit('last')];
  const locations: string[] = [];
  for (const body of bodies)
    locations.push((await send('POST', '/Bulk', { headers: asynchronous, body })).headers.get('location') ?? '');
  const seen = new Set<unknown>();
  for (const location of locations) {
    await untilCompleted(send, location, () => undefined);
    seen.add((await send('GET', other)).body.title);
  }
  t.notOk(seen.has('never'));
  t.match((await send('GET', path)).body, { title: 'last', meta: { version: 'W/"5"' } });
  t.match((await send('GET', other)).body, { title: 'last', meta: { version: 'W/"3"' } });
});

void t.test('rollbackOnError: a synchronous bulk request and one of RFC 9967 obey it, too', async (t) => {
  const { mock, send } = await started(t);
  const body = bulk([post('/Users', 'a', user()), invalid], rollback);
  const answer = await send('POST', '/Bulk', { body });
  t.equal(answer.status, 200);
  t.match(await mock.snapshot(), { users: 0 });
  const accepted = await send('POST', '/Bulk', { body, headers: { Prefer: 'respond-async' } });
  t.equal(accepted.status, 202);
  const location = accepted.headers.get('location') ?? '';
  while ((await mock.snapshot()).pending > 0) await send('GET', location);
  t.match(await mock.snapshot(), { users: 0 });
});

void t.test('bulk options: an unknown value is refused, and without the feature they have no effect', async (t) => {
  const { send } = await started(t);
  const refused = await send('POST', '/Bulk', {
    headers: asynchronous,
    body: bulk([post('/Users', 'a', user())], { [urn.bulkOptions]: { rollbackOnError: 'yes' } }),
  });
  t.match(refused, { status: 400, body: { scimType: 'invalidValue' } });
  const { mock, send: sendToOther } = await started(t, { features: [] });
  await complete(sendToOther, 'POST', '/Bulk', bulk([post('/Users', 'a', user()), invalid], rollback));
  t.match(await mock.snapshot(), { users: 1 });
});
