/**
 * Runs the suite against the honest mock over networks that lose connections. No requirement may fail or be called flaky.
 *
 *     npm run rough-network -- --seeds 200 [--from 1] [--only WORD]
 */
import { parseArgs } from 'node:util';
import { simulate } from '../simulation/index.ts';
import { complaintsIn, roughNetworks } from '../test/simulation/rough-networks.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    runs: { type: 'string', default: '2' },
  },
});

let red = 0;
for (let seed = Number(values.from); seed < Number(values.from) + Number(values.seeds); seed += 1) {
  for (const [name, rough] of Object.entries(roughNetworks)) {
    if (!name.includes(values.only)) continue;
    const { report } = await simulate({
      seed,
      ...rough,
      run: { runs: Number(values.runs), burst: 300 },
    });
    const complaints = complaintsIn(report);
    red += complaints.length;
    console.log(
      `${complaints.length === 0 ? '✓' : '✗'} seed ${seed}, ${name}: ${report.verdict} ${JSON.stringify(report.counts)}`,
    );
    for (const complaint of complaints) console.log(`    ${complaint}`);
  }
}
process.exitCode = red > 0 ? 1 : 0;
