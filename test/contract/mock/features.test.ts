import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { asynchronous, bulk, clientOf, user } from './client.js';
import { gated } from './gated.js';

void t.test('cancel: what has not run is not run any more, and counts as failed', async (t) => {
  const { open, clock } = gated();
  const mock = await startMock({ operationMillis: 20, workers: 2, environment: { clock } });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const Operations = Array.from({ length: 20 }, (_, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${index}`,
    data: user(),
  }));
  const accepted = await send('POST', '/Bulk', { headers: asynchronous, body: bulk(Operations) });
  const location = accepted.headers.get('location') ?? '';
  t.equal((await send('DELETE', location, { as: 'second' })).status, 404, 'not by another client');
  t.equal((await send('DELETE', location)).status, 204);
  open();
  let status = await send('GET', location);
  while (!(status.body.status as { completed: boolean }).completed) status = await send('GET', location);
  const { total, success, failed, pending } = status.body.operationsCount as Record<string, number>;
  t.equal(total, 20);
  t.equal(pending, 0);
  t.ok((failed ?? 0) > 0, 'some were stopped');
  t.equal((await mock.snapshot()).users, success);
  t.match((await send('DELETE', location)).status, 409, 'nothing is left to cancel');
});

void t.test('a status token reads its own status until it expires, and nothing else', async (t) => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const mock = await startMock({ statusTokenSeconds: 60, environment: { clock } });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const accept = () => send('POST', '/Users', { headers: asynchronous, body: user() });
  const [own, other] = [await accept(), await accept()];
  const { value, expiresAt } = own.body.statusToken as { value: string; expiresAt: string };
  t.equal(expiresAt, '2026-01-01T00:01:00.000Z');
  const headers = { Authorization: `Bearer ${value}` };
  const get = async (path: string): Promise<number> => (await send('GET', path, { headers })).status;
  t.equal(await get(own.headers.get('location') ?? ''), 200);
  t.equal(await get(other.headers.get('location') ?? ''), 403);
  t.equal(await get('/Users'), 403);
  t.equal((await send('POST', '/Users', { headers, body: user() })).status, 403);
  t.equal((await send('DELETE', own.headers.get('location') ?? '', { headers })).status, 403);
  now += 60_000;
  const expired = await send('GET', own.headers.get('location') ?? '', { headers });
  t.equal(expired.status, 401);
  t.match(expired.headers.get('www-authenticate'), /^Bearer /);
});

void t.test('a feature that is off is not advertised and not there', async (t) => {
  const mock = await startMock({ features: [] });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const accepted = await send('POST', '/Users', { headers: asynchronous, body: user() });
  t.equal(accepted.body.statusToken, undefined);
  t.equal((await send('DELETE', accepted.headers.get('location') ?? '')).status, 405);
  t.match(JSON.stringify((await send('GET', '/ServiceProviderConfig')).body), /"features":\[\]/);
});
