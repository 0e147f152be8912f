import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { startMock } from '../../../mock/index.js';
import type { ProfileFile, Report } from '../../../schemas/types.js';
import { runCli, targetFlags } from '../../harness/run-cli.js';

t.setTimeout(180_000);

const things = fileURLToPath(new URL('../../../docs/examples/overlay/things.json', import.meta.url));

const reportIn = (file: string): Report => JSON.parse(readFileSync(file, 'utf8')) as Report;

/** The example with only the expression of THING-03 that is given, in a file of its own. */
const fileWith = (folder: string, expression: string): string => {
  const file = JSON.parse(readFileSync(things, 'utf8')) as ProfileFile;
  const [declared] = (file.requirements ?? []).filter(({ id }) => id === 'THING-03');
  const changed = { ...declared, rule: { kind: 'exchange', expression } };
  const name = path.join(folder, 'changed.json');
  writeFileSync(name, JSON.stringify({ ...file, requirements: [changed] }, null, 2));
  return name;
};

void t.test('list and explain show what a profile file declares and retires', async (t) => {
  const { stdout } = await runCli(['list', '--profile', things]);
  t.match(stdout, /^THING-01 MUST {3}the body of a 202 is a status with an id$/m);
  t.match(stdout, /^STAT-08 {2}retired: the draft leaves the path of the status open\n$/m);
  const explained = await runCli(['explain', 'thing-03', '--profile', things]);
  t.match(explained.stdout, /- rule-broken: /);
  t.match(explained.stdout, `--only THING-03 --profile ${things}\n`);
  const retired = await runCli(['explain', 'STAT-08', '--profile', things]);
  t.equal(retired.code, 2);
  t.match(retired.stderr, 'retires STAT-08: the draft leaves the path of the status open');
});

void t.test(
  'a run fails by what a profile file declares, and its trace is judged by file and by version',
  async (t) => {
    const mock = await startMock({ retryAfterSeconds: 0 });
    t.teardown(() => mock.stop());
    const folder = t.testdir();
    const at = (name: string): string => path.join(folder, name);
    const wrong = fileWith(folder, 'response.headers.location = "elsewhere"');
    const flags = [...targetFlags(mock), '--seed', '1', '--path', 'resource-lifecycle/0', '--scope', 'sync'];
    const failed = await runCli([...flags, '--profile', wrong, '--json', at('run.json'), '--trace', at('run.ndjson')]);
    t.equal(failed.code, 1, failed.stderr);
    const report = reportIn(at('run.json'));
    t.match(report, { profile: 'draft-example-scim-things-02 (base 1.1)', settings: { profileFile: wrong } });
    t.match(
      report.requirements.find(({ id }) => id === 'THING-03'),
      { outcome: 'fail', evidence: { code: 'rule-broken' } },
    );
    t.match(failed.stdout, `--profile ${wrong}`, 'the command to repeat it names the file');

    const unnamed = await runCli(['judge', at('run.ndjson')]);
    t.equal(unnamed.code, 2);
    t.match(unnamed.stderr, 'is in a file: name the file with --profile');
    t.equal((await runCli(['judge', at('run.ndjson'), '--profile', wrong, '--json', at('again.json')])).code, 1);
    t.strictSame(reportIn(at('again.json')), report);
    t.equal((await runCli(['judge', at('run.ndjson'), '--profile', things, '--json', at('right.json')])).code, 0);
    t.equal((await runCli(['judge', at('run.ndjson'), '--profile', '1.1', '--json', at('base.json')])).code, 0);
    const base = reportIn(at('base.json'));
    t.equal(base.settings.profileFile, undefined);
    t.equal(
      base.requirements.some(({ id }) => id === 'THING-03'),
      false,
    );

    const changes = await runCli(['diff', at('base.json'), at('run.json')]);
    t.equal(changes.code, 1, 'a new failure');
    t.match(changes.stdout, /New failures \(1\)\n {2}THING-03/);

    const known = at('known.json');
    await runCli(['judge', at('run.ndjson'), '--profile', wrong, '--write-baseline', known]);
    t.equal((await runCli(['judge', at('run.ndjson'), '--profile', wrong, '--baseline', known])).code, 0);
  },
);

void t.test('a mistake in a profile file is named with its place; exit code 2', async (t) => {
  const file = fileWith(t.testdir(), 'response.');
  const { code, stderr } = await runCli(['list', '--profile', file]);
  t.equal(code, 2);
  t.match(
    stderr,
    /changed\.json is no profile file \(bad-rule\):\n {2}line \d+, column \d+ \(\/requirements\/0\/rule\/expression\): /,
  );
  const missing = await runCli(['mock', '--profile', './none.json']);
  t.equal(missing.code, 2);
  t.match(missing.stderr, '--profile ./none.json could not be read');
});

void t.test('self-test leaves out faults of what is retired, and says what is declared', async (t) => {
  const some = ['self-test', '--profile', things, '--clean', '0', '--quick', '--fault'];
  const { code, stdout, stderr } = await runCli([...some, 'retry-after-not-a-number'], { isAlone: true });
  t.equal(code, 0, `${stdout}${stderr}`);
  t.match(stdout, '1 of 1 faults killed');
  t.match(stdout, 'declared by the profile file, without a fault: THING-01, THING-02, THING-03, THING-04\n');
  const retired = await runCli([...some, 'status-under-another-path']);
  t.equal(retired.code, 2);
  t.match(retired.stderr, 'these faults break nothing that the profile judges');
});
