import t from 'tap';
import { createPressure, shareAt } from '../../../../../mock/policy/limits/pressure.js';

void t.test('the refill is the usual one up to a depth, and falls in a straight line from there', (t) => {
  t.strictSame(
    [0, 0.5, 0.75, 1, 1.2].map((depth) => Number(shareAt(depth, {}).toFixed(3))),
    [1, 1, 0.55, 0.1, 0.1],
  );
  t.strictSame(
    [0, 0.5, 1].map((depth) => shareAt(depth, { from: 0, least: 0.5 })),
    [1, 0.75, 0.5],
  );
  t.end();
});

void t.test('the queue is looked at once in a second', async (t) => {
  let [now, pending, looks] = [0, 0, 0];
  const pressure = createPressure({
    limit: {},
    capacity: 100,
    clock: { now: () => now, sleep: () => Promise.resolve() },
    jobs: {
      count: () => {
        looks += 1;
        return Promise.resolve({ statuses: 0, pending });
      },
    },
  });
  t.equal(await pressure.share(), 1);
  pending = 100;
  now += 999;
  t.equal(await pressure.share(), 1);
  now += 1;
  t.equal(Number((await pressure.share()).toFixed(3)), 0.1);
  t.equal(looks, 2);
});
