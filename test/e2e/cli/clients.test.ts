import { readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { startMock } from '../../../mock/index.js';
import type { Report } from '../../../schemas/types.js';
import { runCli } from '../../harness/run-cli.js';

t.setTimeout(600_000);

const mock = await startMock({ retryAfterSeconds: 0, rateLimit: false });
t.teardown(() => mock.stop());

const target = ['--target', mock.url, '--token', mock.tokens.primary, '--only', 'CORE-01'];

void t.test('--clients reports what works, and --require-clients fails the run', async (t) => {
  const file = (name: string): string => path.join(t.testdir(), name);
  const [json, trace] = [file('run.json'), file('run.ndjson')];
  const told = await runCli([...target, '--clients', 'entra', 'OneLogin', '--json', json, '--trace', trace]);
  t.equal(told.code, 0);
  const { clients = [], gate } = JSON.parse(readFileSync(json, 'utf8')) as Report;
  t.strictSame([...new Set(clients.map(({ client }) => client))], ['entra', 'onelogin']);
  t.equal(gate, undefined);
  const demanded = await runCli([...target, '--clients=entra', '--require-clients']);
  t.equal(demanded.code, 1);
  t.match(demanded.stderr, /--require-clients: .*the shape disable-with-a-string of entra .* is refused \(400\)/);
  t.equal((await runCli([...target, '--clients', 'onelogin', '--require-clients'])).code, 0);
  t.equal((await runCli(['judge', trace, '--require-clients'])).code, 1);
  t.equal((await runCli(['judge', trace])).code, 0);
});

void t.test('parts of a run make one table', async (t) => {
  const folder = t.testdir();
  const parts = [1, 2].map((index) => path.join(folder, `${index}.json`));
  const options = ['--clients', 'okta', '--seed', '1'];
  for (const [index, part] of parts.entries())
    await runCli([...target, ...options, '--shard', `${index + 1}/2`, '--json', part]);
  const whole = path.join(folder, 'whole.json');
  t.equal((await runCli(['merge', ...parts, '--json', whole])).code, 0);
  const { clients = [] } = JSON.parse(readFileSync(whole, 'utf8')) as Report;
  t.strictSame([clients.length, clients.filter(({ outcome }) => outcome === 'not-tried').length], [12, 0]);
});

void t.test('a dry run names what it would send', async (t) => {
  const { stdout } = await runCli([...target, '--clients', 'okta', '--dry-run']);
  t.match(stdout, /12 × client-okta: sends requests as Okta does/);
});
