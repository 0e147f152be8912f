/** The cost of a run in the simulation, and of many: the self-test of all faults and of the honest mock. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mockProvider, simulate } from '../dist/simulation/index.js';

const cli = new URL('../dist/bin/scim-conformance.js', import.meta.url).pathname;

const secondsOf = async (work) => {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
};

/** Seconds of default runs against the honest mock, one after another in this thread, by their seeds from 1 on. */
const honestRuns = async (runs) => {
  const seconds = [];
  let exchanges = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const run = async () => {
      const { report } = await simulate({ seed, provider: mockProvider({}) });
      if (report.verdict !== 'conformant') throw new Error(`the run was ${report.verdict}: ${report.reason}`);
      exchanges = report.traffic.exchanges;
    };
    seconds.push(await secondsOf(run));
  }
  return { seconds, exchanges };
};

/** Seconds of a self-test, and the first line about its result. */
const selfTest = async (...args) => {
  let text = '';
  const seconds = await secondsOf(async () => {
    const child = spawn(process.execPath, [cli, 'self-test', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.on('data', (chunk) => (text += chunk));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`the self-test failed:\n${text}`);
  });
  return { seconds, lines: text.trim().split('\n') };
};

/** Lines of the results. */
export const measureSimulation = async () => {
  const honest = await honestRuns(6);
  const [first = 0, ...later] = honest.seconds;
  const median = later.sort((a, b) => a - b)[Math.floor(later.length / 2)] ?? 0;
  const all = await selfTest();
  const many = await selfTest('--seeds', '0', '--clean', '100');
  return [
    `honest default run in simulation, in one thread: ${median.toFixed(1)} s, ${first.toFixed(1)} s where nothing is compiled yet; ${honest.exchanges} exchanges (aim: at most 1.5 s)`,
    `self-test of all faults: ${all.seconds.toFixed(0)} s (aim: at most 60 s); ${all.lines.slice(0, 2).join('; ')}`,
    `100 seeds of the honest mock, all ways of delivery: ${many.seconds.toFixed(0)} s (aim: at most 120 s)`,
  ];
};
