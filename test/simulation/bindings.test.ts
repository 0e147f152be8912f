import t from 'tap';
import { urn } from '../../schemas/names.js';
import { exportJWK, generateKeyPair } from 'jose';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import { World } from '../../simulation/world.js';
import type { RunOptions } from '../../suites/index.js';
import { runSuite } from '../harness/run-suite.js';
import { simulate } from '../harness/simulate.js';
import { plainProvider } from '../providers/plain-provider.js';

t.setTimeout(1_800_000);

type Extra = Omit<RunOptions, 'target' | 'environment' | 'setPoll' | 'setPush'> & {
  readonly mock?: MockProviderOptions;
  readonly poll?: boolean;
  readonly push?: boolean;
};

/** A run against the honest mock, and outcomes by their ids. */
const run = async ({ mock: options = {}, poll = false, push = false, ...more }: Extra) => {
  const { report, provider } = await simulate({
    seed: 3,
    provider: mockProvider({ retryAfterSeconds: 0, rateLimit: false, maxOperations: 100, ...options }),
    deliveries: [...(poll ? ['poll' as const] : []), ...(push ? ['push' as const] : [])],
    run: { burst: 0, runs: 2, ...more },
  });
  const outcomes = new Map(report.requirements.map((result) => [result.id, result]));
  return { report, outcomes, snapshot: await provider.snapshot() };
};

const redIn = ({ report }: Awaited<ReturnType<typeof run>>): unknown[] =>
  report.requirements
    .filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome))
    .map(({ id, evidence, reason }) => [id, evidence?.actual ?? reason]);

for (const observe of ['result', 'poll', 'push'] as const) {
  void t.test(
    `only respond-async, observed by ${observe}: nothing fails, and every requirement is judged`,
    async (t) => {
      const made = await run({
        binding: 'respond-async',
        observe,
        poll: observe === 'poll',
        push: observe === 'push',
      });
      t.strictSame(redIn(made), []);
      t.equal(made.report.verdict, 'conformant');
      t.match(made.report.target, { bindings: { 'respond-async': 'advertised' }, observation: observe });
      for (const id of ['LIFE-01', 'LIFE-04', 'LIFE-06', 'LIFE-07', 'BULK-02', 'BULK-07', 'ERR-06', 'SEC-05', 'EVT-04'])
        t.equal(made.outcomes.get(id)?.outcome, 'pass', id);
      t.equal(made.outcomes.get('EVT-09')?.outcome, 'pass', 'the keys are those of the metadata');
      t.match(made.outcomes.get('STAT-01'), { outcome: 'skip' });
      t.match(made.outcomes.get('LIFE-02'), { outcome: 'skip', reason: /shows neither counts/ });
      t.match(
        made.outcomes.get('EVT-07'),
        observe === 'poll' ? { outcome: 'pass' } : { outcome: 'skip', reason: /--set-poll/ },
      );
      t.match(
        made.outcomes.get('EVT-08'),
        observe === 'push' ? { outcome: 'pass' } : { outcome: 'skip', reason: /--set-push/ },
      );
      t.strictSame(made.report.leftovers, []);
      t.match(made.snapshot, { users: 0, groups: 0, pending: 0 });
    },
  );
}

void t.test('only request-mode: RFC 9967 is not judged, and the report says why', async (t) => {
  const made = await run({ binding: 'request-mode', suites: ['PREF', 'STAT', 'EVT'] });
  t.strictSame(redIn(made), []);
  t.match(made.outcomes.get('PREF-02'), {
    outcome: 'skip',
    reason: 'The target does not serve the respond-async binding.',
  });
  t.equal(made.outcomes.get('STAT-01')?.outcome, 'pass');
  t.match(made.report.target?.bindingNote, /respond-async was not asked for/);
});

void t.test(
  'for a provider with only request-mode, the report says that the other binding was not found',
  async (t) => {
    const { report } = await simulate({
      seed: 1,
      provider: (world) => plainProvider(world),
      run: { only: ['STAT-01', 'PREF-02'] },
    });
    t.strictSame(report.target?.bindings, { 'request-mode': 'advertised' });
    t.match(report.target?.bindingNote, /respond-async is not advertised, and POST \/Users .* was answered 201/);
    t.match(
      report.requirements.find(({ id }) => id === 'PREF-02'),
      { outcome: 'skip', reason: 'The target does not serve the respond-async binding.' },
    );
  },
);

void t.test(
  'both bindings asked for, and one of them not there: not testable, and the report says which',
  async (t) => {
    const made = await run({ mock: { asyncRequest: 'none' }, binding: 'both', suites: ['MODE'] });
    t.match(made.report, { verdict: 'not-testable', exitCode: 3, reason: /respond-async was not found/ });
  },
);

void t.test('if completions cannot be observed, the run is not testable, whatever else passes', async (t) => {
  const options = { faults: ['202-to-a-preference-without-location'] };
  const made = await run({ mock: options, binding: 'respond-async', suites: ['ERR', 'LIFE'] });
  t.match(made.report, { verdict: 'not-testable', exitCode: 3, reason: /cannot be seen.*--set-poll/ });
});

void t.test('asyncRequest none is respected and verified', async (t) => {
  const made = await run({ mock: { asyncRequest: 'none' }, suites: ['DISC', 'PREF'] });
  t.strictSame(made.report.target?.bindings, { 'request-mode': 'advertised' });
  t.equal(made.outcomes.get('DISC-04')?.outcome, 'pass');
  t.match(made.report.target?.bindingNote, /asyncRequest is none/);
});

void t.test('asyncRequest long: the provider decides, and nothing is red', async (t) => {
  const made = await run({ mock: { asyncRequest: 'long' }, suites: ['CORE', 'DISC', 'MODE', 'PREF', 'EVT', 'LIFE'] });
  t.strictSame(redIn(made), []);
  t.match(made.outcomes.get('PREF-09'), { outcome: 'skip', reason: /the provider decides/ });
});

void t.test('events in full, and unsigned: judged as far as they go', async (t) => {
  const options = { provisioningEvents: 'full', signing: 'none' } as const;
  const made = await run({ mock: options, suites: ['EVT'], binding: 'respond-async', poll: true, push: true });
  t.strictSame(redIn(made), []);
  t.equal(made.outcomes.get('EVT-06')?.outcome, 'pass');
  t.match(made.outcomes.get('EVT-09'), { outcome: 'skip', reason: 'Its algorithm is none.' });
});

void t.test(
  'a stream full of the events of others is refused, and the next run finds its own as the first did',
  async (t) => {
    const world = new World(1);
    await world.clock.run(async () => {
      const provider = await mockProvider({ retryAfterSeconds: 0, rateLimit: false, operationMillis: 0 })(world);
      const { target, pollUrl: setPoll = '', handle } = provider;
      const environment = world.environment(handle);
      const again = () => runSuite({ target, seed: 1, only: ['EVT-07'], burst: 0, setPoll, environment });
      for (const report of [await again(), await again()]) t.equal(report.requirements[0]?.outcome, 'pass');
      for (let count = 0; count < 1100; count += 1) {
        await handle({
          method: 'POST',
          url: `${target.baseUrl}/Users`,
          headers: [
            ['Host', '127.0.0.1'],
            ['Authorization', `Bearer ${target.token ?? ''}`],
            ['Content-Type', 'application/scim+json'],
          ],
          body: JSON.stringify({ schemas: [urn.user], userName: `other-${count}@example.com` }),
          signal: new AbortController().signal,
        });
      }
      await t.rejects(again(), { name: 'SelectionError', code: 'event-stream-full' });
      await provider.stop();
    });
  },
);

void t.test('keys that are given are the ones that count', async (t) => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwks = { keys: [await exportJWK(publicKey)] };
  const made = await run({ jwks, only: ['EVT-09'], binding: 'respond-async' });
  t.match(made.outcomes.get('EVT-09'), { outcome: 'fail', evidence: { expected: /the JWK Set that was given/ } });
});

void t.test('a failure over respond-async is replayed by its path', async (t) => {
  const options = { faults: ['txn-counts-from-one'] };
  const first = (await run({ mock: options, only: ['EVT-03'] })).outcomes.get('EVT-03');
  t.match(first, { outcome: 'fail', evidence: { code: 'counted-from-one' } });
  const path = first?.evidence?.path ?? '';
  t.match(path, /^[a-z-]+@respond-async\/\d/);
  const again = (await run({ mock: options, only: ['EVT-03'], path })).outcomes.get('EVT-03');
  t.equal(again?.outcome, 'fail');
  t.equal(again?.evidence?.path, path);
});
