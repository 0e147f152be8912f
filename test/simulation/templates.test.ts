import t from 'tap';
import { urn } from '../../schemas/names.js';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import type { Report, TargetDescription } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';
import { demanding } from '../providers/demanding-mock.js';

t.setTimeout(1_800_000);

const resources = {
  user: {
    title: 'Tester',
    externalId: 'x-{{unique}}',
    name: { middleName: 'M.' },
    [urn.enterpriseUser]: { employeeNumber: '{{unique}}', department: 'Quality of {{userName}}' },
  },
  group: { externalId: 'g-{{unique}}' },
};

const run = async (options: MockProviderOptions, target: Partial<TargetDescription>, seed: number): Promise<Report> => {
  const { report, provider } = await simulate({
    seed,
    provider: mockProvider({ retryAfterSeconds: 0, statusTokenSeconds: 3, rateLimit: false, ...options }),
    target,
    deliveries: ['poll', 'push'],
    run: { runs: 1, burst: 0 },
  });
  t.match(await provider.snapshot(), { users: 0, groups: 0, pending: 0 });
  return report;
};

const red = ({ requirements }: Report): unknown[] =>
  requirements
    .filter(({ outcome }) => ['fail', 'warning', 'harness-error', 'inconclusive'].includes(outcome))
    .filter(({ id }) => !id.startsWith('RATE-'))
    .map(({ id, outcome, reason, evidence }) => [id, outcome, reason, evidence?.expected, evidence?.actual]);

void t.test('with a template, the honest mock is as conformant as without', async (t) => {
  const report = await run({}, { resources }, 1);
  t.strictSame(red(report), []);
  t.equal(report.verdict, 'conformant');
});

void t.test('a provider that demands more is conformant with a template', async (t) => {
  const report = await run(demanding, { resources }, 2);
  t.strictSame(red(report), []);
  t.equal(report.verdict, 'conformant');
  t.equal(report.target?.inventedAttributes, undefined);
});

void t.test('without a template, the run sends what /Schemas demands with values of its own', async (t) => {
  const report = await run(demanding, {}, 2);
  t.strictSame(red(report), []);
  t.equal(report.verdict, 'conformant');
  t.strictSame(report.target?.inventedAttributes, [
    `${urn.enterpriseUser}:employeeNumber`,
    `${urn.enterpriseUser}:department`,
    'externalId',
  ]);
});
