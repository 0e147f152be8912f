/**
 * Measures how long `mock` takes from its start until it listens, in memory and without a server, and how long Node.js takes
 * to start and end. If the median is above `--most` milliseconds, the exit code is 1.
 *
 *   npm run build && node scripts/endurance/start-time.mjs --times 15 --most 300
 */
import { execFile } from 'node:child_process';
import { parseArgs, promisify } from 'node:util';
import { startMock } from '../mock-process.mjs';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '15' }, most: { type: 'string', default: '300' } },
});

const run = promisify(execFile);
const bareNode = async () => {
  const begun = performance.now();
  await run(process.execPath, ['--eval', '0']);
  return performance.now() - begun;
};

const of = (millis) => {
  const sorted = millis.map(Math.round).sort((a, b) => a - b);
  return { least: sorted[0], median: sorted[Math.floor(sorted.length / 2)], most: sorted.at(-1) };
};

const [mocks, nodes] = [[], []];
for (let count = 0; count < Number(values.times); count += 1) {
  const mock = await startMock();
  mocks.push(mock.millis);
  await mock.stop();
  nodes.push(await bareNode());
}
const result = of(mocks);
console.log(JSON.stringify({ mock: result, node: of(nodes) }));
process.exitCode = result.median > Number(values.most) ? 1 : 0;
