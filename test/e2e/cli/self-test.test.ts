import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { faults } from '../../../mock/index.js';
import { runCli } from '../../harness/run-cli.js';

t.jobs = 2;
t.setTimeout(300_000);

void t.test('mock --list-faults shows every fault with what it breaks', async (t) => {
  const { code, stdout } = await runCli(['mock', '--list-faults']);
  t.equal(code, 0);
  const lines = stdout.trimEnd().split('\n');
  t.equal(lines.length, faults.length);
  for (const { name, breaks } of faults) {
    t.ok(
      lines.some((line) => line.startsWith(`${name} `) && line.includes(breaks.join(', '))),
      name,
    );
  }
});

void t.test('mock --fault prints its faults', async (t) => {
  const { stdout } = await runCli(['mock', '--quiet', '--fault', '202-without-a-body', '--fault', 'short-ids'], {
    onOutput: (text, child) => {
      if (text.includes('Test it with')) child.kill('SIGINT');
    },
  });
  t.match(stdout, /It has these faults on purpose: 202-without-a-body, short-ids\n/);
});

void t.test('self-test prints, and writes, what it killed; exit code 0', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'scim-conformance-'));
  const [json, table] = [path.join(folder, 'matrix.json'), path.join(folder, 'matrix.md')];
  const args = [
    'self-test',
    '--fault',
    '202-without-a-body,short-ids',
    '--clean',
    '1',
    '--json',
    json,
    '--table',
    table,
  ];
  const { code, stdout, stderr } = await runCli(args, { isAlone: true });
  t.equal(code, 0, `${stdout}${stderr}`);
  t.match(
    stdout,
    /^2 of 2 faults killed without collateral, in 1 seed each; the longest counter-example has \d lines\n/,
  );
  t.match(stdout, /the honest mock: nothing red in 1 seed\n/);
  t.match(stderr, /3 of 3 trials, last: /);
  const matrix = JSON.parse(await readFile(json, 'utf8')) as { faults: unknown };
  t.match(matrix.faults, [
    { name: '202-without-a-body', breaks: ['ACC-03'], missed: [], collateral: [] },
    { name: 'short-ids', breaks: ['SEC-05'], missed: [], collateral: [] },
  ]);
  t.match(await readFile(table, 'utf8'), /\| `short-ids` \| random ids of 32 bits \| SEC-05 \| – \| – \|/);
});
