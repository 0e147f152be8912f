import t from 'tap';
import { jsonReport } from '../../reports/json.js';
import { traceLines } from '../../reports/trace.js';
import type { ClientShape } from '../../schemas/types.js';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import { judgeRecording, readRecording, type RunOptions } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(600_000);

const clients = ['entra', 'okta', 'onelogin', 'pingfederate'];

const run = async (mock: MockProviderOptions = {}, options: Omit<RunOptions, 'target'> = {}) => {
  const lines: string[] = [];
  const { report, provider } = await simulate({
    seed: 1,
    provider: mockProvider({ retryAfterSeconds: 0, rateLimit: false, ...mock }),
    run: { only: ['CORE-01'], clients, onEvent: (event) => lines.push(traceLines(event)), ...options },
  });
  return { report, provider, recording: lines.join('') };
};

const rowOf = (rows: readonly ClientShape[] = [], name: string): ClientShape | undefined =>
  rows.find(({ client, shape }) => `${client} ${shape}` === name);

/** What the mock may refuse: strings that are no booleans, and a filter that is not in the grammar of RFC 7644 §3.4.2.2. */
const open = ['entra disable-with-a-string', 'entra find-by-work-email', 'okta rename-group'];

void t.test('the mock takes every shape that the RFCs permit, and nothing is left', async (t) => {
  const { report, provider } = await run();
  t.strictSame([...new Set(report.clients?.map(({ client }) => client))], clients);
  const failing = report.clients?.filter(({ outcome }) => outcome !== 'works') ?? [];
  t.strictSame(
    failing
      .filter(({ client, shape }) => !open.includes(`${client} ${shape}`))
      .map(({ shape, reason }) => [shape, reason]),
    [],
  );
  t.match(rowOf(report.clients, 'entra disable-with-a-string'), { outcome: 'refused', status: 400 });
  t.strictSame(report.leftovers, []);
  t.match(await provider.snapshot(), { users: 0, groups: 0 });
});

void t.test('without --clients nothing more is sent, and with it verdict and results are the same', async (t) => {
  const [without, withThem] = [await run({}, { clients: [] }), await run()];
  t.equal(without.report.clients, undefined);
  t.equal(without.recording.includes('client-'), false);
  t.match(withThem.report, { verdict: without.report.verdict, exitCode: 0, counts: without.report.counts });
  t.equal(withThem.report.gate, undefined);
});

void t.test('a success that changes nothing is ignored, and only by the shape that it concerns', async (t) => {
  const { report } = await run({ faults: ['deactivation-ignored'] });
  t.match(rowOf(report.clients, 'entra disable-with-a-boolean'), {
    outcome: 'ignored',
    reason: 'active is true, not false',
  });
  t.match(rowOf(report.clients, 'okta deactivate-by-patch'), { outcome: 'works' });
});

void t.test('a removal that takes all members is wrong, and shows its exchanges', async (t) => {
  const { report } = await run({ faults: ['member-remove-empties-the-group'] });
  const row = rowOf(report.clients, 'entra remove-member-by-path');
  t.match(row, { outcome: 'wrong', path: /^client-entra\/\d+$/ });
  t.strictSame(
    row?.exchanges?.map(({ request }) => request.method),
    ['GET', 'PATCH', 'GET'],
  );
});

void t.test('what is not advertised is not tried, and says why', async (t) => {
  const { report } = await run({ faults: ['config-without-patch'] });
  t.match(rowOf(report.clients, 'okta deactivate-by-patch'), {
    outcome: 'not-tried',
    reason: 'No ServiceProviderConfig advertises patch.',
  });
  t.match(rowOf(report.clients, 'okta deactivate-by-put'), { outcome: 'works' });
  const reading = await run({}, { readOnly: true });
  t.equal(
    reading.report.clients?.every(({ outcome, reason }) => outcome === 'not-tried' && reason?.includes('--read-only')),
    true,
  );
});

void t.test('a recording shows the same table, and --require-clients may be asked of it later', async (t) => {
  const { report, recording } = await run({ faults: ['deactivation-ignored'] });
  t.equal(jsonReport(await judgeRecording(readRecording(recording))), jsonReport(report));
  const demanded = await judgeRecording(readRecording(recording), { gate: { requireClients: true } });
  t.match(demanded, { exitCode: 1, verdict: report.verdict });
  t.match(
    demanded.gate?.reason,
    /--require-clients: .*the shape disable-with-a-boolean of entra .* is ignored \(200\)/,
  );
});

void t.test('an unknown client is refused before anything is sent', async (t) => {
  await t.rejects(run({}, { clients: ['nobody'] }), { code: 'unknown-client', message: /entra, okta/ });
});
