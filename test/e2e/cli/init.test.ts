import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t, { type Test } from 'tap';
import { schemaReference } from '../../../bin/target-file/compose-target-file.js';
import { startMock, type StartOptions } from '../../../mock/index.js';
import { schemaId, schemaPath } from '../../../schemas/load.js';
import { urn } from '../../../schemas/names.js';
import { demanding } from '../../providers/demanding-mock.js';
import { runCli } from '../../harness/run-cli.js';

t.jobs = 4;
t.setTimeout(120_000);

const fileIn = async (name = 'target.json') => path.join(await mkdtemp(path.join(tmpdir(), 'scim-init-')), name);

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const budgets = {
  runs: 5,
  maxTimeSeconds: 300,
  timeoutSeconds: 10,
  deadlineSeconds: 60,
  concurrency: 8,
  burst: 1500,
};

const start = async (t: Test, options: StartOptions = {}) => {
  const methods = new Set<string>();
  const mock = await startMock({
    retryAfterSeconds: 0,
    ...options,
    seams: {
      ...options.seams,
      respond: (answer, request, ports) => {
        methods.add(request.method);
        return options.seams?.respond?.(answer, request, ports) ?? answer;
      },
    },
  });
  t.teardown(() => mock.stop());
  return { ...mock, methods };
};

void t.test('a target is described as it is found, without a secret, and a run needs nothing else', async (t) => {
  const mock = await start(t);
  const file = await fileIn();
  const headers = [
    '--public-header',
    'X-Tenant: acme',
    '--header',
    'X-Stage: beta',
    '--header',
    'X-Api-Key: k3y',
    '--header',
    `X-Id: ${'a1'.repeat(12)}`,
  ];
  const secrets = ['--token', mock.tokens.primary, '--second-token', mock.tokens.second];
  const made = await runCli(['init', mock.url, ...secrets, ...headers, '--output', file]);
  t.equal(made.code, 0, made.stderr);
  t.strictSame([...mock.methods], ['GET'], 'nothing is written to the target');
  t.strictSame(readJson(file), {
    $schema: schemaId('files/target'),
    target: mock.url,
    credentials: { primary: { tokenEnv: 'SCIM_TOKEN' }, second: { tokenEnv: 'SCIM_SECOND_TOKEN' } },
    headers: {
      'X-Stage': { env: 'SCIM_X_STAGE' },
      'X-Api-Key': { env: 'SCIM_X_API_KEY' },
      'X-Id': { env: 'SCIM_X_ID' },
      'X-Tenant': { public: 'acme' },
    },
    serves: ['request-mode', 'respond-async'],
    ...budgets,
  });
  const text = readFileSync(file, 'utf8') + made.stdout + made.stderr;
  for (const secret of [mock.tokens.primary, mock.tokens.second, 'k3y', 'a1a1', 'beta']) t.notOk(text.includes(secret));
  t.match(
    made.stdout,
    /export SCIM_TOKEN=….*\n.*export SCIM_SECOND_TOKEN=….*\n.*export SCIM_X_STAGE=….*\n.*export SCIM_X_API_KEY=…/,
  );
  t.match(made.stdout, new RegExp(`scim-conformance --config ${file} --dry-run`));

  const env = {
    SCIM_TOKEN: mock.tokens.primary,
    SCIM_SECOND_TOKEN: mock.tokens.second,
    SCIM_X_API_KEY: 'k3y',
    SCIM_X_ID: 'x',
    SCIM_X_STAGE: 'beta',
  };
  const planned = await runCli(['--config', file, '--dry-run'], { env });
  t.equal(planned.code, 0, planned.stderr);
  t.match(planned.stdout, /\d+ exercises for \d{2,} requirements/);
});

void t.test('an existing file is overwritten only on request', async (t) => {
  const mock = await start(t);
  const file = await fileIn();
  writeFileSync(file, 'precious');
  const tokenFile = await fileIn('secret.token');
  writeFileSync(tokenFile, mock.tokens.primary);
  const args = ['init', mock.url, '--token-file', tokenFile, '--output', file];
  const refused = await runCli(args);
  t.equal(refused.code, 2);
  t.match(refused.stderr, /target\.json already exists: name another file with --output, or overwrite it with --force/);
  t.equal(readFileSync(file, 'utf8'), 'precious');
  t.strictSame([...mock.methods], [], 'and nothing was asked');
  const forced = await runCli([...args, '--force']);
  t.equal(forced.code, 0, forced.stderr);
  t.match(readJson(file), {
    credentials: { primary: { tokenFile: path.relative(path.dirname(file), tokenFile) } },
  });
  t.notMatch(forced.stdout, /export/, 'nothing is left to be set');
});

void t.test('attributes that the target’s schemas demand become a template that it accepts', async (t) => {
  const mock = await start(t, demanding);
  const file = await fileIn();
  const env = { SCIM_TOKEN: mock.tokens.primary };
  const made = await runCli(['init', mock.url, '--output', file], { env });
  t.equal(made.code, 0, made.stderr);
  t.match(readJson(file), {
    resources: {
      user: { [urn.enterpriseUser]: { employeeNumber: '{{unique}}', department: 'Conformance' } },
      group: { externalId: '{{unique}}' },
    },
  });
  t.match(made.stdout, /demand urn:\S+:User:employeeNumber, \S+:department, externalId\. The values .* are invented/);
  const only = ['--only', 'CORE-02', 'MODE-01', '--runs', '1', '--burst', '0'];
  const run = await runCli(['--config', file, ...only], { env });
  t.equal(run.code, 0, run.stdout + run.stderr);
});

void t.test('to standard output goes the file and nothing else', async (t) => {
  const silent: StartOptions = {
    seams: {
      respond: (answer, { path: asked }) =>
        asked === '/ServiceProviderConfig'
          ? { ...answer, body: { schemas: [urn.serviceProviderConfig], patch: { supported: true } } }
          : answer,
    },
  };
  const mock = await start(t, silent);
  const { code, stdout, stderr } = await runCli(['init', mock.url, '--token', mock.tokens.primary, '--output', '-']);
  t.equal(code, 0, stderr);
  t.strictSame(JSON.parse(stdout), {
    $schema: './schemas/files/target.json',
    target: mock.url,
    credentials: { primary: { tokenEnv: 'SCIM_TOKEN' } },
    ...budgets,
  });
  t.match(stderr, /no asynchronous binding is advertised \(.*\)\. A run tries both\. .* "serves": \["request-mode"\]/);
});

void t.test('without a provider, or without access to it, no file is written', async (t) => {
  const page = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
  });
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
  t.teardown(() => page.close());
  const mock = await start(t);
  for (const [url, says] of [
    ['http://127.0.0.1:9/scim/v2', /could not be reached: nothing listens there/],
    [`http://127.0.0.1:${(page.address() as AddressInfo).port}/scim/v2`, /was answered 200 with an HTML page/],
    [mock.url, /401: the target wants a credential\. Give one with --token/],
  ] as const) {
    const file = await fileIn();
    const { code, stdout, stderr } = await runCli(['init', url, '--output', file]);
    t.equal(code, 3);
    t.equal(stdout, '');
    t.match(stderr, says);
    t.notOk(existsSync(file));
  }
});

void t.test('usage errors are reported', async (t) => {
  for (const [args, says] of [
    [['init'], /Not enough non-option arguments/],
    [['init', 'host'], /«host» is not an http or https URL/],
    [['init', 'http://127.0.0.1:9/scim', '--output', '/nowhere/at/all.json'], /the folder \/nowhere\/at/],
  ] as const) {
    const { code, stderr } = await runCli(args);
    t.equal(code, 2);
    t.match(stderr, says);
  }
});

void t.test('the schema is named by its path within the project, and by its own name elsewhere', (t) => {
  const installed = '/work/node_modules/scim-conformance/schemas/files/target.json';
  t.equal(schemaReference('/work', installed), './node_modules/scim-conformance/schemas/files/target.json');
  t.equal(schemaReference('/work/ci/a', installed), '../../node_modules/scim-conformance/schemas/files/target.json');
  t.equal(schemaReference('/other', installed), schemaId('files/target'));
  const root = path.resolve(path.dirname(schemaPath('files/target')), '../..');
  t.equal(schemaReference(root), './schemas/files/target.json');
  t.end();
});
