import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { startMock, type StartOptions } from '../../../mock/index.js';
import type { Baseline, Report } from '../../../schemas/types.js';
import { runCli, targetFlags } from '../../harness/run-cli.js';

t.setTimeout(600_000);

const folder = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'scim-conformance-'));

const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, 'utf8')) as T;

/** Runs the suite against a mock of these options, and says which methods were used. */
const against = async (options: StartOptions, ...args: string[]) => {
  const methods = new Set<string>();
  const mock = await startMock({
    retryAfterSeconds: 0,
    ...options,
    seams: {
      respond: (answer, { method }) => {
        methods.add(method);
        return answer;
      },
    },
  });
  try {
    const result = await runCli([...targetFlags(mock), ...args]);
    return { ...result, methods, held: await mock.snapshot() };
  } finally {
    await mock.stop();
  }
};

void t.test('a build is gated: a failure, a baseline, a pass, and an entry that is stale', async (t) => {
  const file = path.join(await folder(), 'baseline.json');
  const only = ['--only', 'CORE-01', 'CORE-02', '--seed', '1'];
  const faults = { faults: ['201-without-location'] };
  t.equal((await against(faults, ...only)).code, 1);
  const written = await against(faults, ...only, '--write-baseline', file);
  t.match(written.stderr, /now holds 1 known failure/);
  t.match((await readJson<Baseline>(file)).known, [
    { id: 'CORE-02', outcome: 'fail', code: 'location-missing', reason: /./ },
  ]);
  const known = await against(faults, ...only, '--baseline', file);
  t.equal(known.code, 0, known.stderr);
  t.match(known.stderr, /CORE-02 [a-z-]+/);
  t.match(known.stdout, /^not ok 2 - CORE-02 .* # TODO known failure: found on /m);
  t.match(known.stdout, /^# The gate is open: /m);
  const pretty = await against(faults, ...only, '--baseline', file, '--report', 'pretty=-');
  t.match(pretty.stdout, /^gate passed, exit code 0 \(fails on must, baseline .*\)\n {2}known {4}CORE-02 [a-z-]+$/m);
  const stale = await against({}, ...only, '--baseline', file);
  t.equal(stale.code, 1);
  t.match(stale.stderr, /CORE-02/);
  t.match(stale.stdout, /^not ok 3 - baseline: CORE-02 .*\(no longer fails: remove it\)\n1\.\.3$/m);
});

void t.test('reports of every format are written whole, and nothing else', async (t) => {
  const at = await folder();
  const names = ['json', 'html', 'junit', 'markdown', 'har', 'badge', 'tap', 'pretty', 'annotations'];
  const flags = names.flatMap((name) => ['--report', `${name}=${path.join(at, name)}`]);
  const { code } = await against({ faults: ['201-without-location'] }, '--only', 'CORE-02', ...flags);
  t.equal(code, 1);
  t.strictSame(await readdir(at), [...names].sort());
  for (const name of names) {
    const again = await runCli(['report', path.join(at, 'json'), '--report', `${name}=-`]);
    t.equal(again.stdout, await readFile(path.join(at, name), 'utf8'), name);
  }
});

void t.test('two reports are compared', async (t) => {
  const at = await folder();
  const [good, bad] = [path.join(at, 'good.json'), path.join(at, 'bad.json')];
  await against({}, '--only', 'CORE-02', '--json', good);
  await against({ faults: ['201-without-location'] }, '--only', 'CORE-02', '--json', bad);
  const worse = await runCli(['diff', good, bad]);
  t.equal(worse.code, 1);
  t.match(worse.stdout, /New failures \(1\)\n {2}CORE-02 {2}pass → fail/);
  const better = await runCli(['diff', bad, good]);
  t.equal(better.code, 0);
  t.match(better.stdout, /Fixed \(1\)/);
  t.match((await runCli(['diff', good, good])).stdout, /nothing is different/);
  const gone = path.join(at, 'unreachable.json');
  const closed = await runCli(['--target', 'http://127.0.0.1:1/scim/v2', '--token', 'some-token', '--json', gone]);
  t.equal(closed.code, 3);
  t.equal((await runCli(['diff', good, gone])).code, 3, 'a run that judged nothing is no better');
  const again = await against({}, '--rerun-failed', gone);
  t.equal(again.code, 2);
  t.match(again.stderr, /judged nothing \(unreachable: /);
  const rerun = await against({ faults: ['201-without-location'] }, '--rerun-failed', bad);
  t.match(rerun.stdout, /^not ok 1 - CORE-02[^]*^1\.\.1$/m);
  const nothing = await against({}, '--rerun-failed', good);
  t.equal(nothing.code, 2);
  t.match(nothing.stderr, /nothing failed/);
});

void t.test('the parts of a run are the whole', async (t) => {
  const at = await folder();
  const selection = [
    '--suite',
    'DISC',
    '--only',
    'CORE-01',
    'CORE-02',
    'CORE-03',
    'ERR-02',
    '--seed',
    '4',
    '--runs',
    '2',
  ];
  const mock = await startMock({ retryAfterSeconds: 0, faults: ['201-without-location'] });
  t.teardown(() => mock.stop());
  const run = async (name: string, ...args: string[]): Promise<string> => {
    const file = path.join(at, name);
    await runCli([...targetFlags(mock), ...selection, ...args, '--json', file]);
    return file;
  };
  const whole = await run('whole.json');
  const parts = [await run('1.json', '--shard', '1/2'), await run('2.json', '--shard', '2/2')];
  const merged = path.join(at, 'merged.json');
  t.equal((await runCli(['merge', ...parts, '--json', merged])).code, 1);
  const outcomes = async (file: string) =>
    (await readJson<Report>(file)).requirements.map(({ id, outcome }) => [id, outcome]);
  t.strictSame(await outcomes(merged), await outcomes(whole));
  const missing = await runCli(['merge', parts[0] ?? '']);
  t.equal(missing.code, 2);
  t.match(missing.stderr, /missing: 2/);
});

void t.test('--read-only writes nothing, --max-requests is obeyed, and --dry-run only plans', async (t) => {
  const reading = await against({}, '--read-only');
  t.strictSame([...reading.methods], ['GET']);
  t.equal(reading.code, 3, 'nothing asynchronous was exercised');
  t.match(reading.stdout, /^ok \d+ - CORE-01/m);
  t.match(reading.stdout, /CORE-02 .*# SKIP .*--read-only/);
  const plan = await against({}, '--dry-run');
  t.strictSame([...plan.methods], ['GET']);
  t.match(plan.stdout, /exercises for \d+ requirements/);
  const file = path.join(await folder(), 'report.json');
  const few = await against({}, '--max-requests', '40', '--json', file);
  t.ok((await readJson<Report>(file)).traffic.exchanges <= 40);
  t.match(few.stdout, /--max-requests allows 40/);
  t.match(few.held, { users: 0, groups: 0 });
});

void t.test('clean deletes only resources with the name of the run', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const create = async (userName: string): Promise<void> => {
    const { status } = await fetch(`${mock.url}/Users`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${mock.tokens.primary}`, 'Content-Type': 'application/scim+json' },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName }),
    });
    t.equal(status, 201);
  };
  await create('scimc-1a2b3c4d-1@example.com');
  await create('scimc-1a2b3c4e-1@example.com');
  await create('somebody@example.com');
  const target = targetFlags(mock);
  const cleaned = await runCli(['clean', '--run', '1a2b3c4d', ...target]);
  t.equal(cleaned.code, 0, cleaned.stderr);
  t.match(cleaned.stdout, /1 deleted, 0 left/);
  t.match(await mock.snapshot(), { users: 2 });
  t.equal((await runCli(['clean', '--run', '', ...target])).code, 2);
});

void t.test('mistakes are reported before any request to the target', async (t) => {
  const at = await folder();
  const broken = path.join(at, 'broken.json');
  await writeFile(broken, '{"format":1}');
  const wrong: [string[], RegExp][] = [
    [['--report', 'word=x'], /formats are: /],
    [['--report', `json=${path.join(at, 'no', 'x')}`], /the folder .* does not exist/],
    [['--baseline', path.join(at, 'none.json')], /could not be read/],
    [['--baseline', broken], /«known» is missing/],
    [['--shard', '4/3', '--seed', '1'], /i\/n/],
    [['--shard', '1/3'], /needs --seed/],
    [['--shard', '1/3', '--seed', '1', '--fail-on', 'should'], /«merge»/],
    [['--max-requests', '0'], /1 or more/],
  ];
  for (const [args, message] of wrong) {
    const { code, stderr } = await runCli(['--target', 'http://127.0.0.1:9', ...args]);
    t.equal(code, 2, args.join(' '));
    t.match(stderr, message);
  }
  t.equal((await runCli(['judge', broken])).code, 2);
  t.equal((await runCli(['report', broken])).code, 2);
});
