import t from 'tap';
import type { Report, RunOptions } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';
import { describedProvider, mistakes, type Mistake } from '../providers/described-provider.js';

t.setTimeout(600_000);

const run = async (
  mistake: Mistake | undefined,
  { seed = 1, ...more }: Pick<RunOptions, 'only' | 'onEvent'> & { seed?: number } = {},
): Promise<{ report: Report; held: number }> => {
  const { report, provider } = await simulate({
    seed,
    provider: (world) => describedProvider(world, mistake),
    run: { burst: 0, runs: 3, scope: 'sync', ...more },
  });
  return { report, held: provider.held() };
};

const red = ({ requirements }: Report): string[] =>
  requirements.filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome)).map(({ id }) => id);

const why = ({ requirements }: Report): string =>
  JSON.stringify(
    requirements
      .filter(({ evidence }) => evidence)
      .map(({ id, evidence }) => [id, evidence?.code, evidence?.expected, evidence?.actual, evidence?.story]),
    null,
    1,
  );

void t.test('resource types of its own, and nothing red; each is written, and nothing is left behind', async (t) => {
  for (const seed of [1, 2, 3]) {
    const created = new Set<string>();
    const { report, held } = await run(undefined, {
      seed,
      onEvent: (event) => {
        if (event.type !== 'exercised') return;
        for (const entry of event.trace.entries)
          if (entry.type === 'exchange' && entry.request.method === 'POST' && entry.response?.status === 201)
            created.add(new URL(entry.request.url).pathname);
      },
    });
    t.strictSame(red(report), [], why(report));
    t.equal(report.verdict, 'conformant');
    t.strictSame([...created].sort(), ['/scim/Devices', '/scim/Users']);
    t.equal(held, 0);
    t.strictSame(report.target?.inventedAttributes, ['urn:example:params:scim:schemas:1.0:Badge:office']);
    for (const id of ['CORE-16', 'CORE-18'])
      t.equal(report.requirements.find((each) => each.id === id)?.outcome, 'pass', id);
  }
});

for (const [name, { what, violates }] of Object.entries(mistakes)) {
  void t.test(`${name}: ${what}`, async (t) => {
    const { report } = await run(name as Mistake, { only: [...violates] });
    t.strictSame(red(report), [...violates], why(report));
  });
}
