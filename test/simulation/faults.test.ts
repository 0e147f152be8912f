import t from 'tap';
import { faults } from '../../mock/index.js';
import { mockProvider } from '../../simulation/index.js';
import { defaultProfile, judgedBy, type Report, type RunOptions } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';

const { requirements } = defaultProfile;
const judges = judgedBy(defaultProfile);

t.setTimeout(1_800_000);

const tryFault = async (fault: string, { seed = 11, ...run }: Omit<RunOptions, 'target'> = {}): Promise<Report> => {
  const options = { retryAfterSeconds: 0, statusTokenSeconds: 1, rateLimit: false, faults: [fault] } as const;
  return (await simulate({ seed, provider: mockProvider(options), run: { burst: 0, ...run } })).report;
};

void t.test(
  'every judged requirement has a fault, every fault breaks what is in the catalogue, names are unique',
  (t) => {
    const broken = new Set(faults.flatMap(({ breaks }) => breaks));
    t.strictSame(
      [...judges.keys()].filter((id) => !broken.has(id)),
      [],
    );
    t.strictSame(
      [...broken].filter((id) => !requirements.some((requirement) => requirement.id === id)),
      [],
    );
    t.equal(new Set(faults.map(({ name }) => name)).size, faults.length);
    for (const { name, title, breaks } of faults) {
      t.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      t.not(title, '');
      t.ok(breaks.length > 0 && breaks.length <= 3, `${name} breaks ${breaks.length}`);
    }
    t.end();
  },
);

for (const [fault, id] of [
  ['order-lost-beyond-eight', 'BULK-07'],
  ['completed-before-the-effect-is-visible', 'LIFE-04'],
  ['members-resolved-to-the-first', 'BULK-02'],
] as const) {
  void t.test(`${fault}: the failure is small, and --seed, --path and --only replay it exactly`, async (t) => {
    const first = (await tryFault(fault, { only: [id] })).requirements.find((result) => result.id === id);
    t.equal(first?.outcome, 'fail');
    const evidence = first?.evidence;
    t.ok((evidence?.story.length ?? 99) <= 5, JSON.stringify(evidence?.story, null, 1));
    const replayed = await tryFault(fault, { only: [id], seed: evidence?.seed ?? 0, path: evidence?.path ?? '' });
    const again = replayed.requirements.find((result) => result.id === id)?.evidence;
    t.strictSame(again?.input, evidence?.input, 'the same input');
    t.equal(again?.path, evidence?.path);
    t.equal(again?.scenario, evidence?.scenario);
    // Words and names differ between runs; the defects are the same.
    const told = (text: string | undefined): string => (text ?? '').replace(/Word[a-j]+|[0-9a-f-]{36}/g, '…');
    t.equal(told(again?.expected), told(evidence?.expected));
    t.equal(replayed.traffic.exercises, 1);
  });
}

void t.test('several simultaneous faults are all found', async (t) => {
  const { report } = await simulate({
    seed: 3,
    provider: mockProvider({
      retryAfterSeconds: 0,
      faults: ['202-without-a-body', 'results-in-reverse', 'status-for-every-client'],
    }),
    run: { only: ['ACC-03', 'BULK-06', 'SEC-03', 'STAT-01'] },
  });
  t.strictSame(
    report.requirements.map(({ id, outcome }) => [id, outcome]),
    [
      ['ACC-03', 'warning'],
      ['STAT-01', 'pass'],
      ['BULK-06', 'fail'],
      ['SEC-03', 'fail'],
    ],
  );
});

void t.test('a rate limiter is estimated; one that never throttles is inconclusive, with what was tried', async (t) => {
  const run = async (rateLimit: { capacity: number; refillPerSecond: number } | false): Promise<Report> => {
    const { report } = await simulate({
      seed: 1,
      provider: mockProvider({ retryAfterSeconds: 0, rateLimit }),
      // Those that only the burst feeds.
      run: { only: ['RATE-04', 'RATE-05', 'RATE-06', 'RATE-07', 'RATE-09'], burst: 400 },
    });
    return report;
  };
  const limited = await run({ capacity: 100, refillPerSecond: 50 });
  t.strictSame(
    limited.requirements.map(({ outcome }) => outcome),
    limited.requirements.map(() => 'pass'),
    JSON.stringify(limited.requirements.map(({ id, outcome, reason }) => [id, outcome, reason])),
  );
  t.ok(limited.traffic.exchanges < 700, 'the budget is kept');
  const free = await run(false);
  t.match(
    free.requirements.find(({ id }) => id === 'RATE-09'),
    {
      outcome: 'inconclusive',
      reason:
        /^The target never throttled: 400 requests, as many at a time as --concurrency allows, were all admitted within /,
    },
  );
  t.match(free.rateLimit, { requests: 400, throttled: 0 });
});
