import t from 'tap';
import { Lanes } from '../../../suites/concurrency/lanes.js';
import { createVirtualClock } from '../virtual-clock.js';

const never = new AbortController().signal;

void t.test('the number of tasks at a time is limited; urgent ones come first, others in their order', async (t) => {
  const clock = createVirtualClock();
  const lanes = new Lanes({ width: 2 }, clock);
  const begun: string[] = [];
  let most = 0;
  let underWay = 0;
  const add = (name: string, priority: number): Promise<string> =>
    lanes.add(async () => {
      begun.push(name);
      most = Math.max(most, (underWay += 1));
      await clock.sleep(10, never);
      underWay -= 1;
      return name;
    }, priority);
  const results = await Promise.all([add('a', 0), add('b', 0), add('c', 0), add('d', 0), add('e', 2), add('f', 1)]);
  t.strictSame(results, ['a', 'b', 'c', 'd', 'e', 'f']);
  t.strictSame(begun, ['a', 'b', 'e', 'f', 'c', 'd']);
  t.equal(most, 2);
});

void t.test('what fails gives its place to the next', async (t) => {
  const lanes = new Lanes({ width: 1 }, createVirtualClock());
  const failing = lanes.add(() => Promise.reject(new Error('no')), 0);
  const next = lanes.add(() => Promise.resolve('yes'), 0);
  await t.rejects(failing, new Error('no'));
  t.equal(await next, 'yes');
});

void t.test('with a limit per second, tasks start at even intervals, also after a pause', async (t) => {
  const clock = createVirtualClock();
  const lanes = new Lanes({ width: 8, perSecond: 4 }, clock);
  const at = (): Promise<number> => lanes.add(() => Promise.resolve(clock.now()), 0);
  t.strictSame(await Promise.all([at(), at(), at()]), [0, 250, 500]);
  await clock.sleep(10_000, never);
  t.strictSame(await Promise.all([at(), at()]), [10_500, 10_750]);
});
