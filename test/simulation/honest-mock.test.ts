import t from 'tap';
import { mockProvider } from '../../simulation/index.js';
import { defaultProfile, judgedBy } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';

const judges = judgedBy(defaultProfile);

t.setTimeout(1_800_000);

/** Requirements that this mock cannot pass: SEC-07 (loopback), PREF-05 (ambiguous), CKPT-01 (no restart), some without delivery. */
const isApart = (id: string, isDelivered: boolean): boolean =>
  id === 'SEC-07' ||
  id === 'PREF-05' ||
  id === 'CKPT-01' ||
  (!isDelivered && (id.startsWith('HOOK-') || ['EVT-06', 'EVT-07', 'EVT-08'].includes(id)));

void t.test(
  'whatever the seed, the honest mock is conformant, everything is exercised and nothing is left',
  async (t) => {
    const options = { retryAfterSeconds: 0, statusTokenSeconds: 3, rateLimit: { capacity: 500, refillPerSecond: 400 } };
    // More seeds are tried by `self-test`.
    for (const [seed, isDelivered] of [
      [1, true],
      [2, false],
    ] as const) {
      const { report, provider } = await simulate({
        seed,
        provider: mockProvider(options),
        deliveries: isDelivered ? ['poll', 'push', 'webhook'] : [],
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
      t.match(await provider.snapshot(), { users: 0, groups: 0, pending: 0 });
    }
  },
);

void t.test('what has no judge is not implemented, never a pass', async (t) => {
  const unjudged = defaultProfile.requirements.flatMap(({ id }) => (judges.has(id) ? [] : [id])).slice(0, 2);
  if (unjudged.length === 0) {
    t.pass('everything has a judge');
    return;
  }
  const { report } = await simulate({
    seed: 1,
    provider: mockProvider({ retryAfterSeconds: 0 }),
    run: { only: unjudged },
  });
  t.strictSame(
    report.requirements.map(({ id, outcome, exercised }) => [id, outcome, exercised]),
    unjudged.map((id) => [id, 'not-implemented', 0]),
  );
  t.equal(report.verdict, 'not-testable');
  t.equal(report.exitCode, 3);
});

void t.test('a limiter so tight that most requests are sent twice turns nothing red', async (t) => {
  const { report } = await simulate({
    seed: 2,
    provider: mockProvider({ retryAfterSeconds: 0, rateLimit: { capacity: 150, refillPerSecond: 75 } }),
    run: { burst: 400, runs: 2 },
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
  let throttled = 0;
  const { report, provider } = await simulate({
    seed: 1,
    provider: mockProvider({ retryAfterSeconds: 0, rateLimit: { capacity: 20, refillPerSecond: 150 } }),
    run: {
      suites: ['CORE', 'ACC', 'STAT'],
      runs: 2,
      onEvent: (event) => {
        const entries = event.type === 'exercised' ? event.trace.entries : [];
        throttled += entries.filter((entry) => entry.type === 'exchange' && entry.response?.status === 429).length;
      },
    },
  });
  t.equal(
    report.verdict,
    'conformant',
    JSON.stringify(report.requirements.filter(({ outcome }) => outcome === 'fail')),
  );
  t.ok(throttled > 10, 'it had to wait');
  t.match(await provider.snapshot(), { users: 0 });
});
