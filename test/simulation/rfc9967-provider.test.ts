import t from 'tap';
import { simulate } from '../harness/simulate.js';
import type { Report } from '../../suites/index.js';
import { deviationNames, rfc9967Provider, type Deviation } from '../providers/rfc9967-provider.js';

t.setTimeout(1_800_000);

/** What the suite finds of each deviation: its own ids, and no other. */
const found: Readonly<Record<Deviation, readonly string[]>> = {
  'accepts-before-authentication': ['SEC-01', 'SEC-02'],
  // Nothing that was accepted with a body is done, and what waits for its end is answered 500.
  'body-lost': ['LIFE-06', 'BULK-01', 'BULK-03', 'BULK-05', 'ERR-03', 'ERR-06', 'ERR-07', 'ERR-09', 'PREF-01'],
  'path-leak': ['ERR-08'],
  'async-request-under-extension': ['DISC-03'],
  'first-prefer-line-only': ['PREF-01'],
  // Its results come without tokens: RFC 9967 does not define their form.
  'numeric-status': [],
  'no-set-txn': ['PREF-03'],
  '202-with-body': ['PREF-02'],
  'no-preference-applied': ['PREF-04'],
  // What is done within the wait is answered like a synchronous create.
  'no-location-on-201': ['CORE-02', 'PREF-01'],
  // In a bulk request, too, what should fail succeeds.
  'delete-unknown-204': ['BULK-01', 'ERR-07'],
  'invented-scimtype': ['ERR-05'],
};

const run = async (deviations: readonly Deviation[]): Promise<Report> => {
  const { report } = await simulate({
    seed: 1,
    provider: (world) => rfc9967Provider(world, { deviations }),
    run: { burst: 0, deadlineMs: 10_000, runs: 2 },
  });
  return report;
};

const red = (report: Report): string[] =>
  report.requirements
    .filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome))
    .map(({ id }) => id);

void t.test('a provider with only RFC 9967: open points are ambiguous, and nothing fails', async (t) => {
  const report = await run([]);
  t.strictSame(red(report), []);
  t.equal(report.verdict, 'conformant');
  t.match(report.target, { bindings: { 'respond-async': 'advertised' }, observation: 'result' });
  t.match(report.target?.bindingNote, /request-mode is not advertised, and POST \/Users .* was answered 201/);
  const outcomeOf = (id: string) => report.requirements.find((result) => result.id === id);
  t.match(outcomeOf('PREF-05'), { outcome: 'ambiguous', reason: /answers 404/ });
  t.match(outcomeOf('PREF-05')?.reason, /without a token/);
  t.match(outcomeOf('STAT-01'), { outcome: 'skip', reason: /does not serve the request-mode binding/ });
  t.match(outcomeOf('EVT-01'), { outcome: 'skip', reason: /No security event token was seen/ });
  for (const id of ['LIFE-01', 'LIFE-04', 'BULK-01', 'BULK-02', 'ERR-06', 'EVT-05', 'PREF-03'])
    t.equal(outcomeOf(id)?.outcome, 'pass', id);
  t.strictSame(report.leftovers, []);
});

for (const name of deviationNames) {
  void t.test(`${name}: found under its own ids`, async (t) => {
    const report = await run([name]);
    t.strictSame(red(report), found[name]);
    t.strictSame(report.leftovers, []);
  });
}

void t.test('all of them together: the run goes to its end, and finds them all', async (t) => {
  const report = await run(deviationNames);
  const ids = red(report);
  t.strictSame(
    [...new Set(Object.values(found).flat())].filter((id) => !ids.includes(id)),
    [],
  );
  t.equal(report.verdict, 'non-conformant');
});
