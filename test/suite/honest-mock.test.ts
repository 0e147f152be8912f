import t from 'tap';
import { systemClock } from '../../suites/client/system-clock.js';
import { startMock } from '../../mock/index.js';
import { defaultProfile, judgedBy } from '../../suites/index.js';
import { runSuite } from '../harness/run-suite.js';

const judges = judgedBy(defaultProfile);

t.setTimeout(900_000);

/** On loopback nothing is asked of SEC-07, what a result URI answers is open, and some events come by delivery only. */
const isApart = (id: string, isDelivered: boolean): boolean =>
  id === 'SEC-07' || id === 'PREF-05' || (!isDelivered && ['EVT-06', 'EVT-07', 'EVT-08'].includes(id));

void t.test('20 seeds in a row against the honest mock: conformant, everything exercised, nothing left', async (t) => {
  const options = { retryAfterSeconds: 0, statusTokenSeconds: 3, rateLimit: { capacity: 500, refillPerSecond: 400 } };
  const silent = await startMock(options);
  t.teardown(() => silent.stop());
  const telling = await startMock(options);
  t.teardown(() => telling.stop());
  for (let seed = 1; seed <= 20; seed += 1) {
    // Every token is signed, sent and read: that takes as long as all the rest.
    const isDelivered = seed % 4 === 1;
    const mock = isDelivered ? telling : silent;
    const report = await runSuite({
      target: { baseUrl: mock.url, token: mock.tokens.primary, secondToken: mock.tokens.second },
      seed,
      // On a machine that has other things to do, too, it takes more to be throttled.
      burst: 5000,
      ...(isDelivered
        ? {
            setPoll: `${mock.url}/events/poll`,
            setPush: { port: 0, onListening: (url: string) => mock.pushTo({ url }) },
          }
        : {}),
    });
    t.strictSame(report.target?.bindings, { 'request-mode': 'advertised', 'respond-async': 'advertised' });
    const judged = report.requirements.filter(({ id }) => judges.has(id) && !isApart(id, isDelivered));
    t.match(
      report.requirements.find(({ id }) => id === 'PREF-05'),
      { outcome: 'ambiguous', reason: /The text does not decide .*: .*, or .*\. The target / },
    );
    t.match(
      report.requirements.find(({ id }) => id === 'SEC-07'),
      { outcome: 'skip' },
    );
    t.strictSame(
      judged
        .filter(({ outcome, exercised }) => outcome !== 'pass' || exercised === 0)
        .map(({ id, outcome, reason, evidence }) => [id, outcome, reason ?? evidence?.actual]),
      [],
      `seed ${seed}`,
    );
    t.equal(report.verdict, 'conformant');
    t.strictSame(report.leftovers, []);
    t.match(await mock.snapshot(), { users: 0, groups: 0, pending: 0 });
  }
});

void t.test('what has no judge is not implemented, never a pass', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const report = await runSuite({
    target: { baseUrl: mock.url, token: mock.tokens.primary },
    only: ['AUD-01', 'PRIO-01'],
  });
  t.strictSame(
    report.requirements.map(({ id, outcome, exercised }) => [id, outcome, exercised]),
    [
      ['PRIO-01', 'not-implemented', 0],
      ['AUD-01', 'not-implemented', 0],
    ],
  );
  t.equal(report.verdict, 'not-testable');
  t.equal(report.exitCode, 3);
});

void t.test('a limiter so tight that most requests are sent twice turns nothing red', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0, rateLimit: { capacity: 150, refillPerSecond: 75 } });
  t.teardown(() => mock.stop());
  const report = await runSuite({
    target: { baseUrl: mock.url, token: mock.tokens.primary, secondToken: mock.tokens.second },
    seed: 2,
    burst: 400,
  });
  const red = report.requirements.filter(
    ({ outcome }) => !['pass', 'skip', 'ambiguous', 'not-implemented'].includes(outcome),
  );
  t.strictSame(
    red.filter(({ outcome }) => outcome !== 'inconclusive').map(({ id, evidence }) => [id, evidence?.actual]),
    [],
  );
  t.ok((report.requirements.find(({ id }) => id === 'RATE-03')?.exercised ?? 0) > 50, 'many were throttled');
  t.strictSame(report.leftovers, []);
});

void t.test('a limiter that throttles is obeyed: the verdict is the same', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0, rateLimit: { capacity: 20, refillPerSecond: 150 } });
  t.teardown(() => mock.stop());
  let waits = 0;
  const report = await runSuite({
    target: { baseUrl: mock.url, token: mock.tokens.primary },
    suites: ['CORE', 'ACC', 'STAT'],
    runs: 2,
    environment: {
      clock: {
        ...systemClock,
        sleep: (ms, signal) => {
          waits += 1;
          // The suite asks to wait whole seconds; the bucket has refilled long before.
          return systemClock.sleep(Math.min(ms, 100), signal);
        },
      },
    },
  });
  t.equal(
    report.verdict,
    'conformant',
    JSON.stringify(report.requirements.filter(({ outcome }) => outcome === 'fail')),
  );
  t.ok(waits > 0, 'it had to wait');
  t.match(await mock.snapshot(), { users: 0 });
});
