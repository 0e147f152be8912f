import t, { type Test } from 'tap';
import { startMock, type Mock } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { bulk, clientOf, complete, group, resultsOf, user, type Send } from './client.js';
import { poll, setsOf, verifierOf } from './events-client.js';

const policy = (onConflict: string, more: Record<string, unknown> = {}) => ({
  [urn.bulkOptions]: { onConflict, ...more },
});

const post = (bulkId: string, data: unknown, path = '/Users') => ({ method: 'POST', path, bulkId, data });

const titled = (userName: string, title: string) => ({ ...user(userName), title });

const started = async (t: Test, options: Parameters<typeof startMock>[0] = {}) => {
  const mock = await startMock(options);
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const { body } = await send('POST', '/Users', { body: titled('Taken@example.com', 'first') });
  return { mock, send, id: String(body.id) };
};

/** The payloads of the events of provisioning that wait for the client. */
const eventsOf = async (mock: Mock, send: Send): Promise<string[]> => {
  const sets = Object.values(setsOf(await poll(send, { returnImmediately: true })));
  const claims = await Promise.all(sets.map((token) => verifierOf(mock)(token)));
  return claims.flatMap(({ events, sub_id: { uri } }) => Object.keys(events).map((each) => `${each.slice(32)} ${uri}`));
};

void t.test('onConflict: a duplicate fails, is skipped, or overwrites, and the rest goes on', async (t) => {
  const { mock, send, id } = await started(t);
  await send('POST', '/events/poll', { body: {} });
  const reimport = async (onConflict: string) => {
    const Operations = [post('a', titled('taken@example.com', onConflict)), post('b', user())];
    return resultsOf(await complete(send, 'POST', '/Bulk', bulk(Operations, policy(onConflict))));
  };
  const look = async () => (await send('GET', `/Users/${id}`)).body;
  t.match(await reimport('fail'), [{ status: '409', response: { scimType: 'uniqueness' } }, { status: '201' }]);
  t.match(await look(), { title: 'first' });
  const location = `${mock.url}/Users/${id}`;
  t.match(await reimport('skip'), [{ status: '200', location, version: 'W/"1"' }, { status: '201' }]);
  t.match(await look(), { title: 'first', meta: { version: 'W/"1"' } });
  t.match(await reimport('overwrite'), [{ status: '200', location, version: 'W/"2"' }, { status: '201' }]);
  t.match(await look(), { userName: 'taken@example.com', title: 'overwrite', meta: { version: 'W/"2"' } });
  t.match(await mock.snapshot(), { users: 4 });
  t.strictSame(
    (await eventsOf(mock, send)).filter((event) => event.endsWith(id)),
    [`create:notice /Users/${id}`, `put:notice /Users/${id}`],
    'a skipped duplicate is no event, and an overwritten one is a replace',
  );
});

void t.test('onConflict: references lead to the user who was there, and the last of two creates decides', async (t) => {
  const { mock, send, id } = await started(t, { operationMillis: 5 });
  const Operations = [
    post('g', group([{ value: 'bulkId:a' }]), '/Groups'),
    post('a', titled('taken@example.com', 'second')),
    ...Array.from({ length: 10 }, (_, index) => post(`b${index}`, titled('taken@example.com', `number ${index}`))),
  ];
  const results = resultsOf(await complete(send, 'POST', '/Bulk', bulk(Operations, policy('overwrite'))));
  t.match((await send('GET', results[0]?.location ?? '')).body, { members: [{ value: id }] });
  t.match((await send('GET', `/Users/${id}`)).body, { title: 'number 9' });
  t.match(await mock.snapshot(), { users: 1 });
});

void t.test('onConflict: what was overwritten is undone if the request is rolled back', async (t) => {
  const { send, id } = await started(t);
  const Operations = [post('a', titled('taken@example.com', 'second')), post('b', { schemas: [urn.user] })];
  const body = bulk(Operations, policy('overwrite', { rollbackOnError: true }));
  t.match(resultsOf(await complete(send, 'POST', '/Bulk', body)), [{ status: '424' }, { status: '400' }]);
  t.match((await send('GET', `/Users/${id}`)).body, { title: 'first', meta: { version: 'W/"1"' } });
});
