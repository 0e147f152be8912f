import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import t, { type Test } from 'tap';
import { startMock } from '../../../mock/index.js';
import type { Report } from '../../../suites/index.js';
import { runCli } from '../../harness/run-cli.js';

t.jobs = 4;
t.setTimeout(120_000);

const url = 'http://127.0.0.1:9/scim/v2';

/** Writes a separate target file for a test. */
const fileOf = (t: Test, content: unknown, others: Record<string, string> = {}): string => {
  const folder = t.testdir({
    'target.json': typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    ...others,
  });
  return path.join(folder, 'target.json');
};

void t.test('a run with only a target file is the same as a run with the flags', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const file = fileOf(
    t,
    {
      target: mock.url,
      credentials: { primary: { tokenEnv: 'MY_TOKEN' }, second: { tokenFile: 'second.token' } },
      headers: { 'X-Tenant': 'acme', 'X-Door': { env: 'DOOR' } },
      only: ['STAT-01', 'SEC-03'],
      seed: 11,
      runs: 2,
      timeoutSeconds: 7,
      deadlineSeconds: 20,
      concurrency: 3,
      burst: 0,
      binding: 'request-mode',
      json: 'out.json',
      trace: 'trace.ndjson',
      maxRequests: 5000,
      failOn: 'should',
    },
    { 'second.token': `${mock.tokens.second}\n` },
  );
  const env = { MY_TOKEN: mock.tokens.primary, SCIM_TOKEN: 'another', DOOR: '<~>' };
  const { code, stderr } = await runCli(['--config', file], { env });
  t.match(stderr, /^The gate is open: .*\n$/);
  t.equal(code, 0);
  const report = JSON.parse(readFileSync(path.join(path.dirname(file), 'out.json'), 'utf8')) as unknown;
  const trace = readFileSync(path.join(path.dirname(file), 'trace.ndjson'), 'utf8');
  t.match(trace, /^{"type":"run"/);
  t.match(trace, /\["X-Tenant","\{\{header\}\}"\]/);
  t.match(trace, /\["X-Door","\{\{primary\}\}"\]/);
  t.notOk(trace.includes('<~>'), 'what is named by reference is a secret, however short');
  t.match(report, {
    verdict: 'conformant',
    settings: {
      target: mock.url,
      targetFile: file,
      only: ['STAT-01', 'SEC-03'],
      seed: 11,
      runs: 2,
      timeoutMs: 7000,
      deadlineMs: 20_000,
      concurrency: 3,
      burst: 0,
      binding: 'request-mode',
      maxRequests: 5000,
    },
    target: { authenticated: true, secondCredential: true },
    requirements: [
      { id: 'STAT-01', outcome: 'pass' },
      { id: 'SEC-03', outcome: 'pass' },
    ],
  });
});

void t.test('flags win over the file, and a header takes the place of the one of its name', async (t) => {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const file = fileOf(t, {
    target: url,
    credentials: { primary: { tokenEnv: 'NOT_SET' } },
    headers: { 'X-Tenant': 'acme', 'X-Stage': 'test', 'X-Key': { env: 'KEY' } },
    only: ['CORE-01'],
    seed: 11,
  });
  const own = ['--target', `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`, '--token', 'my-token'];
  const args = ['--config', file, ...own, '--only', 'DISC-03', '--header', 'x-tenant: other'];
  const { code, stdout, stderr } = await runCli(args, { env: { KEY: 'the-secret-key' } });
  t.equal(code, 3);
  t.match(stderr, /401: the target does not accept the credential/);
  t.match(seen[0], {
    authorization: 'Bearer my-token',
    'x-tenant': 'other',
    'x-stage': 'test',
    'x-key': 'the-secret-key',
  });
  t.notMatch(stdout + stderr, /my-token|the-secret-key/);
});

void t.test('an Authorization of the file is not replaced by SCIM_TOKEN of the environment', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const file = fileOf(t, {
    target: mock.url,
    headers: { Authorization: { env: 'BASIC' } },
    only: ['SEC-01', 'CORE-01'],
  });
  const env = { BASIC: `Bearer ${mock.tokens.primary}`, SCIM_TOKEN: 'another' };
  const { code, stdout } = await runCli(['--config', file], { env });
  t.equal(code, 0, stdout);
  t.match(stdout, /ok \d+ - SEC-01/);
});

void t.test('a selection on the command line replaces the selection of the file', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0, faults: ['201-without-location'] });
  t.teardown(() => mock.stop());
  const file = fileOf(
    t,
    { target: mock.url, suites: ['DISC'], only: ['CORE-01'], seed: 11, runs: 1, burst: 0, baseline: 'known.json' },
    { 'known.json': JSON.stringify({ format: 1, known: [] }) },
  );
  const env = { SCIM_TOKEN: mock.tokens.primary };
  const report = path.join(path.dirname(file), 'out.json');
  const judgedBy = async (...args: string[]) => {
    const { stderr } = await runCli(['--config', file, ...args, '--json', report], { env });
    t.notMatch(stderr, /«scim-conformance --help»/);
    const { requirements, settings } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    return { ids: requirements.map(({ id }) => id), seed: settings.seed };
  };
  t.strictSame((await judgedBy('--only', 'CORE-02', '--seed', '5')).ids, ['CORE-02']);
  t.strictSame(await judgedBy('--rerun-failed', report), { ids: ['CORE-02'], seed: 5 });
  t.strictSame((await judgedBy('--shard', '1/2', '--seed', '5', '--only', 'CORE-01')).ids, ['CORE-01']);
  t.strictSame((await judgedBy()).ids, ['CORE-01', 'DISC-01', 'DISC-02', 'DISC-03', 'DISC-04']);
});

const wrong: { name: string; content: unknown; says: RegExp; env?: Record<string, string> }[] = [
  {
    name: 'no JSON at all',
    content: 'target: x',
    says: /target\.json is not JSON: line 1, column 1: this is not a JSON value/,
  },
  {
    name: 'a comma too many',
    content: `{\n  "target": "${url}",\n}`,
    says: /is not JSON: line 3, column 1: the name of a member, in double quotes, was expected after the comma\.\n/,
  },
  {
    name: 'a value left out',
    content: '{"a": 1,\n "target":}',
    says: /is not JSON: line 2, column 11: a value was expected\./,
  },
  { name: 'an end too early', content: '{"target"', says: /is not JSON: line 1, column 10: a colon was expected\./ },
  {
    name: 'a byte order mark',
    content: `\ufeff{"target": "${url}"}`,
    says: /is not JSON: line 1, column 1: a byte order mark/,
  },
  {
    name: 'several mistakes at a time',
    content: { target: 'host', runs: 0, speed: 1, binding: 'all' },
    says: /is not a valid target file:\n(.*\n)*? {2}\/target: should be of the form uri\n(.*\n)*? {2}\/runs: must be >= 1/,
  },
  {
    name: 'a token in the file',
    content: { target: url, credentials: { primary: { token: 'top-secret' } } },
    says: /\/credentials\/primary: «token» is not known here\nA target file must not contain secrets\. Name the environment variable \(tokenEnv, clientSecretEnv\)/,
  },
  {
    name: 'a credential among the headers',
    content: { target: url, headers: { 'X-Api-Key': 'top-secret' } },
    says: /\/headers\/X-Api-Key: looks like a credential, .* write \{ "env": "NAME" \} or \{ "file": "PATH" \}/,
  },
  {
    name: 'an environment variable that is not set',
    content: { target: url, credentials: { second: { tokenEnv: 'NOT_SET' } } },
    says: /the environment variable NOT_SET, which credentials\.second\.tokenEnv of .*target\.json names, is missing or empty/,
  },
  {
    name: 'a file that is not there',
    content: { target: url, headers: { 'X-Key': { file: 'nowhere.key' } } },
    says: /nowhere\.key, which headers\.X-Key of .*target\.json names, could not be read: ENOENT/,
  },
  {
    name: 'a header of two lines',
    content: { target: url, headers: { 'X-Key': { env: 'KEY' } } },
    env: { KEY: 'top-secret\nX-Other: 1' },
    says: /the value that headers\.X-Key of .*target\.json refers to contains characters that a header field must not contain/,
  },
  {
    name: 'a requirement that there is not',
    content: { target: url, only: ['STAT-99'] },
    says: /There is no requirement «STAT-99»/,
  },
  {
    name: 'a feature that there is not',
    content: { target: url, features: ['undo'] },
    says: /\/features\/0: should be one of "idempotency", "statusToken",/,
  },
  {
    name: 'a push URL without a port',
    content: { target: url, setPushUrl: 'https://me/push' },
    says: /--set-push-url needs --set-push PORT/,
  },
];

for (const { name, content, says, env = {} } of wrong) {
  void t.test(`a target file with ${name} is a usage error with a clear message`, async (t) => {
    const { code, stdout, stderr } = await runCli(['--config', fileOf(t, content)], { env });
    t.equal(code, 2);
    t.equal(stdout, '');
    t.match(stderr, says);
    t.notMatch(stderr, /top-secret/, 'no secret');
    t.notMatch(stderr, /\n {4}at /, 'no stack trace');
  });
}

void t.test('a target file that is not there is a mistake of usage', async (t) => {
  const { code, stderr } = await runCli(['--config', 'nowhere.json']);
  t.equal(code, 2);
  t.match(stderr, /--config .*nowhere\.json could not be read: ENOENT/);
});
