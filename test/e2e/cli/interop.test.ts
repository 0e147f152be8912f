import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { runCli } from '../../harness/run-cli.js';
import { found, reportOf, result } from '../../unit/reports/sample-report.js';

void t.test('interop: reports are named by the user or by their files, and no two alike', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'scim-conformance-'));
  const [one, other] = [path.join(folder, 'one.json'), path.join(folder, 'other.json')];
  await writeFile(one, JSON.stringify(reportOf([result('ACC-01', 'pass')])));
  await writeFile(other, JSON.stringify(reportOf([found('ACC-01', 'fail')])));
  const compared = await runCli(['interop', `First 1.0=${one}`, other]);
  t.equal(compared.code, 0, compared.stderr);
  t.match(compared.stdout, '### Implementations differ (1)\n\n|  | requirement | source | First 1.0 | other |\n');
  const status = await runCli(['interop', one, '--format', 'rfc7942']);
  t.match(status.stdout, /^# Implementation Status\n[^]*\n## one\n/);
  const twice = await runCli(['interop', one, `one=${other}`]);
  t.equal(twice.code, 2);
  t.match(twice.stderr, /two implementations have the name one/);
  t.equal((await runCli(['interop', 'there-is-none.json'])).code, 2);
});
