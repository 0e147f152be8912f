import t from 'tap';
import { SimulationStopped, VirtualClock } from '../../../simulation/virtual-clock.js';

void t.test('hours pass while nobody works, and the clock says so to the microsecond', async (t) => {
  const clock = new VirtualClock({ startsAt: Date.parse('2030-05-06T07:08:09.500Z') });
  await clock.run(async () => {
    await clock.sleep(3_600_000);
    await clock.sleep(0.25);
    await clock.sleep(0.1);
    await clock.sleep(0.2);
  });
  t.equal(clock.now(), 3_600_000.55);
  t.equal(clock.epoch(), Date.parse('2030-05-06T08:08:09.500Z'));
  t.equal(clock.date().toISOString(), '2030-05-06T08:08:09.500Z');
});

void t.test('the earliest wakes first, and of one moment who came first', async (t) => {
  const clock = new VirtualClock();
  const woken: string[] = [];
  const sleeper = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    woken.push(`${name} ${clock.now()}`);
  };
  await clock.run(() => Promise.all([sleeper('late', 30), sleeper('a', 10), sleeper('b', 10), sleeper('early', 5)]));
  t.strictSame(woken, ['early 5', 'a 10', 'b 10', 'late 30']);
});

void t.test('what one that wakes sets running is done before the next one wakes', async (t) => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const first = async (): Promise<void> => {
    await clock.sleep(1);
    for (let round = 0; round < 50; round += 1) {
      await Promise.resolve();
      await new Promise<void>((resolve) => process.nextTick(resolve));
    }
    seen.push('all of the first');
  };
  const second = async (): Promise<void> => {
    await clock.sleep(1);
    seen.push('second');
  };
  await clock.run(() => Promise.all([first(), second()]));
  t.strictSame(seen, ['all of the first', 'second']);
});

void t.test('who is called off wakes at once and holds up nothing; who asks for no time waits for none', async (t) => {
  const clock = new VirtualClock();
  const over = new AbortController();
  const woken: number[] = [];
  await clock.run(async () => {
    const long = clock.sleep(100_000, over.signal).then(() => woken.push(clock.now()));
    await clock.sleep(20);
    over.abort();
    await long;
    await clock.sleep(100_000, over.signal);
    await clock.sleep(0);
    await clock.sleep(-5);
    const takeBack = clock.after(5, () => woken.push(-1));
    takeBack();
    takeBack();
    await clock.sleep(10);
  });
  t.strictSame(woken, [20]);
  t.equal(clock.now(), 30);
  t.equal(clock.sleepers, 0);
});

void t.test(
  'no time passes while work is done elsewhere, and it ends in its order whichever is the faster',
  async (t) => {
    const clock = new VirtualClock();
    const done: string[] = [];
    const elsewhere = (name: string, rounds: number): Promise<void> =>
      clock.untimed(async () => {
        for (let round = 0; round < rounds; round += 1) await new Promise((resolve) => setImmediate(resolve));
        done.push(`${name} ${clock.now()}`);
      });
    await clock.run(async () => {
      const woken = clock.sleep(5).then(() => done.push(`woken ${clock.now()}`));
      await Promise.all([elsewhere('slow', 40), elsewhere('quick', 1), woken]);
      await t.rejects(
        clock.untimed(() => Promise.reject(new Error('no such key'))),
        { message: 'no such key' },
      );
    });
    t.strictSame(done, ['slow 0', 'quick 0', 'woken 5']);
  },
);

void t.test('if nothing can happen any more, the error says who waits', async (t) => {
  const clock = new VirtualClock();
  const forEver = new Promise<void>(() => undefined);
  const run = clock.run(async () => {
    await clock.sleep(12);
    clock.waitingFor('GET /Users');
    const arrived = clock.waitingFor('GET /Groups');
    arrived();
    await forEver;
  });
  const error = await run.catch((error: unknown) => error);
  t.type(error, SimulationStopped);
  t.match(error, {
    code: 'nothing-can-happen',
    message: /Waiting: GET \/Users \(since 12 ms\)\.$/,
  });
});

void t.test('a run that never ends is ended: one that goes on, and one in which no time passes', async (t) => {
  const clock = new VirtualClock({ longest: 60_000 });
  await t.rejects(
    clock.run(async () => {
      for (;;) await clock.sleep(1000);
    }),
    { code: 'too-long' },
  );
  const still = new VirtualClock();
  await t.rejects(
    still.run(
      () =>
        new Promise(() => {
          const again = (): void => void still.after(0, again);
          again();
        }),
    ),
    { code: 'time-stands-still' },
  );
});

void t.test('each look at the clock finds a later time, so that what ended is before what began next', async (t) => {
  const clock = new VirtualClock();
  const looks = await clock.run(async () => {
    const before = [clock.look(), clock.look()];
    const woken = clock.sleep(0.001).then(() => clock.look());
    return [...before, await woken];
  });
  t.strictSame(looks, [0.001, 0.002, 0.004]);
});

void t.test('what the work throws, and what is thrown when something is due, ends the run', async (t) => {
  await t.rejects(
    new VirtualClock().run(() => Promise.reject(new Error('of the work'))),
    { message: 'of the work' },
  );
  const clock = new VirtualClock();
  await t.rejects(
    clock.run(
      () =>
        new Promise(() => {
          clock.after(1, () => {
            throw new Error('when due');
          });
        }),
    ),
    { message: 'when due' },
  );
});

void t.test('clocks beside each other know nothing of each other', async (t) => {
  const tell = async (): Promise<string[]> => {
    const clock = new VirtualClock();
    const told: string[] = [];
    await clock.run(() =>
      Promise.all(
        [7, 3, 5, 3].map(async (ms, place) => {
          for (let round = 0; round < 3; round += 1) {
            await clock.sleep(ms);
            told.push(`${place} ${clock.now()}`);
          }
        }),
      ),
    );
    return told;
  };
  const alone = await tell();
  t.equal(alone.length, 12);
  for (const other of await Promise.all([tell(), tell(), tell()])) t.strictSame(other, alone);
});
