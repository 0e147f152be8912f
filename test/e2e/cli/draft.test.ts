import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { runCli, targetFlags } from '../../harness/run-cli.js';

t.setTimeout(300_000);

const write = async (text: string): Promise<string> => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'scim-conformance-')), 'draft.md');
  await writeFile(file, text);
  return file;
};

void t.test('draft check: findings go to standard output or a file, and the exit code tells', async (t) => {
  const wrong = await write('# One\n\n~~~\n{ "a": 1, }\n~~~\n');
  const shown = await runCli(['draft', 'check', wrong]);
  t.equal(shown.code, 1);
  t.match(shown.stdout, `${wrong}:4  Section 1  json-invalid\n`);
  const output = `${wrong}.json`;
  const written = await runCli(['draft', 'check', wrong, '--format', 'json', '--output', output]);
  t.equal(written.code, 1);
  t.equal(written.stdout, '');
  t.match(JSON.parse(await readFile(output, 'utf8')), { findings: [{ code: 'json-invalid', line: 4 }] });
  t.equal((await runCli(['draft', 'check', await write('# One\n\n~~~\n{ "a": 1 }\n~~~\n')])).code, 0);
  t.equal((await runCli(['draft', 'check', await write('# One\n\nProse.\n')])).code, 3);
});

void t.test('draft check: a file that cannot be read is a mistake of the user', async (t) => {
  const missing = await runCli(['draft', 'check', 'there-is-none.md']);
  t.equal(missing.code, 2);
  t.match(missing.stderr, /the draft there-is-none\.md could not be read: ENOENT/);
  const broken = await runCli(['draft', 'check', await write('<?xml version="1.0"?><rfc><t></rfc>')]);
  t.equal(broken.code, 2);
  t.match(broken.stderr, /could not be read: it is not well-formed XML/);
  t.equal((await runCli(['draft'])).code, 2);
});

void t.test('draft requirements: a map is made, reviewed and compared', async (t) => {
  const draft = await write('# One\n\nIt MUST answer.\n\nIt MAY wait.\n');
  const map = `${draft}.map.json`;
  const about = ['draft', 'requirements', draft, '--map', map];
  const missing = await runCli(about);
  t.equal(missing.code, 2);
  t.match(missing.stderr, /does not exist: add --write to make it/);
  const unnamed = await runCli([...about, '--write']);
  t.equal(unnamed.code, 2);
  t.match(unnamed.stderr, /--cites is needed for a new map/);
  const written = await runCli([...about, '--write', '--cites', 'draft-of-nobody']);
  t.equal(written.code, 1);
  t.match(
    written.stdout,
    /Sentences that no requirement tests \(1\)\n {2}must-[0-9a-f]{8} line 3, Section 1: It MUST answer\./,
  );
  const made = JSON.parse(await readFile(map, 'utf8')) as { sentences: { requirements: string[] }[] };
  t.equal(made.sentences.length, 2);
  made.sentences[0]?.requirements.push('ACC-01');
  await writeFile(map, JSON.stringify(made));
  const compared = await runCli(about);
  t.equal(compared.code, 0);
  t.equal(compared.stdout, '2 normative sentences, 0 points to review.\n');
  await writeFile(draft, '# One\n\nIt SHOULD answer.\n');
  const next = await runCli([...about, '--write']);
  t.equal(next.code, 1, 'what was taken over is to be reviewed');
  t.match(next.stdout, /^Requirements of another level[^]*\nRemoved from the map, [^\n]* \(1\)\n {2}may-/);
  t.match(JSON.parse(await readFile(map, 'utf8')), {
    sentences: [{ id: /^should-/, requirements: ['ACC-01'], was: /^must-/ }],
  });
  await writeFile(draft, '# One\n\nProse.\n');
  const before = await readFile(map, 'utf8');
  t.equal((await runCli([...about, '--write'])).code, 1);
  t.equal(await readFile(map, 'utf8'), before, 'a text without normative sentences is the wrong file');
});

void t.test('draft diff: exit code 1 if a normative sentence is different', async (t) => {
  const [old, recent] = [await write('# One\n\nIt MAY answer.\n'), await write('# One\n\nIt MUST answer.\n')];
  const different = await runCli(['draft', 'diff', old, recent]);
  t.equal(different.code, 1);
  t.match(different.stdout, /^Stricter \(1\)\n {2}MAY → MUST/);
  const same = await runCli(['draft', 'diff', old, old]);
  t.equal(same.code, 0);
  t.equal(same.stdout, 'No normative sentence is different.\n');
});

void t.test('draft diff: a recorded provider is judged by the profiles of both texts', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0, faults: ['password-shown'] });
  t.teardown(() => mock.stop());
  const [old, recent] = [await write('# One\n\nIt MAY answer.\n'), await write('# One\n\nIt MUST answer.\n')];
  const trace = `${recent}.ndjson`;
  const recorded = ['--suite', 'CORE', '--scope', 'sync', '--burst', '0', '--trace', trace];
  t.equal((await runCli([...targetFlags(mock), ...recorded])).code, 1);
  const diff = ['draft', 'diff', old, recent, '--trace', trace];
  const both = await runCli([...diff, '--old-profile', '1.0', '--new-profile', '1.1', '--format', 'json']);
  t.equal(both.code, 1, both.stderr);
  const { providers } = JSON.parse(both.stdout) as { providers: { outcomes: { id: string }[] }[] };
  t.match(providers, [{ trace, before: { profile: '1.0' }, after: { profile: '1.1', verdict: 'non-conformant' } }]);
  t.equal(providers[0]?.outcomes.length, 1, 'what is new and passes is no change for the provider');
  t.match(providers[0]?.outcomes[0], {
    id: 'CORE-11',
    after: 'fail',
    why: ['1.1 has it new', /^expected no `password` in any answer, but /],
  });
  const same = await runCli([...diff.with(3, old), '--new-profile', '1.1']);
  t.equal(same.code, 0);
  t.match(same.stdout, 'Every requirement has the same outcome.');
  const unnamed = await runCli(diff);
  t.equal(unnamed.code, 2);
  t.match(unnamed.stderr, /new-profile/);
});
