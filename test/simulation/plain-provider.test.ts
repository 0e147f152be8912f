import t from 'tap';
import { simulate } from '../harness/simulate.js';
import type { Report, RunOptions } from '../../suites/index.js';
import { mistakes, plainProvider, type Mistake } from '../providers/plain-provider.js';

t.setTimeout(1_800_000);

const run = async (
  mistake: Mistake | undefined,
  { seed = 1, ...more }: Pick<RunOptions, 'runs' | 'only'> & { seed?: number } = {},
): Promise<{ report: Report; held: number }> => {
  const { report, provider } = await simulate({
    seed,
    provider: (world) => plainProvider(world, mistake),
    run: { burst: 0, deadlineMs: 6000, ...more },
  });
  return { report, held: provider.held() };
};

const red = ({ requirements }: Report): string[] =>
  requirements.filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome)).map(({ id }) => id);

const why = ({ requirements }: Report): string =>
  JSON.stringify(
    requirements
      .filter(({ evidence }) => evidence)
      .map(({ id, evidence }) => [id, evidence?.expected, evidence?.actual, evidence?.story]),
    null,
    1,
  );

void t.test('without a mistake nothing is red, and nothing is left behind', async (t) => {
  for (const seed of [1, 2]) {
    const { report, held } = await run(undefined, { seed, runs: 3 });
    t.strictSame(red(report), [], why(report));
    t.equal(report.verdict, 'conformant');
    t.equal(held, 0);
  }
});

/** Jobs mix up their results only if other jobs run at the same time. */
const beside: Partial<Record<Mistake, readonly string[]>> = { 'shared-results': ['LIFE'] };

for (const [name, { what, violates }] of Object.entries(mistakes)) {
  void t.test(`${name}: ${what}`, async (t) => {
    const { report } = await run(name as Mistake, { only: [...violates, ...(beside[name as Mistake] ?? [])] });
    const found = red(report);
    t.strictSame(
      violates.filter((id) => !found.includes(id)),
      [],
      why(report),
    );
    t.equal(report.counts['harness-error'], 0);
  });
}
