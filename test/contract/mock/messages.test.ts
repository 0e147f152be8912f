import t from 'tap';
import { startMock, type StartOptions } from '../../../mock/index.js';
import { clientOf, user, type Send } from './client.js';

const start = async (teardown: (stop: () => unknown) => unknown, options: StartOptions = {}): Promise<Send> => {
  const mock = await startMock({ operationMillis: 0, ...options });
  teardown(() => mock.stop());
  return clientOf(mock);
};

/** The message of the paper. */
const message = {
  operation: 'SYNC_AD',
  source: 'active-directory',
  target: 'cloud-services',
  batchSize: 1000,
  priority: 'high',
};

const completed = async (send: Send, location: string): Promise<Record<string, unknown>> => {
  for (;;) {
    const { body } = await send('GET', location);
    if ((body.status as { completed: boolean }).completed) return body;
  }
};

void t.test('the message of the paper becomes an asynchronous request with a status', async (t) => {
  const send = await start((stop) => t.teardown(stop));
  const accepted = await send('POST', '/integration/messages', { body: message });
  t.equal(accepted.status, 202);
  const status = await completed(send, accepted.headers.get('location') ?? '');
  t.match(status, { id: accepted.body.id, status: { success: true }, Operations: [{ method: 'POST', status: '201' }] });
});

void t.test('what is no message is refused, and an operation that nobody handles', async (t) => {
  const send = await start((stop) => t.teardown(stop));
  for (const body of [
    { ...message, operation: undefined },
    { ...message, operation: 'SYNC_ELSEWHERE' },
    { ...message, operation: 'toString' },
    { ...message, source: '' },
    { ...message, batchSize: 0 },
    { ...message, priority: 'urgent' },
    [message],
  ])
    t.equal((await send('POST', '/integration/messages', { body })).status, 400, JSON.stringify(body));
});

void t.test('a handler can be replaced, and another added', async (t) => {
  const names = ['a@example.com', 'b@example.com'];
  const send = await start((stop) => t.teardown(stop), {
    handlers: {
      SYNC_ELSEWHERE: ({ source }) =>
        Promise.resolve(
          names.map((name) => ({ method: 'POST', path: '/Users', data: { ...user(name), title: source } })),
        ),
    },
  });
  const body = { ...message, operation: 'SYNC_ELSEWHERE' };
  const accepted = await send('POST', '/integration/messages', { body });
  const status = await completed(send, accepted.headers.get('location') ?? '');
  t.match(status.operationsCount, { total: 2, success: 2 });
  const { body: list } = await send('GET', '/Users');
  t.match(list.Resources, [{ title: 'active-directory' }, { title: 'active-directory' }]);
});

void t.test('a message with the same X-Request-ID is taken once', async (t) => {
  const send = await start((stop) => t.teardown(stop));
  const headers = { 'X-Request-ID': 'message-1' };
  const [first, second] = [
    await send('POST', '/integration/messages', { body: message, headers }),
    await send('POST', '/integration/messages', { body: message, headers }),
  ];
  t.equal(second.body.id, first.body.id);
});
