import { readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { runCli, targetFlags } from '../../harness/run-cli.js';

const profileIn = (file: string): unknown => (JSON.parse(readFileSync(file, 'utf8')) as { profile?: unknown }).profile;

void t.test('a run is judged by the profile that is asked for, and its trace by the profile of the run', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const folder = t.testdir();
  const at = (name: string): string => path.join(folder, name);
  const run = (...args: string[]) => runCli([...targetFlags(mock), '--only', 'CORE-01', '--seed', '1', ...args]);
  await run('--json', at('usual.json'));
  t.equal(profileIn(at('usual.json')), '1.1');
  await run('--profile', '1.0', '--json', at('old.json'), '--trace', at('old.ndjson'));
  t.equal(profileIn(at('old.json')), '1.0');
  await runCli(['judge', at('old.ndjson'), '--json', at('judged.json')]);
  t.equal(readFileSync(at('judged.json'), 'utf8'), readFileSync(at('old.json'), 'utf8'));
  await runCli(['judge', at('old.ndjson'), '--profile', '1.1', '--json', at('newer.json')]);
  t.equal(profileIn(at('newer.json')), '1.1');
});

void t.test('an unknown profile is refused, and the message lists the known ones', async (t) => {
  const { code, stderr } = await runCli(['--target', 'http://127.0.0.1:1', '--profile', '7']);
  t.equal(code, 2);
  t.match(stderr, /there is no profile 7: .* 1\.0, 1\.1/);
});
