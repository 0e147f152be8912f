/** The worked example of docs/drafts.md: its commands, as they stand there, do what it says. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { readProfile } from '../../../suites/index.js';
import { runCli } from '../../harness/run-cli.js';

t.setTimeout(300_000);

const profileFile = 'docs/examples/draft/job-status-01.profile.json';

/** The arguments of each command that begins so, in the order of the page. */
const commandsOf = (name: string): string[][] =>
  [
    ...readFileSync('docs/drafts.md', 'utf8')
      .replaceAll(' \\\n', ' ')
      .matchAll(/^scim-conformance (.+)$/gm),
  ]
    .map(([, command = '']) => command.trim().split(/\s+/))
    .filter((args) => args.join(' ').startsWith(name) && args.some((arg) => arg.startsWith('docs/examples/draft/')));

void t.test('the examples of both versions are right, each in the names of its profile', async (t) => {
  const checks = commandsOf('draft check');
  t.equal(checks.length, 2);
  for (const args of checks) t.equal((await runCli(args)).stdout, '0 findings in 2 HTTP messages and 2 bodies.\n');
});

void t.test('the map of the older version is complete', async (t) => {
  const [args = []] = commandsOf('draft requirements');
  t.match(await runCli(args), { code: 0, stdout: '8 normative sentences, 0 points to review.\n' });
});

void t.test('the profile retires one requirement and has two new ones', async (t) => {
  const [args = []] = commandsOf('list');
  const { stdout } = await runCli(args);
  t.match(stdout, /^JOB-01 .*a 202 has a RateLimit/m);
  t.match(stdout, /^JOB-02 /m);
});

void t.test('the versions differ in five sentences, and each provider passes by one profile only', async (t) => {
  const [alone = [], recorded = []] = commandsOf('draft diff');
  const texts = await runCli(alone);
  t.match(
    texts.stdout,
    /^Stricter \(2\)\n[^]*\nNew \(2\)\n[^]*\nGone \(1\)\n[^]*\n5 normative sentences are different\.\n$/,
  );
  const { stdout } = await runCli(recorded);
  const name = readProfile(readFileSync(profileFile, 'utf8')).version;
  t.match(stdout, `provider-of-00.ndjson: conformant by 1.1 → non-conformant by ${name}\n`);
  t.match(stdout, `provider-of-01.ndjson: non-conformant by 1.1 → conformant by ${name}\n`);
  t.match(stdout, '  STAT-08 is retired: the draft leaves the path to the provider\n');
  t.match(stdout, /STAT-01 pass → fail: .*\n {4}expected a valid status resource, but «counts» is missing\n/);
});

void t.test('a mock of the new profile conforms to it, and one of the older profile does not', async (t) => {
  const { wire = {} } = readProfile(readFileSync(profileFile, 'utf8'));
  for (const [options, code] of [
    [{ wire }, 0],
    [{}, 1],
  ] as const) {
    const mock = await startMock({ retryAfterSeconds: 0, ...options });
    t.teardown(() => mock.stop());
    const selection = [
      '--binding',
      'request-mode',
      '--only',
      'MODE-01',
      'MODE-05',
      'ACC-01',
      'ACC-02',
      'STAT-01',
      '--burst',
      '0',
    ];
    const args = ['--target', mock.url, '--profile', profileFile, ...selection];
    t.equal((await runCli(args, { env: { SCIM_TOKEN: mock.tokens.primary } })).code, code);
  }
});

void t.test('a recording is judged by another profile as far as that has what the run tested', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const folder = t.testdir();
  const file = (name: string): string => `${folder}/${name}`;
  const judged = async (...only: string[]) => {
    const trace = file(`${only.join('-')}.ndjson`);
    const target = ['--target', mock.url, '--binding', 'request-mode', '--burst', '0', '--trace', trace];
    await runCli([...target, '--only', ...only], { env: { SCIM_TOKEN: mock.tokens.primary } });
    return runCli(['judge', trace, '--profile', profileFile, '--tap']);
  };
  const both = await judged('ACC-06', 'STAT-08');
  t.equal(both.code, 0);
  t.match(both.stdout, /^ok 1 - ACC-06 .*\n1\.\.1$/m);
  const none = await judged('STAT-08');
  t.equal(none.code, 2);
  t.match(none.stderr, /Profile .* retires STAT-08: the draft leaves the path to the provider\./);
});
