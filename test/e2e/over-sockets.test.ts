import t from 'tap';
import { startMock } from '../../mock/index.js';
import { mockProvider } from '../../simulation/index.js';
import type { Report } from '../../suites/index.js';
import { runSuite } from '../harness/run-suite.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(1_800_000);

const outcomesOf = ({ requirements }: Report): string[] => requirements.map(({ id, outcome }) => `${id} ${outcome}`);

void t.test(
  'a run over sockets, with polls, pushes and webhooks, has the same outcomes as in a simulation',
  async (t) => {
    // So few that also a busy machine sends more, and enough that the run does not wait most of its time.
    const rateLimit = { capacity: 300, refillPerSecond: 200 };
    const options = { retryAfterSeconds: 0, statusTokenSeconds: 3, rateLimit };
    const mock = await startMock({ ...options, webhookLoopback: true });
    t.teardown(() => mock.stop());
    const real = await runSuite({
      target: { baseUrl: mock.url, token: mock.tokens.primary, secondToken: mock.tokens.second },
      seed: 1,
      runs: 2,
      setPoll: `${mock.url}/events/poll`,
      setPush: { port: 0, onListening: (url) => mock.pushTo({ url }) },
      webhooks: { port: 0 },
    });
    t.equal(real.verdict, 'conformant');
    t.match(await mock.snapshot(), { users: 0, groups: 0, pending: 0 });
    const simulated = await simulate({
      seed: 1,
      provider: mockProvider(options),
      deliveries: ['poll', 'push', 'webhook'],
      run: { runs: 2 },
    });
    t.strictSame(outcomesOf(real), outcomesOf(simulated.report));
  },
);
