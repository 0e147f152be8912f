import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { clientOf, group, user, type Reply } from './client.js';

const start = async (t: { teardown(fn: () => Promise<void>): void }, options = {}) => {
  const mock = await startMock({ operationMillis: 0, rateLimit: false, ...options });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const create = async (name: string): Promise<string> => {
    const { body } = await send('POST', '/Users', { body: { ...user(name), displayName: name } });
    return String(body.id);
  };
  return { send, create };
};

const namesIn = ({ body }: Reply): unknown[] =>
  (body.Resources as { userName?: string; displayName: string }[]).map((each) => each.userName ?? each.displayName);

const search = (query: Record<string, unknown>) => ({ body: { schemas: [urn.searchRequest], ...query } });

void t.test(
  'pages by index: values below the first are read as the first, and a page beyond the end is empty',
  async (t) => {
    const { send, create } = await start(t);
    for (const name of ['a', 'b', 'c']) await create(name);
    const cases: [query: string, startIndex: number, names: string[]][] = [
      ['', 1, ['a', 'b', 'c']],
      ['startIndex=2&count=1', 2, ['b']],
      ['startIndex=3&count=5', 3, ['c']],
      ['startIndex=-1&count=1', 1, ['a']],
      ['startIndex=4', 4, []],
      ['count=0', 1, []],
      ['count=-1', 1, []],
    ];
    for (const [query, startIndex, names] of cases) {
      const list = await send('GET', `/Users?${query}`);
      t.strictSame(namesIn(list), names, query);
      t.match(list.body, { totalResults: 3, startIndex, itemsPerPage: names.length }, query);
      t.notOk('nextCursor' in list.body, query);
    }
  },
);

void t.test('pages by cursor: each page leads to the next, and the last one to none', async (t) => {
  const { send, create } = await start(t);
  for (const name of ['a', 'b', 'c', 'd', 'e']) await create(name);
  const { pagination } = (await send('GET', '/ServiceProviderConfig')).body;
  t.strictSame(pagination, {
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    maxPageSize: 1000,
    cursorTimeout: 3600,
  });
  const pages: unknown[][] = [];
  let cursor: unknown = '';
  while (typeof cursor === 'string') {
    const page: Reply = await send('GET', `/Users?cursor=${cursor}&count=2`);
    t.match(page.body, { totalResults: 5, itemsPerPage: namesIn(page).length });
    t.notOk('startIndex' in page.body);
    pages.push(namesIn(page));
    cursor = page.body.nextCursor;
    if (cursor !== undefined) t.match(cursor, /^[\w.~-]+$/);
  }
  t.strictSame(pages, [['a', 'b'], ['c', 'd'], ['e']]);
  const { body } = await send('GET', '/Users?cursor&count=5');
  t.equal(body.nextCursor, undefined, 'a full page may be the last');
});

void t.test('a cursor leads on where a resource was deleted', async (t) => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const clock = { now: () => (now += 10), sleep: () => Promise.resolve() };
  const { send, create } = await start(t, { environment: { clock } });
  await create('a');
  const last = await create('b');
  await create('c');
  const { body } = await send('GET', '/Users?cursor=&count=2');
  await send('DELETE', `/Users/${last}`);
  t.strictSame(namesIn(await send('GET', `/Users?count=2&cursor=${String(body.nextCursor)}`)), ['c']);
});

void t.test('a cursor expires', async (t) => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const { send, create } = await start(t, { cursorSeconds: 60, environment: { clock } });
  await create('a');
  await create('b');
  const { body } = await send('GET', '/Users?cursor=&count=1');
  const next = `/Users?count=1&cursor=${String(body.nextCursor)}`;
  now += 60_000;
  t.equal((await send('GET', next)).status, 200);
  now += 1;
  t.match(await send('GET', next), { status: 400, body: { scimType: 'expiredCursor' } });
});

void t.test('a cursor that the query does not have, and a count below 1, are refused', async (t) => {
  const { send, create } = await start(t);
  await create('a');
  await create('b');
  const { body } = await send('GET', '/Users?cursor=&count=1');
  const cursor = String(body.nextCursor);
  const cases: [query: string, scimType: string][] = [
    ['/Users?cursor=none', 'invalidCursor'],
    ['/Users?cursor=W10', 'invalidCursor'],
    [`/Groups?cursor=${cursor}`, 'invalidCursor'],
    [`/Users?cursor=${cursor}&filter=userName%20pr`, 'invalidCursor'],
    ['/Users?cursor=&count=0', 'invalidCount'],
    ['/Users?cursor=&count=-1', 'invalidCount'],
    ['/Users?cursor=&count=many', 'invalidCount'],
  ];
  for (const [query, scimType] of cases)
    t.match(await send('GET', query), { status: 400, body: { status: '400', scimType } }, query);
});

void t.test('POST to /.search queries one endpoint or all', async (t) => {
  const { send, create } = await start(t);
  await create('a');
  await create('b');
  await send('POST', '/Groups', { body: group([]) });
  const inUsers = (query: Record<string, unknown>) => send('POST', '/Users/.search', search(query));
  t.strictSame(namesIn(await inUsers({})), ['a', 'b']);
  t.strictSame(namesIn(await inUsers({ filter: 'userName eq "b"' })), ['b']);
  t.strictSame(namesIn(await inUsers({ FILTER: 'userName pr', startIndex: 2, count: 5, attributes: null })), ['b']);
  t.strictSame(namesIn(await send('POST', '/Groups/.search', search({}))), ['Group']);
  const all = await send('POST', '/.search', search({}));
  t.match(all.body, { schemas: [urn.listResponse], totalResults: 3, startIndex: 1, itemsPerPage: 3 });
  t.strictSame(namesIn(all), ['a', 'b', 'Group']);
  t.strictSame(namesIn(await send('POST', '/.search', search({ filter: 'userName pr' }))), ['a', 'b']);
  t.strictSame(namesIn(await send('POST', '/.search', search({ filter: 'displayName eq "Group"' }))), ['Group']);
  const [shown] = (await inUsers({ count: 1, attributes: ['userName'] })).body.Resources as Record<string, unknown>[];
  t.strictSame(Object.keys(shown ?? {}).sort(), ['id', 'schemas', 'userName']);
  const first = await inUsers({ cursor: '', count: 1 });
  t.strictSame(namesIn(await inUsers({ cursor: first.body.nextCursor, count: 1 })), ['b']);
});

void t.test('a search request that cannot be understood is refused, and GET is no method of /.search', async (t) => {
  const { send } = await start(t);
  const cases: [body: unknown, scimType: string][] = [
    [{}, 'invalidSyntax'],
    [{ schemas: [urn.user] }, 'invalidSyntax'],
    ['[]', 'invalidSyntax'],
    [undefined, 'invalidSyntax'],
    [{ schemas: [urn.searchRequest], filter: 1 }, 'invalidValue'],
    [{ schemas: [urn.searchRequest], count: '1' }, 'invalidValue'],
    [{ schemas: [urn.searchRequest], count: 1.5 }, 'invalidValue'],
    [{ schemas: [urn.searchRequest], attributes: 'userName' }, 'invalidValue'],
    [{ schemas: [urn.searchRequest], filter: 'userName is "a"' }, 'invalidFilter'],
  ];
  for (const [body, scimType] of cases)
    t.match(await send('POST', '/Users/.search', { body }), { status: 400, body: { scimType } }, JSON.stringify(body));
  const read = await send('GET', '/.search');
  t.match([read.status, read.headers.get('allow')], [405, 'POST']);
});

void t.test('/Me is answered 501, whatever the method', async (t) => {
  const { send } = await start(t);
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    t.match(await send(method, '/Me'), { status: 501, body: { schemas: [urn.error], status: '501' } }, method);
});

void t.test('a write with If-None-Match: * is answered 412 if the resource is there', async (t) => {
  const { send, create } = await start(t);
  const id = await create('a');
  const before = await send('GET', `/Users/${id}`);
  const etag = String(before.headers.get('etag'));
  const mode = { 'X-SCIM-Request-Mode': 'asynchronous' };
  const cases: [tag: string, more: Record<string, string>, status: number][] = [
    ['*', {}, 412],
    ['*', mode, 412],
    [etag, {}, 412],
    ['W/"99"', {}, 200],
  ];
  for (const [tag, more, status] of cases) {
    const headers = { 'If-None-Match': tag, ...more };
    const put = await send('PUT', `/Users/${id}`, { headers, body: { ...user('a'), displayName: tag } });
    t.equal(put.status, status, tag);
    const { displayName } = (await send('GET', `/Users/${id}`)).body;
    t.equal(displayName, status === 412 ? 'a' : tag, tag);
  }
  const nobody = await send('PUT', '/Users/none', { headers: { 'If-None-Match': '*' }, body: user('b') });
  t.equal(nobody.status, 404);
});
