import t from 'tap';
import { faults } from '../../../mock/index.js';
import { formats } from '../../../reports/formats.js';
import { defaultProfile, select } from '../../../suites/index.js';
import { runCli } from '../../harness/run-cli.js';

const { requirements } = defaultProfile;

t.jobs = 4;
t.setTimeout(120_000);

/** The completions for these words of a command line. */
const completed = async (words: readonly string[], shell = '/bin/bash'): Promise<string[]> => {
  const { code, stdout, stderr } = await runCli(['--get-yargs-completions', 'scim-conformance', ...words], {
    env: { SHELL: shell },
    // The mock, which knows the faults, is loaded late.
    isAlone: words.includes('--fault'),
  });
  if (code !== 0 || stderr !== '') throw new Error(`exit code ${code}: ${stderr}`);
  return stdout.split('\n').slice(0, -1);
};

const ids = requirements.map(({ id }) => id);

const cases: { words: string[]; expected: string[] }[] = [
  { words: ['m'], expected: ['merge', 'mock'] },
  { words: ['--ta'], expected: ['--target', '--tap'] },
  { words: ['--only', 'STAT-1'], expected: ids.filter((id) => id.startsWith('STAT-1')) },
  { words: ['--only', 'CORE-01', 'acc'], expected: [...ids.filter((id) => id.startsWith('ACC')), 'ACC'] },
  { words: ['--target', 'http://127.0.0.1:9/scim', '--suite', 'S'], expected: ['STAT', 'SEC'] },
  { words: ['list', '--suite', 'BU'], expected: ['BULK'] },
  { words: ['--report', 'j'], expected: ['json=', 'junit='] },
  { words: ['--report', 'json=x', ''], expected: Object.keys(formats).map((name) => `${name}=`) },
  { words: ['explain', 'ERR-1'], expected: ['ERR-10'] },
  { words: ['explain', ''], expected: ids },
  {
    words: ['mock', '--fault', '201-w'],
    expected: faults.map(({ name }) => name).filter((name) => name.startsWith('201-w')),
  },
  { words: ['self-test', '--fault', ''], expected: faults.map(({ name }) => name) },
  { words: ['--binding', 're'], expected: ['request-mode', 'respond-async'] },
  { words: ['mock', '--signing', ''], expected: ['ES256', 'EdDSA', 'none'] },
  { words: ['demo', '--bu'], expected: ['--burst'] },
  // A target file is not read while a line is typed, and a file is completed by the shell.
  { words: ['--config', '/there/is/none.json', '--dead'], expected: ['--deadline'] },
  { words: ['demo', '--config', '/there/is/none.json', '--dead'], expected: ['--deadline'] },
  { words: ['--baseline', ''], expected: [] },
  { words: ['report', ''], expected: [] },
  { words: ['--only', 'NOPE'], expected: [] },
];

for (const { words, expected } of cases) {
  void t.test(`scim-conformance ${words.join(' ')}«TAB»`, async (t) => {
    t.strictSame(await completed(words), expected);
  });
}

void t.test('an empty line is completed to the commands, each once', async (t) => {
  const commands = await completed(['']);
  for (const command of ['demo', 'explain', 'mock', 'report', 'completion']) t.equal(commands.includes(command), true);
  t.equal(new Set(commands).size, commands.length);
  t.equal(
    commands.some((command) => /^[-$]/.test(command)),
    false,
  );
});

void t.test('zsh also gets a description of each flag', async (t) => {
  t.strictSame(await completed(['--see'], '/bin/zsh'), [
    '--seed:Seed of all random choices; every run prints its seed',
  ]);
});

void t.test('the script asks the tool, in bash and in zsh', async (t) => {
  for (const [shell, sign] of [
    ['/bin/bash', /^complete .* scim-conformance$/m],
    ['/usr/bin/zsh', /^#compdef scim-conformance$/m],
  ] as const) {
    const { code, stdout, stderr } = await runCli(['completion'], { env: { SHELL: shell } });
    t.equal(code, 0, stderr);
    t.match(stdout, sign);
    t.match(stdout, /scim-conformance --get-yargs-completions/);
  }
});

void t.test('a group that is completed for --only is taken there', (t) => {
  const selected = select({ suites: [], only: ['acc', 'CORE-02'] }).map(({ id }) => id);
  t.strictSame(selected, ['CORE-02', ...ids.filter((id) => id.startsWith('ACC-'))]);
  t.end();
});
