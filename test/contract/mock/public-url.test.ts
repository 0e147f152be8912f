import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { asynchronous, bulk, clientOf, user } from './client.js';
import { respondAsync } from './events-client.js';

const publicUrl = 'https://id.example/tenants/1/scim';

void t.test('behind a proxy every URL in an answer begins with the public URL', async (t) => {
  const mock = await startMock({ publicUrl });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const created = await send('POST', '/Users', { body: user('a') });
  const answers = [
    created,
    await send('GET', `/Users/${String(created.body.id)}`),
    await send('GET', '/Users'),
    await send('POST', '/Users', { body: user('b'), headers: asynchronous }),
    await send('POST', '/Users', { body: user('c'), headers: respondAsync }),
    await send('POST', '/Bulk', { body: bulk([{ method: 'POST', path: '/Users', bulkId: 'q', data: user('d') }]) }),
    ...(await Promise.all(['/ServiceProviderConfig', '/ResourceTypes', '/Schemas'].map((path) => send('GET', path)))),
  ];
  const listening = new URL(mock.url).host;
  for (const { headers, text } of answers) {
    const all = `${headers.get('location') ?? ''}\n${text}`;
    t.match(all, publicUrl);
    t.notMatch(all, listening);
  }
  t.equal(created.headers.get('location'), `${publicUrl}/Users/${String(created.body.id)}`);
});
