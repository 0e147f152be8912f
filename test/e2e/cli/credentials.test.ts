import { readFileSync } from 'node:fs';
import path from 'node:path';
import t, { type Test } from 'tap';
import { startMock } from '../../../mock/index.js';
import { startTokenEndpoint, tokenAnswer, type TokenAnswer } from '../../providers/token-endpoint.js';
import { runCli } from '../../harness/run-cli.js';

t.jobs = 4;
t.setTimeout(120_000);

const url = 'http://127.0.0.1:9/scim/v2';

const env = { CLIENT_SECRET: 'top-secret' };

/** A target file whose token comes from this endpoint. */
const fileOf = (t: Test, tokenUrl: string, others: Readonly<Record<string, unknown>> = {}): string => {
  const primary = { oauth: { tokenUrl, clientId: 'suite', clientSecretEnv: 'CLIENT_SECRET' } };
  const content = { target: url, credentials: { primary }, only: ['SEC-01'], runs: 1, burst: 0, ...others };
  return path.join(t.testdir({ 'target.json': JSON.stringify(content) }), 'target.json');
};

const endpointOf = async (t: Test, answer: () => TokenAnswer) => {
  const endpoint = await startTokenEndpoint(answer);
  t.teardown(() => endpoint.stop());
  return endpoint;
};

void t.test('a run lets itself in at a token endpoint, and writes no secret anywhere', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const { url: tokenUrl, requests } = await endpointOf(t, () => tokenAnswer(mock.tokens.primary));
  const reports = { har: 'out.har', markdown: 'out.md' };
  const file = fileOf(t, tokenUrl, { target: mock.url, json: 'out.json', trace: 'out.ndjson', reports });
  const { code, stdout, stderr } = await runCli(['--config', file], { env: { ...env, SCIM_TOKEN: 'another' } });
  t.equal(code, 0, stderr);
  t.equal(requests.length, 1);
  const written = ['out.json', 'out.ndjson', ...Object.values(reports)].map((name) =>
    readFileSync(path.join(path.dirname(file), name), 'utf8'),
  );
  t.match(written[1], /^{"type":"run"/);
  for (const text of [stdout, stderr, ...written]) {
    t.notOk(text.includes('top-secret'));
    t.notOk(text.includes(mock.tokens.primary));
  }
});

void t.test('a token on the command line takes the place of the token endpoint', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const file = fileOf(t, 'http://127.0.0.1:9/token', { target: mock.url });
  const { code, stderr } = await runCli(['--config', file, '--token', mock.tokens.primary]);
  t.equal(code, 0, stderr);
});

void t.test('a token endpoint that refuses the client is a mistake of usage', async (t) => {
  const answer = { status: 400, body: { error: 'invalid_scope', error_description: 'top-secret may not' } };
  const { url: tokenUrl } = await endpointOf(t, () => answer);
  for (const args of [[], ['--dry-run']]) {
    const { code, stdout, stderr } = await runCli(['--config', fileOf(t, tokenUrl), ...args], { env });
    t.equal(code, 2);
    t.notMatch(stdout, /not ok/);
    t.match(stderr, /gave no token: invalid_scope \(\{\{primary\}\} may not\), with status 400\. Check clientId/);
    t.notMatch(stderr, /top-secret|\n {4}at /, 'no secret, no stack trace');
  }
});

void t.test('a token endpoint that does not answer leaves nothing to judge', async (t) => {
  const { code, stderr } = await runCli(['--config', fileOf(t, 'http://127.0.0.1:9/token')], { env });
  t.equal(code, 3);
  t.match(stderr, /The token endpoint http:\/\/127\.0\.0\.1:9\/token could not be reached: nothing listens there/);
});

void t.test('a field is given with --header, or with --public-header if it is no credential', async (t) => {
  const seen: (string | undefined)[][] = [];
  const mock = await startMock({
    retryAfterSeconds: 0,
    seams: {
      respond: (answer, request) => {
        seen.push(['Authorization', 'X-Anything', 'X-Tenant'].map((name) => request.field(name)));
        return answer;
      },
    },
  });
  t.teardown(() => mock.stop());
  const trace = path.join(t.testdir(), 'trace');
  const args = ['--target', mock.url, '--token', mock.tokens.primary, '--second-token', mock.tokens.second];
  const fields = ['--header', 'X-Anything: not-to-be-seen', '--public-header', 'X-Tenant: acme'];
  const { code, stderr } = await runCli([...args, ...fields, '--only', 'DISC-03', '--read-only', '--trace', trace]);
  t.equal(code, 3, stderr);
  t.strictSame(seen[0], [`Bearer ${mock.tokens.primary}`, 'not-to-be-seen', 'acme']);
  t.strictSame(
    seen.find(([authorization]) => authorization === `Bearer ${mock.tokens.second}`),
    [`Bearer ${mock.tokens.second}`, undefined, 'acme'],
  );
  t.match(readFileSync(trace, 'utf8'), /"guardedFields":\["X-Anything"\]/);
  t.notMatch(readFileSync(trace, 'utf8'), /not-to-be-seen/);
  const both = await runCli([...args, '--header', 'x-tenant: acme', '--public-header', 'X-Tenant: acme']);
  t.equal(both.code, 2);
  t.match(both.stderr, /X-Tenant is given with --header and with --public-header/);
});
