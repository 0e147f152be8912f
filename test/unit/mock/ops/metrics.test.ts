import t from 'tap';
import { createMetrics } from '../../../../mock/ops/metrics.js';
import { StoreAway } from '../../../../mock/store/store-error.js';

void t.test('a store that does not answer has no depth, and is said to be away', async (t) => {
  let isThere = true;
  const count = () => (isThere ? Promise.resolve({ pending: 4, statuses: 2 }) : Promise.reject(new StoreAway()));
  const { text } = createMetrics({ count });
  const there = await text();
  t.match(there, /^scim_mock_queue_operations 4$/m);
  t.match(there, /^scim_mock_store_up 1$/m);
  isThere = false;
  const away = await text();
  t.notMatch(away, /^scim_mock_queue_operations /m);
  t.notMatch(away, /^scim_mock_status_resources /m);
  t.match(away, /^scim_mock_store_up 0$/m);
});

void t.test('a request without an answer is counted as aborted', async (t) => {
  const { observer, text } = createMetrics({ count: () => Promise.resolve({ pending: 0, statuses: 0 }) });
  const watch = observer.arrived?.({ method: 'GET', route: '/Users', path: '/Users', field: () => undefined });
  watch?.left({ status: undefined, client: undefined, millis: 3 });
  t.match(await text(), /duration_seconds_count\{method="GET",route="\/Users",status="aborted"\} 1$/m);
});
