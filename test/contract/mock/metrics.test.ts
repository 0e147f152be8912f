import t, { type Test } from 'tap';
import { startMock, type Mock, type StartOptions } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { openDatabases } from '../../harness/databases.js';
import { asynchronous, bulk, clientOf, user, type Send } from './client.js';

t.setTimeout(120_000);

const scrape = async (mock: Mock): Promise<string> => (await fetch(`${new URL(mock.url).origin}/metrics`)).text();

/** The value of a sample, as it is written before its value; undefined if there is none. */
const valueIn = (text: string, sample: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return line === undefined ? undefined : Number(line.slice(sample.length + 1));
};

const valuesIn = (text: string, name: string): Record<string, number> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`))
      .map((line): [string, number] => {
        const end = line.lastIndexOf(' ');
        return [line.slice(name.length, end), Number(line.slice(end))];
      }),
  );

const settled = async (send: Send, location: string): Promise<void> => {
  for (let pending = -1; pending !== 0;) {
    const { body } = await send('GET', location);
    pending = Number((body.operationsCount as Record<string, number>).pending);
  }
};

type Start = (t: Test, options?: StartOptions) => Promise<Mock>;

/** What is true of every store. */
const proveMetrics = (store: string, start: Start): void => {
  void t.test(`${store}: what waits is counted by the store`, async (t) => {
    const mock = await start(t, { workers: 0 });
    const Operations = ['a', 'b', 'c'].map((bulkId) => ({ method: 'POST', path: '/Users', bulkId, data: user() }));
    await clientOf(mock)('POST', '/Bulk', { headers: asynchronous, body: bulk(Operations) });
    const text = await scrape(mock);
    t.equal(valueIn(text, 'scim_mock_queue_operations'), 3);
    t.equal(valueIn(text, 'scim_mock_status_resources'), 1);
    t.equal(valueIn(text, 'scim_mock_store_up'), 1);
    t.equal(valueIn(text, 'scim_mock_queue_wait_seconds_count'), 0);
  });

  void t.test(`${store}: operations are counted by method, type and outcome`, async (t) => {
    const mock = await start(t);
    const send = clientOf(mock);
    const accepted = await send('POST', '/Bulk', {
      headers: asynchronous,
      body: bulk([
        { method: 'POST', path: '/Users', bulkId: 'a', data: user() },
        { method: 'POST', path: '/Users', bulkId: 'b', data: user() },
        { method: 'DELETE', path: '/Groups/nobody' },
      ]),
    });
    await settled(send, accepted.headers.get('location') ?? '');
    const unit = await send('POST', '/Bulk', {
      headers: asynchronous,
      body: {
        ...bulk([
          { method: 'POST', path: '/Users', bulkId: 'c', data: user() },
          { method: 'DELETE', path: '/Users/nobody' },
        ]),
        [urn.bulkOptions]: { rollbackOnError: true },
      },
    });
    await settled(send, unit.headers.get('location') ?? '');
    const text = await scrape(mock);
    t.strictSame(valuesIn(text, 'scim_mock_operations_total'), {
      '{method="POST",type="User",outcome="success"}': 2,
      '{method="DELETE",type="Group",outcome="failed"}': 1,
      '{method="POST",type="User",outcome="failed"}': 1,
      '{method="DELETE",type="User",outcome="failed"}': 1,
    });
    t.equal(valueIn(text, 'scim_mock_queue_wait_seconds_count'), 4, 'three operations and a unit');
    t.equal(valueIn(text, 'scim_mock_operation_duration_seconds_count'), 4);
    const sum = valueIn(text, 'scim_mock_operation_duration_seconds_sum') ?? 0;
    t.ok(sum >= 4 * 0.004 && sum < 60, `${sum} seconds, with 5 ms of simulated work each`);
    t.equal(valueIn(text, 'scim_mock_queue_operations'), 0);
  });
};

const started: Start = async (t, options = {}) => {
  const mock = await startMock({ operations: true, ...options });
  t.teardown(() => mock.stop());
  return mock;
};

proveMetrics('memory', started);

void t.test('requests are counted by method, route and class of status', async (t) => {
  const mock = await started(t);
  const send = clientOf(mock);
  const { body } = await send('POST', '/Users', { body: user() });
  await send('GET', `/Users/${String(body.id)}`);
  await send('GET', '/Users/nobody');
  await send('GET', '/Nothing/a');
  await send('PROPFIND', '/Users');
  await fetch(`${mock.url}/Users`);
  await scrape(mock);
  const text = await scrape(mock);
  t.strictSame(valuesIn(text, 'scim_mock_http_request_duration_seconds_count'), {
    '{method="POST",route="/scim/v2/Users",status="2xx"}': 1,
    '{method="GET",route="/scim/v2/Users/:id",status="2xx"}': 1,
    '{method="GET",route="/scim/v2/Users/:id",status="4xx"}': 1,
    '{method="GET",route="none",status="4xx"}': 1,
    '{method="other",route="none",status="4xx"}': 1,
    '{method="GET",route="/scim/v2/Users",status="4xx"}': 1,
  });
});

void t.test('refusals by the rate limit are counted for each client', async (t) => {
  const mock = await started(t, { rateLimit: { capacity: 2, refillPerSecond: 0.001 } });
  const send = clientOf(mock);
  for (let count = 0; count < 5; count += 1) await send('GET', '/Users');
  await send('GET', '/Users', { as: 'second' });
  t.strictSame(valuesIn(await scrape(mock), 'scim_mock_throttled_requests_total'), { '{client="primary"}': 3 });
});

void t.test('metrics are text of Prometheus, about this mock and its process, without secrets', async (t) => {
  const [mock, other] = [await started(t), await started(t)];
  const send = clientOf(mock);
  const data = user();
  const { body } = await send('POST', '/Users', { body: data, headers: asynchronous });
  const answer = await fetch(`${new URL(mock.url).origin}/metrics`);
  t.match(answer.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  t.match(text, /^# TYPE nodejs_eventloop_lag_seconds gauge$/m);
  t.match(text, /^process_cpu_seconds_total \d/m);
  const line = /^(?:# (?:HELP|TYPE) .+|[a-z_:][a-z0-9_:]*(?:\{.*\})? \S+|)$/i;
  t.strictSame(
    text.split('\n').filter((each) => !line.test(each)),
    [],
  );
  t.strictSame(
    [mock.tokens.primary, String(data.userName), String(body.id)].filter((secret) => text.includes(secret)),
    [],
  );
  t.strictSame(valuesIn(await scrape(other), 'scim_mock_http_request_duration_seconds_count'), {});
});

const databases = await openDatabases();
if (typeof databases === 'string') void t.test('PostgreSQL', { skip: databases }, () => undefined);
else {
  t.teardown(() => databases.end());
  proveMetrics('PostgreSQL', async (t, options) => started(t, { ...options, store: await databases.create() }));
}
