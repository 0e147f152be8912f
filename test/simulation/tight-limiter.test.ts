import t from 'tap';
import { mockProvider } from '../../simulation/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(600_000);

void t.test('a limiter that the run keeps empty for most of its time leaves nothing untested', async (t) => {
  const rateLimit = { capacity: 300, refillPerSecond: 100 };
  const { report } = await simulate({
    seed: 1,
    provider: mockProvider({ retryAfterSeconds: 0, statusTokenSeconds: 3, rateLimit }),
    run: { runs: 2 },
  });
  t.equal(report.verdict, 'conformant', report.reason);
  // Requests that are throttled together do not come again together: then the same ones would starve.
  t.strictSame(
    report.requirements.filter(({ outcome }) => outcome === 'inconclusive').map(({ id }) => id),
    [],
  );
});
