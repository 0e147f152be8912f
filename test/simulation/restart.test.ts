import t from 'tap';
import { faults, usualFeatures } from '../../mock/index.js';
import { mockProvider } from '../../simulation/index.js';
import { defaultProfile, type Report } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(600_000);

const options = {
  retryAfterSeconds: 0,
  workers: 4,
  rateLimit: false,
  features: [...usualFeatures, 'checkpoint'],
} as const;

const run = { burst: 0, deadlineMs: 30_000 } as const;

/** All that the trace of a restart may turn red: CKPT-01, and what is judged in every trace. */
const concerned = defaultProfile.requirements
  .filter(({ id, judging }) => id === 'CKPT-01' || judging?.from === 'every')
  .map(({ id }) => id);

const redIn = ({ requirements }: Report): string[] =>
  requirements.flatMap(({ id, outcome, evidence }) =>
    ['fail', 'warning', 'harness-error'].includes(outcome) ? [`${id} ${evidence?.code ?? outcome}`] : [],
  );

for (const restarts of ['before it goes on', 'beside it'] as const) {
  void t.test(`a mock that is restarted ${restarts} resumes, and nothing turns red`, async (t) => {
    for (const seed of [1, 2, 3]) {
      const { report, provider } = await simulate({
        seed,
        restarts,
        provider: mockProvider(options),
        run: { ...run, path: 'restart/0', only: concerned },
      });
      t.strictSame(redIn(report), [], `seed ${seed}`);
      const result = report.requirements.find(({ id }) => id === 'CKPT-01');
      t.equal(result?.outcome, 'pass');
      t.ok((result?.exercised ?? 0) > 2, 'several requests were interrupted');
      t.strictSame(report.leftovers, []);
      t.match(await provider.snapshot(), { users: 0, groups: 0, pending: 0 });
    }
  });
}

void t.test('without a way to restart the provider it is skipped, and the reason names the option', async (t) => {
  const { report } = await simulate({ seed: 1, provider: mockProvider(options), run: { ...run, only: ['CKPT-01'] } });
  t.match(report.requirements, [{ id: 'CKPT-01', outcome: 'skip', reason: /--restart-command/ }]);
});

void t.test('a run that may not write does not restart the provider', async (t) => {
  const { report } = await simulate({
    seed: 1,
    restarts: 'before it goes on',
    provider: mockProvider(options),
    run: { ...run, readOnly: true, only: ['CKPT-01'] },
  });
  t.match(report.requirements, [{ id: 'CKPT-01', outcome: 'skip', reason: /--read-only/ }]);
});

void t.test('a provider that has most of its work still to do after the restart resumes', async (t) => {
  const { report } = await simulate({
    seed: 1,
    restarts: 'before it goes on',
    provider: mockProvider({ ...options, operationMillis: 40, workers: 16 }),
    run: { ...run, only: ['CKPT-01'] },
  });
  t.match(report.requirements, [{ id: 'CKPT-01', outcome: 'pass' }]);
});

for (const { name } of faults.filter(({ breaks }) => breaks.includes('CKPT-01'))) {
  void t.test(`${name} fails CKPT-01 whatever the seed`, async (t) => {
    for (const seed of [1, 2]) {
      const { report } = await simulate({
        seed,
        restarts: 'before it goes on',
        provider: mockProvider({ ...options, faults: [name] }),
        run: { ...run, only: ['CKPT-01'] },
      });
      t.match(report.requirements, [{ id: 'CKPT-01', outcome: 'fail' }], `seed ${seed}`);
    }
  });
}
