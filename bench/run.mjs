/**
 * Measures what the suite itself costs, with ratios taken in one run: CPU for each exchange against a bare undici loop
 * that sends as many requests to the same mock, and how the wall time of a default run divides. The mock is a process
 * of its own, so that the CPU of this one is the suite's alone. `npm run bench` prints; `-- --write` records as well.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { Pool } from 'undici';
import { runSuite } from '../dist/suites/index.js';

const token = 'bench-primary-token';
const secondToken = 'bench-second-token';

const startMock = async () => {
  const cli = new URL('../dist/bin/scim-conformance.js', import.meta.url).pathname;
  const args = ['mock', '--quiet', '--token', token, '--second-token', secondToken];
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const url = /https?:\S+/.exec(line)?.[0];
  if (url === undefined) throw new Error(`the mock did not say where it listens: ${line}`);
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};

/** Milliseconds of CPU of this process for each of so many exchanges. */
const cpuOf = async (work) => {
  const before = process.cpuUsage();
  const begun = performance.now();
  const exchanges = await work();
  const { user, system } = process.cpuUsage(before);
  return { exchanges, cpu: (user + system) / 1000 / exchanges, wall: (performance.now() - begun) / 1000 };
};

const bare = (url, count) => async () => {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 8 });
  const lane = async (share) => {
    for (let index = 0; index < share; index += 1) {
      const { body } = await pool.request({
        method: 'POST',
        path: `${pathname}/Users`,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] }),
      });
      JSON.parse(await body.text());
    }
  };
  await Promise.all(Array.from({ length: 8 }, () => lane(Math.ceil(count / 8))));
  await pool.close();
  return Math.ceil(count / 8) * 8;
};

const mock = await startMock();
try {
  const suite = async () => {
    const report = await runSuite({ target: { baseUrl: mock.url, token, secondToken }, seed: 1 });
    if (report.verdict !== 'conformant') throw new Error(`the run was ${report.verdict}: ${report.reason}`);
    last = report;
    return report.traffic.exchanges;
  };
  let last;
  // Once to warm up: what is measured is the work and not the compiler.
  await cpuOf(bare(mock.url, 400));
  await suite();
  const rounds = [];
  for (let round = 0; round < 3; round += 1) {
    const own = await cpuOf(suite);
    rounds.push({ own, bare: await cpuOf(bare(mock.url, own.exchanges)), time: last.time });
  }
  const ratios = rounds.map(({ own, bare: loop }) => own.cpu / loop.cpu).sort((a, b) => a - b);
  const middle = rounds.find(({ own, bare: loop }) => own.cpu / loop.cpu === ratios[1]) ?? rounds[0];
  const lines = [
    `node ${process.version}, ${availableParallelism()} processors, mock with Retry-After 1 s in a process of its own, 3 rounds`,
    `CPU for each exchange: suite ${middle.own.cpu.toFixed(2)} ms, bare undici loop ${middle.bare.cpu.toFixed(2)} ms, ratio ${ratios.map((each) => each.toFixed(1)).join(' / ')} (aim: at most 3)`,
    `default run: ${(middle.time.total / 1000).toFixed(1)} s wall, ${(middle.time.waiting / 1000).toFixed(1)} s of it waiting for the target, ${(middle.time.work / 1000).toFixed(1)} s own work, ${middle.own.exchanges} exchanges (aim: under 15 s)`,
  ];
  console.log(lines.join('\n'));
  if (process.argv.includes('--write')) {
    const file = new URL('./results.md', import.meta.url);
    await writeFile(
      file,
      `# Measured\n\nWritten by \`npm run bench -- --write\`.\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`,
    );
  }
} finally {
  await mock.stop();
}
