import t from 'tap';
import type { Exchange } from '../../../schemas/types.js';
import { Paces } from '../../../suites/session/pipeline/pace.js';
import type { RequestPlan } from '../../../suites/session/request-plan.js';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.js';

const exchange = (status: number): Exchange => ({
  type: 'exchange',
  n: 0,
  purpose: 'read',
  credential: 'primary',
  at: 0,
  took: 0,
  request: { method: 'GET', url: 'http://target/Users', headers: [] },
  response: { status, headers: [], body: '', truncated: false },
});

const read: RequestPlan = { method: 'GET', url: '/Users/1', purpose: 'read' };

const setUp = (room = 4) => {
  const clock = createVirtualClock();
  const work = new AbortController();
  const paces = new Paces(clock, 'http://target', work.signal, room);
  /** When it was sent, in milliseconds. */
  const send = async (status: number, plan: RequestPlan = read, isAgain = false): Promise<number> => {
    let at = NaN;
    await paces.send(plan, isAgain, () => {
      at = clock.now();
      return Promise.resolve(exchange(status));
    });
    return at;
  };
  return { clock, work, paces, send };
};

const sendMany = (send: () => Promise<number>, count: number): Promise<number[]> =>
  Promise.all(Array.from({ length: count }, send));

const pass = (clock: VirtualClock, ms: number): Promise<void> => clock.sleep(ms, new AbortController().signal);

void t.test('as long as nothing is throttled, everything is sent at once', async (t) => {
  const { send } = setUp();
  t.strictSame(await sendMany(() => send(200), 5), [0, 0, 0, 0, 0]);
});

void t.test('after a 429, requests are spread over time: slower with a further one, faster with answers', async (t) => {
  const { clock, send } = setUp();
  await send(429);
  // 16 a second: 0.8 of 20.
  const [, second = 0, third = 0] = await sendMany(() => send(429), 3);
  t.equal(second, 62.5);
  t.equal(third, 125);
  await pass(clock, 2000);
  await send(429);
  // 12.8 a second.
  const begun = clock.now();
  const [, slower = 0] = await sendMany(() => send(200), 2);
  t.ok(slower - begun > 70, `the second one was sent after ${slower - begun} ms`);
  for (let sent = 0; sent < 80; sent += 1) await send(200);
  const [first = 0, next = 0] = await sendMany(() => send(200), 2);
  t.ok(next - first < 45, `after 80 answers it is sent after ${next - first} ms`);
});

void t.test('the first pace is that of the last second', async (t) => {
  const { send } = setUp();
  await sendMany(() => send(200), 100);
  await send(429);
  const [, second] = await sendMany(() => send(200), 2);
  t.equal(second, 1000 / 80);
});

void t.test('what was throttled goes before everything else that waits', async (t) => {
  const { send } = setUp();
  await send(429);
  await send(200);
  const [first, second, again] = await Promise.all([send(200), send(200), send(200, read, true)]);
  t.ok(again < first && first < second, `${again}, ${first}, ${second}`);
});

void t.test('other kinds of requests keep their pace, and some are never held up', async (t) => {
  const { send } = setUp();
  await send(429);
  const others: RequestPlan[] = [
    { ...read, method: 'PUT' },
    { ...read, url: '/Groups' },
    { ...read, credential: 'second' },
    { ...read, once: true },
    { ...read, isUrgent: true },
  ];
  t.strictSame(await Promise.all(others.map((plan) => send(200, plan))), [0, 0, 0, 0, 0]);
});

void t.test('an address with the base URL and one without are of one kind', async (t) => {
  const { send } = setUp();
  await send(429);
  const [, second] = await Promise.all([send(200), send(200, { ...read, url: 'http://target/Users?count=1' })]);
  t.equal(second, 62.5);
});

void t.test('something new begins when only a few requests wait', async (t) => {
  const { clock, paces, send } = setUp(2);
  await send(429);
  const sent = Array.from({ length: 4 }, () => send(200));
  const begun: number[] = [];
  const begin = async (): Promise<void> => {
    await paces.hasRoom();
    begun.push(clock.now());
  };
  await Promise.all([begin(), begin(), ...sent]);
  // The first of the four is sent at once, and the others after about 62, 124 and 186 ms.
  t.strictSame(
    begun.map((at) => Math.round(at / 60)),
    [2, 3],
  );
});

void t.test(
  'what was not sent while nothing waited may be sent together later, for a quarter of a second',
  async (t) => {
    const { clock, send } = setUp();
    await send(429);
    await pass(clock, 5000);
    const sent = await sendMany(() => send(200), 8);
    // 16 a second are four in a quarter of a second, and one whose turn it is anyway.
    t.equal(sent.filter((at) => at === 5000).length, 5, sent.join());
  },
);

void t.test('when the work is over, what waits is sent at once, but not the cleanup', async (t) => {
  const { work, send } = setUp();
  const remove: RequestPlan = { method: 'DELETE', url: '/Users/1', purpose: 'cleanup' };
  await Promise.all([send(429), send(429, remove)]);
  const waiting = sendMany(() => send(200), 20);
  const removed = sendMany(() => send(200, remove), 3);
  work.abort();
  t.strictSame(new Set((await waiting).slice(2)), new Set([62.5]));
  const [, second, third] = await removed;
  t.ok((third ?? 0) - (second ?? 0) > 50);
});
