import t from 'tap';
import { startMock, type MockOptions } from '../../../../mock/index.js';
import { asynchronous, clientOf, user } from '../client.js';

const start = async (t: { teardown(fn: () => Promise<void>): void }, options: MockOptions) => {
  const mock = await startMock({ operationMillis: 0, ...options });
  t.teardown(() => mock.stop());
  return clientOf(mock);
};

void t.test(
  'a status is read from the addresses of the list only, and a refused read is in the audit trail',
  async (t) => {
    const send = await start(t, { statusAllowedAddresses: ['192.0.2.0/24'] });
    const accepted = await send('POST', '/Users', { headers: asynchronous, body: user() });
    t.equal(accepted.status, 202);
    const location = accepted.headers.get('location') ?? '';
    const { statusToken } = accepted.body as { statusToken: { value: string } };
    for (const headers of [{}, { 'X-Forwarded-For': '192.0.2.9' }, { Authorization: `Bearer ${statusToken.value}` }]) {
      const refused = await send('GET', location, { headers });
      t.match([refused.status, refused.body.status], [403, '403'], JSON.stringify(headers));
    }
    t.equal((await send('GET', '/async/none')).status, 403);
    t.equal((await send('GET', '/Users')).status, 200);
    const trail = await send('GET', `/audit?request=${String(accepted.body.id)}`);
    const reads = (trail.body.Resources as Record<string, unknown>[]).filter(({ action }) => action === 'status.read');
    t.strictSame(
      reads.map(({ status }) => status),
      [403, 403, 403],
    );
  },
);

void t.test('a trusted proxy says where a request comes from', async (t) => {
  const send = await start(t, { statusAllowedAddresses: ['192.0.2.0/24'], trustedProxies: ['127.0.0.1'] });
  const accepted = await send('POST', '/Users', { headers: asynchronous, body: user() });
  const location = accepted.headers.get('location') ?? '';
  const statusFor = async (forwarded: string) =>
    (await send('GET', location, { headers: { 'X-Forwarded-For': forwarded } })).status;
  t.equal(await statusFor('192.0.2.9'), 200);
  t.equal(await statusFor('192.0.2.9, 198.51.100.1'), 403);
});

void t.test('this machine may be on the list', async (t) => {
  const send = await start(t, { statusAllowedAddresses: ['127.0.0.1'] });
  const accepted = await send('POST', '/Users', { headers: asynchronous, body: user() });
  t.equal((await send('GET', accepted.headers.get('location') ?? '')).status, 200);
});
