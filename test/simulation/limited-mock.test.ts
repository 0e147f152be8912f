import { readFileSync } from 'node:fs';
import t from 'tap';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import type { Report, RunOptions } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(1_800_000);

const example = JSON.parse(
  readFileSync(new URL('../../docs/examples/mock-security.json', import.meta.url), 'utf8'),
) as { policy: NonNullable<MockProviderOptions['policy']> };

/** Both clients have all scopes that the policy of the example names, so that every request is checked and allowed. */
const everything = ['scim.read', 'scim.write', 'scim.events', 'scim.roles', 'scim.costs'];
const clients: MockProviderOptions['clients'] = [
  { name: 'primary', token: 'the-token-of-the-first', scopes: everything, amr: ['mfa'] },
  { name: 'second', token: 'the-token-of-the-second', scopes: everything, amr: ['mfa'] },
];

const { rules } = example.policy;
const policy: MockProviderOptions['policy'] = {
  ...example.policy,
  // The suite registers webhooks and sends messages, too.
  rules: [...rules, { paths: ['/integration/**'], scopes: ['scim.write'] }],
};

const run = async (options: MockProviderOptions, more: Partial<RunOptions> = {}): Promise<Report> => {
  const { report } = await simulate({
    seed: 1,
    provider: mockProvider({ retryAfterSeconds: 0, clients, policy, ...options }),
    deliveries: ['poll', 'push', 'webhook'],
    run: { runs: 2, ...more },
  });
  return report;
};

const red = ({ requirements }: Report) =>
  requirements
    .filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome))
    .map(({ id, evidence }) => [id, evidence?.code, evidence?.expected, evidence?.actual]);

void t.test('scopes, several limits and an adaptive one turn nothing red', async (t) => {
  const report = await run({ concurrentRequests: 1000, dailyQuota: 1_000_000, adaptiveLimit: {} });
  t.strictSame(red(report), []);
  t.equal(report.verdict, 'conformant', report.reason);
  t.strictSame(report.leftovers, []);
});

void t.test('nor does a limit of requests in progress that refuses many of them', async (t) => {
  const throttled = { count: 0 };
  const report = await run(
    { concurrentRequests: 3, dailyQuota: 1_000_000 },
    {
      suites: ['CORE', 'ACC', 'STAT', 'BULK', 'RATE'],
      burst: 200,
      onEvent: (event) => {
        const entries = event.type === 'exercised' ? event.trace.entries : [];
        throttled.count += entries.filter(
          (entry) => entry.type === 'exchange' && entry.response?.status === 429,
        ).length;
      },
    },
  );
  t.strictSame(red(report), []);
  t.equal(report.verdict, 'conformant', report.reason);
  t.ok(throttled.count > 10, `${throttled.count} were throttled`);
});
