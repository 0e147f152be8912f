import t from 'tap';
import { mockProvider, type NetworkOptions } from '../../simulation/index.js';
import { simulate } from '../harness/simulate.js';
import { complaintsIn, roughNetworks } from './rough-networks.js';

t.setTimeout(1_800_000);

/** How many seeds are tried; `npm run rough-network` tries more. */
const seeds: Readonly<Record<string, number>> = { 'one connection in a hundred is reset': 3 };

for (const [name, rough] of Object.entries(roughNetworks)) {
  void t.test(`${name}: no requirement fails, and none is flaky`, async (t) => {
    for (let seed = 1; seed <= (seeds[name] ?? 1); seed += 1) {
      const { report } = await simulate({ ...rough, seed, run: { runs: 1, burst: 150 } });
      t.strictSame(complaintsIn(report), [], `seed ${seed}`);
      t.equal(report.counts.pass > 80, true, `${report.counts.pass} pass`);
    }
  });
}

const outcomesOver = async (network: NetworkOptions, only: readonly string[]) => {
  const provider = mockProvider({ retryAfterSeconds: 0, rateLimit: false });
  const { report } = await simulate({ seed: 1, network, provider, run: { only, runs: 1, burst: 300 } });
  return report.requirements.map(({ id, outcome, evidence }) => [id, outcome, evidence?.code]);
};

void t.test('connections that are dropped under load, and only then, are found', async (t) => {
  const network = { troubles: [{ mishap: 'reset', besides: 5 }] } as const;
  t.strictSame(await outcomesOver(network, ['RATE-09']), [['RATE-09', 'fail', 'connection-dropped']]);
});

void t.test('connections that are lost under load and without it are not the fault of the load', async (t) => {
  const network = { troubles: [{ mishap: 'reset', share: 0.1 }] } as const;
  t.match(await outcomesOver(network, ['RATE-09']), [['RATE-09', 'inconclusive']]);
});
