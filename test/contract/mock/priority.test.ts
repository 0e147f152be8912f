import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { asynchronous, bulk, clientOf, untilCompleted, user } from './client.js';

const creates = (priority: string, count: number) =>
  bulk(
    Array.from({ length: count }, (_, index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `${priority}${index}`,
      data: user(),
    })),
    { [urn.bulkOptions]: { priority } },
  );

const pendingOf = ({ operationsCount }: Record<string, unknown>): number =>
  (operationsCount as { pending: number }).pending;

void t.test('priority: high goes before normal and low, and low is done in the end', async (t) => {
  const mock = await startMock({ operationMillis: 20, workers: 1 });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const submit = async (body: unknown): Promise<string> => {
    const { status, headers } = await send('POST', '/Bulk', { headers: asynchronous, body });
    t.equal(status, 202);
    return headers.get('location') ?? '';
  };
  const low = await submit(creates('low', 20));
  const high = await submit(creates('high', 5));
  await untilCompleted(send, high);
  t.ok(pendingOf((await send('GET', low)).body) > 5);
  t.equal(pendingOf(await untilCompleted(send, low)), 0);
});

void t.test('priority: writes of one resource keep their order', async (t) => {
  const mock = await startMock({ operationMillis: 5, workers: 2 });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const { id } = (await send('POST', '/Users', { body: user() })).body;
  const path = `/Users/${String(id)}`;
  const locations: string[] = [];
  for (const [title, priority] of [
    ['first', 'low'],
    ['second', 'high'],
    ['third', 'normal'],
  ]) {
    const data = { schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'title', value: title }] };
    const body = bulk([{ method: 'PATCH', path, data }], { [urn.bulkOptions]: { priority } });
    locations.push((await send('POST', '/Bulk', { headers: asynchronous, body })).headers.get('location') ?? '');
  }
  for (const location of locations) await untilCompleted(send, location);
  t.match((await send('GET', path)).body, { title: 'third', meta: { version: 'W/"4"' } });
});
