import { readFileSync } from 'node:fs';
import t from 'tap';
import { flagsOfFile } from '../../../bin/target-file/file-flags.js';
import { formats } from '../../../reports/formats.js';
import { loadSchema } from '../../../schemas/load.js';
import type { TargetFile } from '../../../schemas/types.js';
import { features } from '../../../suites/index.js';
import { runCli } from '../../harness/run-cli.js';

t.setTimeout(60_000);

const { valid } = JSON.parse(
  readFileSync(new URL('../../contract/schemas/examples/files/target.json', import.meta.url), 'utf8'),
) as { valid: { title: string; value: TargetFile }[] };

const whole = valid.find(({ title }) => title === 'all that flags can say')?.value ?? { target: 'none' };

const { properties } = loadSchema('files/target') as {
  properties: Record<string, unknown> & {
    features: { items: { enum: unknown } };
    reports: { properties: Record<string, unknown> };
  };
};

/** Members that stand for no option: secrets are on no command line, certificates go with one target, and templates are too long. */
const noOptions = ['$schema', 'credentials', 'headers', 'tls', 'resources'];

/** Options that no file says, and why. */
const notInFiles: Readonly<Record<string, string>> = {
  help: 'runs nothing',
  version: 'runs nothing',
  profile: 'says what is demanded, and not what the target is',
  config: 'names the file',
  token: 'credentials.primary says where it is',
  'token-file': 'is credentials.primary.tokenFile',
  'second-token': 'credentials.second says where it is',
  header: 'is a member of headers',
  'public-header': 'is a member of headers',
  'dry-run': 'is about this once',
  events: 'is about who watches this run',
  'rerun-failed': 'is about one run before this one',
  path: 'is about one failure',
  shard: 'differs from part to part of one run',
  'write-baseline': 'would write it with every run',
  tap: 'is about where standard output goes this time',
  color: 'is about this terminal',
};

void t.test('a target file gives values to options, and its paths are relative to the file', (t) => {
  t.strictSame(flagsOfFile(whole, '/etc/scim/target.json'), {
    target: 'https://host/scim/v2',
    insecure: false,
    suite: ['CORE'],
    only: ['STAT-03'],
    scope: 'all',
    binding: 'both',
    serves: ['respond-async'],
    feature: ['cancel', 'statusToken'],
    observe: 'poll',
    'set-poll': 'https://host/events/poll',
    'set-push': 0,
    'set-push-url': 'https://me/push',
    'webhook-port': 0,
    'webhook-url': 'https://me/hooks',
    'restart-command': 'systemctl restart scim',
    jwks: '/etc/scim/keys.json',
    seed: 7,
    runs: 3,
    'max-time': 90,
    timeout: 2.5,
    deadline: 30,
    concurrency: 4,
    burst: 0,
    'read-only': true,
    'max-requests': 5000,
    'max-rps': 10.5,
    report: ['markdown=-', 'junit=/etc/scim/out/junit.xml'],
    json: '/etc/scim/out/report.json',
    trace: '/etc/scim/out/trace.ndjson',
    baseline: '/etc/scim/known.json',
    'fail-on': 'should',
    clients: ['entra'],
    'require-clients': true,
  });
  t.end();
});

void t.test('every member of the schema is an option or a known exception', (t) => {
  const said = Object.keys(flagsOfFile(whole, '/f')).length;
  const standForNone = Object.keys(properties).filter(
    (name) => Object.keys(flagsOfFile({ ...whole, [name]: undefined }, '/f')).length === said,
  );
  t.strictSame(standForNone, noOptions);
  t.end();
});

void t.test('every option of a run can be said in a file or is known to make no sense there', async (t) => {
  const { stdout } = await runCli(['--help']);
  const options = [...stdout.matchAll(/^ +--([a-z-]+)/gm)].map(([, name]) => name);
  const known = [...Object.keys(flagsOfFile(whole, '/f')), ...Object.keys(notInFiles)];
  t.strictSame(options.toSorted(), known.toSorted());
});

void t.test('every feature of the catalogue can be said in a file', (t) => {
  t.strictSame(properties.features.items.enum, features);
  t.end();
});

void t.test('every format of a report can be said in a file', (t) => {
  t.strictSame(Object.keys(properties.reports.properties).toSorted(), Object.keys(formats).toSorted());
  t.end();
});
