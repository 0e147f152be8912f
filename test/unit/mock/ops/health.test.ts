import t from 'tap';
import { whyNotReady, type ReadinessOptions } from '../../../../mock/ops/health.js';
import { StoreAway } from '../../../../mock/store/store-error.js';
import { createVirtualClock } from '../../virtual-clock.js';

const clock = createVirtualClock();
const never = new AbortController().signal;
const usual: ReadinessOptions = {
  store: { find: () => Promise.resolve(undefined) },
  clock: { now: () => 0, sleep: (ms, signal) => clock.sleep(ms, signal ?? never) },
  workers: 2,
  running: () => 2,
  stopping: never,
};

void t.test('it is ready if the store answers and all workers run', async (t) => {
  t.strictSame(await whyNotReady(usual), []);
  t.strictSame(await whyNotReady({ ...usual, workers: 0, running: () => 0 }), [], 'or if others do the work');
});

void t.test('each reason is named', async (t) => {
  t.strictSame(await whyNotReady({ ...usual, running: () => 1 }), ['Only 1 of 2 workers run.']);
  const away = { find: () => Promise.reject(new StoreAway()) };
  t.strictSame(await whyNotReady({ ...usual, store: away }), ['The store does not answer.']);
  const silent = { find: () => new Promise<undefined>(() => undefined) };
  t.strictSame(
    await whyNotReady({ ...usual, store: silent, running: () => 0 }),
    ['Only 0 of 2 workers run.', 'The store does not answer.'],
    'a store that never answers does not answer',
  );
  t.strictSame(await whyNotReady({ ...usual, stopping: AbortSignal.abort(), store: silent }), [
    'The mock is stopping.',
  ]);
});
