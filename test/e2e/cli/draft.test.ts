import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { runCli } from '../../harness/run-cli.js';

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
