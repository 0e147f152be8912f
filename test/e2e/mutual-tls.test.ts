import t, { type Test } from 'tap';
import { startMock } from '../../mock/index.js';
import type { Report, TargetDescription } from '../../suites/index.js';
import { profile11 } from '../../suites/profiles/profile-1-1.js';
import { runSuite } from '../harness/run-suite.js';
import { createIssuer } from '../providers/certificates.js';
import { startTlsFront } from '../providers/tls-front.js';

t.setTimeout(600_000);

/** The judges of SEC-01 and SEC-02 look at every exchange: a few scenarios are enough here. */
const names = ['discovery', 'bad-credential', 'without-credential', 'foreign-status', 'async-create'];
const few = { ...profile11, scenarios: profile11.scenarios.filter(({ name }) => names.includes(name)) };

/** A provider behind TLS, and how it is reached. */
const targetOf = async (t: Test, demandsCertificate: boolean) => {
  const [mock, issuer] = await Promise.all([startMock({ retryAfterSeconds: 0 }), createIssuer()]);
  t.teardown(() => mock.stop());
  const front = await startTlsFront({
    behind: mock.url,
    identity: await issuer.server(),
    ca: issuer.cert,
    demandsCertificate,
    tokens: { suite: mock.tokens.primary },
  });
  t.teardown(() => front.stop());
  const run = (target: Omit<TargetDescription, 'baseUrl'>): Promise<Report> =>
    runSuite({
      target: { baseUrl: front.url, ...target },
      profile: few,
      only: ['SEC-01', 'SEC-02', 'SEC-03'],
      runs: 1,
      burst: 0,
    });
  return { front, issuer, run, tokens: mock.tokens };
};

const outcomesOf = ({ requirements }: Report): string[] => requirements.map(({ id, outcome }) => `${id} ${outcome}`);

void t.test('a certificate is a credential: requests with another credential do not use it', async (t) => {
  const { front, issuer, run, tokens } = await targetOf(t, false);
  const tls = { ...(await issuer.client('suite')), ca: issuer.cert };
  const report = await run({ tls, secondToken: tokens.second });
  t.match(report, { verdict: 'conformant', target: { authenticated: true } }, report.reason);
  t.strictSame(outcomesOf(report), ['SEC-01 pass', 'SEC-02 pass', 'SEC-03 pass']);
  t.strictSame([...new Set(front.names)].toSorted(), ['', 'suite']);
  t.notOk(JSON.stringify(report).includes(tls.key.slice(30, 60)));
});

void t.test(
  'if the handshake fails without the certificate, requirements that need an answer are inconclusive',
  async (t) => {
    const { front, issuer, run } = await targetOf(t, true);
    const report = await run({ tls: { ...(await issuer.client('suite')), ca: issuer.cert } });
    t.strictSame(outcomesOf(report), ['SEC-01 inconclusive', 'SEC-02 inconclusive', 'SEC-03 skip']);
    t.match(report.requirements[0], { reason: /got no answer: the connection was closed/ });
    t.strictSame([...new Set(front.names)], ['suite']);
  },
);

void t.test('if there is also a token, every request uses the certificate', async (t) => {
  const { front, issuer, run, tokens } = await targetOf(t, true);
  const tls = { ...(await issuer.client('gateway')), ca: issuer.cert };
  const report = await run({ tls, token: tokens.primary, secondToken: tokens.second });
  t.strictSame(outcomesOf(report), ['SEC-01 pass', 'SEC-02 pass', 'SEC-03 pass']);
  t.strictSame([...new Set(front.names)], ['gateway']);
});

void t.test(
  'a target that demands a certificate, or has an untrusted one, is unreachable, and the reason is shown',
  async (t) => {
    const { issuer, run, tokens } = await targetOf(t, true);
    t.match(await run({ token: tokens.primary, tls: { ca: issuer.cert } }), {
      verdict: 'unreachable',
      reason: /Where it demands a client certificate, check tls in the target file/,
    });
    t.match(await run({ tls: await issuer.client('suite') }), {
      verdict: 'unreachable',
      reason: /--insecure accepts it, or tls\.ca in a target file names its issuer/,
    });
    t.match(await run({ tls: await issuer.client('suite'), insecure: true }), { verdict: 'not-testable' });
  },
);
