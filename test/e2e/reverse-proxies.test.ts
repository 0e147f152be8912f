import t from 'tap';
import { startMock, type Mock } from '../../mock/index.js';
import type { Report } from '../../suites/index.js';
import { runSuite } from '../harness/run-suite.js';
import { freePort, proxyNames, startProxy, whyMissing, type ProxyName } from '../providers/reverse-proxy.js';

t.setTimeout(600_000);

interface Teardown {
  teardown(fn: () => Promise<void>): void;
}

/** A mock behind a proxy; `url` is the public one. */
const behind = async (
  t: Teardown,
  name: ProxyName,
  { knowsItsUrl = true, isUp = true } = {},
): Promise<{ readonly mock: Mock; readonly url: string }> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/scim/v2`;
  const options = { retryAfterSeconds: 0, statusTokenSeconds: 3 };
  const mock = await startMock(knowsItsUrl ? { ...options, publicUrl: url } : options);
  t.teardown(() => mock.stop());
  const upstream = isUp ? mock.port : await freePort();
  t.teardown(await startProxy(name, { port, upstream }));
  return { mock, url };
};

const run = (mock: Mock, url: string, only: string[] = []): Promise<Report> =>
  runSuite({
    only,
    target: { baseUrl: url, token: mock.tokens.primary, secondToken: mock.tokens.second },
    seed: 1,
    runs: 1,
    burst: 0,
    setPoll: `${url}/events/poll`,
  });

const redOf = ({ requirements }: Report): string[] =>
  requirements.flatMap(({ id, outcome, evidence }) =>
    ['fail', 'warning', 'harness-error'].includes(outcome) ? [`${id} ${evidence?.code ?? outcome}`] : [],
  );

/** What each proxy breaks with the configuration that it comes with. nginx refuses bodies of more than 1 MiB itself. */
const broken: Record<ProxyName, readonly string[]> = {
  nginx: ['CORE-04 error-content-type-wrong', 'ERR-01 error-not-json'],
  haproxy: [],
  apache: [],
  varnish: [],
};

for (const name of proxyNames) {
  const skip = whyMissing(name) ?? false;
  void t.test(`a right provider behind ${name}`, { skip }, async (t) => {
    const { mock, url } = await behind(t, name);
    const report = await run(mock, url);
    t.strictSame(redOf(report), broken[name]);
    t.strictSame(report.leftovers, []);
    for (const { evidence, guide } of report.requirements.filter(({ outcome }) => outcome === 'fail')) {
      t.equal(evidence?.exchanges.at(-1)?.response?.status, 413);
      t.match(guide?.fix, /Server: nginx/, 'the advice names the proxy');
    }
  });
}

void t.test('a provider that does not know its public URL', { skip: whyMissing('nginx') ?? false }, async (t) => {
  const { mock, url } = await behind(t, 'nginx', { knowsItsUrl: false });
  const report = await run(mock, url, ['CORE-02']);
  t.strictSame(redOf(report), ['CORE-02 locations-of-two-hosts'], 'nginx rewrites Location, but not meta.location');
});

void t.test('a proxy that does not reach the provider', { skip: whyMissing('nginx') ?? false }, async (t) => {
  const { mock, url } = await behind(t, 'nginx', { isUp: false });
  const report = await run(mock, url);
  t.equal(report.verdict, 'unreachable');
  t.match(report.reason, /502 with an HTML page \(Server: nginx.*does not reach the provider/s);
});
