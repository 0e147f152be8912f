import t from 'tap';
import { startMock } from '../../mock/index.js';
import { urn } from '../../schemas/names.js';
import { planRun, type Report } from '../../suites/index.js';
import { runSuite } from '../harness/run-suite.js';
import { isObject } from '../../suites/trace/message.js';
import { startScimmyProvider } from '../providers/scimmy-provider.js';

t.setTimeout(180_000);

/** The honest mock, which keeps to itself that it is asynchronous. */
const startSilentMock = () =>
  startMock({
    retryAfterSeconds: 0,
    rateLimit: false,
    seams: {
      respond: (answer, { path }) => {
        if (path !== '/ServiceProviderConfig' || !isObject(answer.body)) return answer;
        const silent = [urn.asyncServiceProviderConfig, 'securityEvents'];
        const body = Object.fromEntries(Object.entries(answer.body).filter(([name]) => !silent.includes(name)));
        return { ...answer, body };
      },
    },
  });

const outcomesOf = ({ requirements }: Report): string[] => requirements.map(({ id, outcome }) => `${id} ${outcome}`);

void t.test('a feature that is not advertised is judged if the user declares it', async (t) => {
  const mock = await startSilentMock();
  t.teardown(() => mock.stop());
  const target = { baseUrl: mock.url, token: mock.tokens.primary };
  const only = ['IDEM-02', 'CNCL-01', 'STAT-10'];
  const alone = await runSuite({ target, only, seed: 1, burst: 0 });
  t.match(alone.target, { bindings: { 'request-mode': 'probed', 'respond-async': 'probed' }, features: [] });
  t.match(
    alone.requirements.find(({ id }) => id === 'IDEM-02'),
    { outcome: 'skip', reason: /--feature idempotency/ },
  );
  t.match(
    alone.requirements.find(({ id }) => id === 'STAT-10'),
    { outcome: 'warning' },
    'a DELETE that nobody knows of is not answered 405',
  );
  const told = await runSuite({ target, only, seed: 1, burst: 0, features: ['idempotency', 'cancel'] });
  t.strictSame(outcomesOf(told), ['STAT-10 pass', 'IDEM-02 pass', 'CNCL-01 pass']);
  t.match(told, {
    verdict: 'conformant',
    target: { features: ['idempotency', 'cancel'] },
    settings: { features: ['idempotency', 'cancel'] },
  });
});

void t.test('a plan that must not send writes uses what the user declares', async (t) => {
  const mock = await startSilentMock();
  t.teardown(() => mock.stop());
  const target = { baseUrl: mock.url, token: mock.tokens.primary };
  const only = ['MODE-01', 'PREF-02'];
  const alone = await planRun({ target, only });
  t.strictSame(alone.judged, []);
  const told = await planRun({ target, only, serves: ['request-mode'] });
  t.strictSame(told.judged, ['MODE-01']);
  t.match(told.target, {
    bindings: { 'request-mode': 'declared' },
    bindingNote: 'request-mode is not advertised, but was said to be served; respond-async is not advertised',
  });
});

void t.test('a binding that is said to be served and is not there is a failure, and not untestable', async (t) => {
  const provider = await startScimmyProvider();
  t.teardown(() => provider.stop());
  const target = { baseUrl: provider.url, token: provider.token };
  const alone = await runSuite({ target, only: ['MODE-01'], burst: 0 });
  t.match(alone, {
    verdict: 'not-testable',
    exitCode: 3,
    reason: /--serves/,
  });
  const told = await runSuite({ target, only: ['MODE-01'], burst: 0, serves: ['request-mode'] });
  t.match(told, {
    verdict: 'non-conformant',
    target: {
      bindings: { 'request-mode': 'declared' },
      bindingNote: /said to be served, and POST .* was answered 201/,
    },
    requirements: [{ id: 'MODE-01', outcome: 'fail' }],
  });
});
