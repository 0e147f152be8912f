/**
 * The cost of the suite itself: CPU time for each exchange, and how the time of a default run is spent. For comparison, a
 * simple undici loop sends the same requests to the same mock, once at the same times as the suite and once as fast as
 * possible. Both are measured in one run, so that their ratio does not depend on the machine. The comparison with the
 * same times is the fair one, because a single request costs more CPU time than one of many. The mock runs in its own
 * process, so that only the CPU time of the suite is measured.
 */
import { spawn } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** Milliseconds of CPU time of this process for each exchange. */
const cpuOf = async (work) => {
  const before = process.cpuUsage();
  const begun = performance.now();
  const exchanges = await work();
  const { user, system } = process.cpuUsage(before);
  return { exchanges, cpu: (user + system) / 1000 / exchanges, wall: (performance.now() - begun) / 1000 };
};

/** Records the requests that the suite passes to undici, and their times. */
const recordRequests = async (work) => {
  const requests = [];
  const begun = performance.now();
  const take = ({ request: { method, path, headers, body } }) =>
    requests.push({ at: performance.now() - begun, request: { method, path, headers, body } });
  subscribe('undici:request:create', take);
  await work();
  unsubscribe('undici:request:create', take);
  return requests;
};

const exchange = async (pool, request) => {
  const { body } = await pool.request(request);
  const text = await body.text();
  if (text.startsWith('{')) JSON.parse(text);
};

const withPool = async (url, work) => {
  const pool = new Pool(new URL(url).origin, { connections: 8 });
  await work(pool);
  await pool.close();
};

/** Sends the requests as fast as possible, eight at a time. */
const hurried = (url, requests) => async () => {
  await withPool(url, async (pool) => {
    const queue = requests.values();
    const lane = async () => {
      for (const { request } of queue) await exchange(pool, request);
    };
    await Promise.all(Array.from({ length: 8 }, lane));
  });
  return requests.length;
};

/** Sends the requests at the same times as the suite. */
const paced = (url, requests) => async () => {
  await withPool(url, async (pool) => {
    const begun = performance.now();
    const open = [];
    for (const { at, request } of requests) {
      const wait = begun + at - performance.now();
      if (wait > 0) await sleep(wait);
      open.push(exchange(pool, request));
    }
    await Promise.all(open);
  });
  return requests.length;
};

/** Each measurement has a new mock, so that no rate limiter is still exhausted. */
const withMock = async (work) => {
  const mock = await startMock();
  try {
    return await work(mock.url);
  } finally {
    await mock.stop();
  }
};

let last;
const suite = (url) => async () => {
  const report = await runSuite({ target: { baseUrl: url, token, secondToken }, seed: 1 });
  if (report.verdict !== 'conformant') throw new Error(`the run was ${report.verdict}: ${report.reason}`);
  last = report;
  return report.traffic.exchanges;
};

/** Lines of the results. */
export const measureCpuRatio = async () => {
  // The first run is a warm-up, so that the compiler is not measured.
  const requests = await withMock((url) => recordRequests(suite(url)));
  await withMock((url) => cpuOf(hurried(url, requests)));
  const rounds = [];
  for (let round = 0; round < 3; round += 1) {
    const own = await withMock((url) => cpuOf(suite(url)));
    const { time } = last;
    rounds.push({
      own,
      time,
      paced: await withMock((url) => cpuOf(paced(url, requests))),
      hurried: await withMock((url) => cpuOf(hurried(url, requests))),
    });
  }
  const ratios = (loop) => rounds.map((round) => round.own.cpu / round[loop].cpu).sort((a, b) => a - b);
  const said = (loop) =>
    ratios(loop)
      .map((each) => each.toFixed(1))
      .join(' / ');
  const [, median] = ratios('paced');
  const middle = rounds.find((round) => round.own.cpu / round.paced.cpu === median) ?? rounds[0];
  return [
    `CPU for each exchange, 3 rounds: suite ${middle.own.cpu.toFixed(2)} ms; bare undici loop over the same requests at the same times ${middle.paced.cpu.toFixed(2)} ms, ratio ${said('paced')} (aim: at most 2.0); as fast as it can ${middle.hurried.cpu.toFixed(2)} ms, ratio ${said('hurried')}`,
    `default run over sockets, mock with Retry-After 1 s: ${(middle.time.total / 1000).toFixed(1)} s wall, ${(middle.time.waiting / 1000).toFixed(1)} s of it waiting for the target, ${(middle.time.work / 1000).toFixed(1)} s own work, ${middle.own.exchanges} exchanges (aim: under 15 s)`,
  ];
};
