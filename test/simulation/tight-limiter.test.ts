import t from 'tap';
import { mockProvider } from '../../simulation/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(600_000);

/** The limiter is empty for most of the run. */
const limiters = {
  'that says 0 seconds': { retryAfterSeconds: 0, rateLimit: { capacity: 300, refillPerSecond: 100 } },
  'that is small': { retryAfterSeconds: 1, rateLimit: { capacity: 60, refillPerSecond: 40 } },
};

for (const [about, options] of Object.entries(limiters))
  void t.test(`a limiter ${about} leaves nothing untested, and throttles few requests`, async (t) => {
    let throttled = 0;
    const { report } = await simulate({
      seed: 1,
      provider: mockProvider({ ...options, statusTokenSeconds: 3 }),
      run: {
        runs: 2,
        onEvent: (event) => {
          if (event.type !== 'exercised' || event.name.startsWith('burst')) return;
          for (const entry of event.trace.entries)
            if (entry.type === 'exchange' && entry.response?.status === 429) throttled += 1;
        },
      },
    });
    t.equal(report.verdict, 'conformant', report.reason);
    t.strictSame(
      report.requirements.filter(({ outcome }) => outcome === 'inconclusive').map(({ id }) => id),
      [],
    );
    // Requests that came again together would be throttled together: a third of all, and the same ones each time.
    t.ok(throttled < report.traffic.exchanges / 10, `${throttled} of ${report.traffic.exchanges}`);
  });
