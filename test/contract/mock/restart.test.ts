import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { asynchronous, bulk, clientOf, user } from './client.js';

void t.test('a mock that is restarted with its state goes on with what it had accepted, at the same URL', async (t) => {
  const mock = await startMock({ operationMillis: 20, workers: 2 });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const names = Array.from({ length: 20 }, () => user());
  const Operations = names.map((data, place) => ({ method: 'POST', path: '/Users', bulkId: `b${place}`, data }));
  const accepted = await send('POST', '/Bulk', { headers: asynchronous, body: bulk(Operations) });
  const location = accepted.headers.get('location') ?? '';
  await mock.restart();
  // A client may notice only now that its connection has gone; a GET may be sent again (RFC 9110 §9.2.2).
  const first = await send('GET', location).catch(() => send('GET', location));
  t.equal(first.status, 200);
  t.ok(Number((first.body.operationsCount as Record<string, number>).pending) > 0, 'it was interrupted');
  let status = first;
  while (!(status.body.status as { completed: boolean }).completed) status = await send('GET', location);
  t.strictSame(status.body.operationsCount, { total: 20, success: 20, failed: 0, pending: 0 });
  t.match(await mock.snapshot(), { users: 20, pending: 0 });
});

void t.test('what is only in memory does not outlive the process, so that checkpoint is not advertised', async (t) => {
  const mock = await startMock();
  t.teardown(() => mock.stop());
  const { text } = await clientOf(mock)('GET', '/ServiceProviderConfig');
  t.match(text, '"priority"');
  t.notMatch(text, '"checkpoint"');
});
