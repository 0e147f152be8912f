import t, { type Test } from 'tap';
import { startMock } from '../../mock/index.js';
import { traceLines } from '../../reports/trace.js';
import { createTokenSource } from '../../suites/access/token-source.js';
import { BodyBudget } from '../../suites/client/body-budget.js';
import { Vault } from '../../suites/redaction/vault.js';
import { systemClock } from '../../suites/client/system-clock.js';
import { createUndiciTransport } from '../../suites/client/undici-transport.js';
import { SelectionError, type OAuthClient } from '../../suites/index.js';
import { runSuite } from '../harness/run-suite.js';
import { secretsOf } from '../../suites/provider/secrets.js';
import { startTokenEndpoint, tokenAnswer, type TokenAnswer, type TokenRequest } from '../providers/token-endpoint.js';
import { NoAccessToken } from '../../suites/errors/errors.js';

t.setTimeout(120_000);

const clientSecret = 's3cr3t/with:odd signs';

const endpointOf = async (t: Test, answer: (request: TokenRequest) => TokenAnswer) => {
  const endpoint = await startTokenEndpoint(answer);
  t.teardown(() => endpoint.stop());
  return endpoint;
};

const clientOf = (tokenUrl: string, others: Partial<OAuthClient> = {}): OAuthClient => ({
  tokenUrl,
  clientId: 'suite',
  clientSecret,
  ...others,
});

/** Base64 of what RFC 6749 §2.3.1 makes of the two. */
const basic = `Basic ${Buffer.from('suite:s3cr3t%2Fwith%3Aodd+signs').toString('base64')}`;

void t.test('a run fetches one token for each client, and shows neither them nor the secrets', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const { url, requests } = await endpointOf(t, ({ fields }) =>
    tokenAnswer(fields.client_id === 'other' ? mock.tokens.second : mock.tokens.primary, { expires_in: 3600 }),
  );
  const lines: string[] = [];
  const report = await runSuite({
    target: {
      baseUrl: mock.url,
      oauth: {
        primary: clientOf(url, { scope: 'scim.read scim.write' }),
        second: clientOf(url, {
          clientId: 'other',
          clientSecret: 'other-secret',
          clientAuthentication: 'post',
          audience: 'https://host',
          parameters: { resource: 'urn:scim' },
        }),
      },
    },
    only: ['SEC-01', 'SEC-02', 'SEC-03'],
    burst: 0,
    onEvent: (event) => lines.push(traceLines(event)),
  });
  t.match(report, { verdict: 'conformant', target: { authenticated: true, secondCredential: true } }, report.reason);
  t.strictSame(
    report.requirements.map(({ id, outcome }) => `${id} ${outcome}`),
    ['SEC-01 pass', 'SEC-02 pass', 'SEC-03 pass'],
  );
  t.strictSame(requests, [
    {
      authorization: basic,
      fields: { grant_type: 'client_credentials', scope: 'scim.read scim.write' },
    },
    {
      authorization: undefined,
      fields: {
        grant_type: 'client_credentials',
        resource: 'urn:scim',
        audience: 'https://host',
        client_id: 'other',
        client_secret: 'other-secret',
      },
    },
  ]);
  const trace = lines.join('');
  t.match(trace, /"credential":"second"/);
  const told = JSON.stringify(report) + trace;
  for (const secret of [clientSecret, 'other-secret', mock.tokens.primary, mock.tokens.second, basic.slice(6)])
    t.notOk(told.includes(secret), 'no secret in the report or the trace');
});

void t.test('a token is shared, renewed before it ends, and good until then', async (t) => {
  let made = 0;
  const endpoint = await endpointOf(t, () => tokenAnswer(`token-number-${(made += 1)}`, { expires_in: 100 }));
  let now = 0;
  const clock = { ...systemClock, now: () => now };
  const bodies = new BodyBudget();
  const transport = createUndiciTransport({ clock, timeoutMs: 5000, connections: 4, insecure: false, bodies });
  t.teardown(() => transport.close());
  const target = { baseUrl: 'https://host/scim', oauth: { primary: clientOf(endpoint.url) } };
  const vault = new Vault(secretsOf(target));
  const source = createTokenSource(target, { transport, clock, vault });
  const { signal } = new AbortController();
  const tokenAt = async (milliseconds: number): Promise<string | undefined> => {
    now = milliseconds;
    return (await source?.current(signal))?.token;
  };
  t.strictSame(await Promise.all([tokenAt(0), tokenAt(0), tokenAt(0)]), Array(3).fill('token-number-1'));
  t.equal(await tokenAt(69_000), 'token-number-1');
  t.equal(await tokenAt(71_000), 'token-number-2', 'half a minute before its end');
  t.equal(vault.redact('token-number-1, token-number-2'), '{{primary}}, {{primary}}', 'both are kept out of reports');

  endpoint.answerBy(() => ({ status: 503, body: {} }));
  t.equal(await tokenAt(150_000), 'token-number-2', 'what has not ended is used where there is no other');
  const asked = endpoint.requests.length;
  t.equal(await tokenAt(151_000), 'token-number-2');
  t.equal(endpoint.requests.length, asked, 'an endpoint in trouble is left alone for a while');
  await t.rejects(
    tokenAt(172_000),
    new NoAccessToken(
      'token-endpoint-unreachable',
      `The token endpoint ${endpoint.url} answered 503. Try again later.`,
    ),
  );
  t.equal(source?.last.token, 'token-number-2');

  endpoint.answerBy(() => tokenAnswer('token-number-3'));
  t.equal(await tokenAt(180_000), 'token-number-3', 'and asked again');
  t.equal(await tokenAt(1e9), 'token-number-3', 'without an end that was named, it has none');
});

const refusals: { name: string; answer: TokenAnswer; says: RegExp }[] = [
  {
    name: 'refuses the client, and repeats what it was sent',
    answer: {
      status: 401,
      headers: { 'WWW-Authenticate': 'Basic realm="x"' },
      body: { error: 'invalid_client', error_description: `no ${clientSecret}, ${basic}\u0007` },
    },
    says: /^The token endpoint http:\S+ gave no token: invalid_client \(no \{\{primary\}\}, Basic \{\{primary\}\}\?\), with status 401\. Check clientId, the client’s secret, clientAuthentication and scope\.$/,
  },
  {
    name: 'answers with a page',
    answer: { headers: { 'Content-Type': 'text/html' }, body: '<html></html>' },
    says: /answered 200 without a token: .* A bearer token in JSON was expected \(RFC 6749 §5\.1\): check tokenUrl\.$/,
  },
  {
    name: 'leads elsewhere',
    answer: { status: 302, headers: { Location: 'https://host/login' }, body: '' },
    says: /answered 302 without a token/,
  },
  {
    name: 'gives a token of another type',
    answer: { body: { access_token: 'abc', token_type: 'DPoP' } },
    says: /without a token: .*RFC 6750/,
  },
  {
    name: 'gives a token of two lines',
    answer: tokenAnswer('abc\r\nX-Other: 1'),
    says: /without a token: .*RFC 6750/,
  },
];

for (const { name, answer, says } of refusals) {
  void t.test(`a token endpoint that ${name} is a usage error that is reported before any request`, async (t) => {
    const { url } = await endpointOf(t, () => answer);
    const asked = runSuite({
      target: { baseUrl: 'http://127.0.0.1:9/scim', oauth: { primary: clientOf(url) } },
      only: ['STAT-01'],
    });
    await t.rejects(asked, { name: SelectionError.name, message: says });
  });
}

void t.test('a secret is not sent in the clear to another machine', async (t) => {
  const target = { baseUrl: 'http://127.0.0.1:9/scim', oauth: { primary: clientOf('http://login.example/token') } };
  await t.rejects(runSuite({ target, only: ['STAT-01'] }), {
    name: SelectionError.name,
    message: /is not sent to http:\/\/login\.example\/token: https was expected, or this machine itself/,
  });
});

void t.test('a token endpoint that is not there, or in trouble, leaves nothing to judge', async (t) => {
  const { url } = await endpointOf(t, () => ({ status: 503, body: {} }));
  for (const [tokenUrl, reason] of [
    ['http://127.0.0.1:9/token', /could not be reached: nothing listens there/],
    [url, /answered 503/],
  ] as const) {
    const report = await runSuite({
      target: { baseUrl: 'http://127.0.0.1:9/scim', oauth: { primary: clientOf(tokenUrl) } },
      only: ['STAT-01'],
    });
    t.match(report, { verdict: 'unreachable', exitCode: 3, reason });
  }
});
