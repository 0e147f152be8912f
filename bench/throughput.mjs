/**
 * Measures the mock in memory: asynchronous creates beside a bare server, bulk requests from few to many operations with the
 * reads of another client meanwhile, and the memory of pending operations. Each server is a process of its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';

const self = fileURLToPath(import.meta.url);
const token = 'bench';
const connections = 50;
const user = (name) => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: `${name}@example.com` });
const bulkBody = (name, operations) =>
  JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: Array.from({ length: operations }, (_, index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: String(index),
      data: user(`${name}.${index}`),
    })),
  });

/** Answers 202 to everything, after it has parsed the body. */
const startBare = async () => {
  const server = createServer(async (request, response) => {
    const { userName } = JSON.parse(await text(request));
    response.writeHead(202, { 'Content-Type': 'application/scim+json' });
    response.end(JSON.stringify({ userName }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
};

const startServer = async (kind) => {
  if (kind === 'bare') return startBare();
  const { startMock } = await import('../dist/mock/index.js');
  const mock = await startMock({
    clients: [
      { name: 'primary', token },
      { name: 'second', token: 'another' },
    ],
    rateLimit: false,
    operationMillis: kind === 'idle' ? 10 ** 9 : 0,
    queueCapacity: 10_000_000,
    queueBytes: 10 ** 11,
    maxOperations: 10_000_000,
    maxPayloadBytes: 10 ** 9,
  });
  return mock.url;
};

const serve = async (kind) => {
  process.on('message', () => {
    globalThis.gc();
    process.send(process.memoryUsage().heapUsed);
  });
  process.send(await startServer(kind));
};

/** Runs `use` with the URL of a server and with a function that tells its heap in bytes. */
const withServer = async (kind, use) => {
  const child = fork(self, ['serve', kind], { execArgv: ['--expose-gc', '--max-old-space-size=8192'] });
  try {
    const [url] = await once(child, 'message');
    const heap = async () => {
      child.send('heap');
      const [bytes] = await once(child, 'message');
      return bytes;
    };
    return await use(new URL(url), heap);
  } finally {
    child.kill('SIGKILL');
  }
};

const headers = {
  Authorization: `Bearer ${token}`,
  'Content-Type': 'application/scim+json',
  'X-SCIM-Request-Mode': 'asynchronous',
};

const clientOf = (url, most = connections) => {
  const pool = new Pool(url.origin, { connections: most, headersTimeout: 600_000, bodyTimeout: 600_000 });
  const send = async (method, path, body) => {
    const answer = await pool.request({ method, path: `${url.pathname.replace(/\/$/, '')}${path}`, headers, body });
    const answered = await answer.body.text();
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${answered.slice(0, 200)}`);
    return answered;
  };
  return { send, close: () => pool.destroy() };
};

/** Creates a second at 50 connections, after a second of warming up. */
const createsASecond = (kind) =>
  withServer(kind, async (url) => {
    const { send, close } = clientOf(url);
    const [warm, whole] = [1000, 6000];
    const begun = performance.now();
    let [sent, counted] = [0, 0];
    const work = async () => {
      for (let now = 0; now < whole; now = performance.now() - begun) {
        sent += 1;
        await send('POST', '/Users', JSON.stringify(user(`u${sent}`)));
        if (now > warm) counted += 1;
      }
    };
    await Promise.all(Array.from({ length: connections }, work));
    await close();
    return counted / ((whole - warm) / 1000);
  });

const parseMillis = (json) => {
  const tries = Array.from({ length: 3 }, () => {
    const begun = performance.now();
    JSON.parse(json);
    return performance.now() - begun;
  });
  return Math.min(...tries);
};

/** One bulk request, and the waits of a client that reads a user all the while. */
const bulk = (operations) =>
  withServer('mock', async (url) => {
    const [writer, reader] = [clientOf(url, 1), clientOf(url, 1)];
    const submit = async (body) => `/provision/${JSON.parse(await writer.send('POST', '/Bulk', body)).id}/status`;
    const completed = async (path) => {
      while (!JSON.parse(await writer.send('GET', path)).status.completed) await sleep(20);
    };
    await completed(await submit(bulkBody('warm', 500)));
    const body = bulkBody('bulk', operations);
    const waits = [];
    let isOver = false;
    const reading = (async () => {
      while (!isOver) {
        const begun = performance.now();
        await reader.send('GET', '/Users?count=1');
        waits.push(performance.now() - begun);
        await sleep(2);
      }
    })();
    const begun = performance.now();
    const path = await submit(body);
    const acceptedAfter = performance.now() - begun;
    await completed(path);
    const seconds = (performance.now() - begun - acceptedAfter) / 1000;
    isOver = true;
    await reading;
    await Promise.all([writer.close(), reader.close()]);
    waits.sort((a, b) => a - b);
    return {
      acceptedAfter,
      parse: parseMillis(body),
      perSecond: operations / seconds,
      p99: waits[Math.ceil(waits.length * 0.99) - 1] ?? 0,
    };
  });

/** KiB of heap for each operation that waits, for growing numbers of them. */
const memory = () =>
  withServer('idle', async (url, heap) => {
    const { send, close } = clientOf(url, 1);
    await send('POST', '/Bulk', bulkBody('first', 1000));
    const before = await heap();
    const found = [];
    let pending = 0;
    for (const upTo of [1000, 10_000, 100_000, 500_000]) {
      while (pending < upTo) {
        const more = Math.min(10_000, upTo - pending);
        await send('POST', '/Bulk', bulkBody(`pending.${pending}`, more));
        pending += more;
      }
      found.push([upTo, ((await heap()) - before) / upTo / 1024]);
    }
    await close();
    return found;
  });

/** Lines of the results. */
export const measureThroughput = async () => {
  const [bare, mock] = [await createsASecond('bare'), await createsASecond('mock')];
  const lines = [
    `asynchronous creates at ${connections} connections: ${Math.round(mock)} a second, ${(mock / bare).toFixed(2)} of a bare node:http server that parses the same JSON (aim: at least 0.5)`,
  ];
  for (const operations of [10, 1000, 10_000, 50_000, 200_000]) {
    const { acceptedAfter, parse, perSecond, p99 } = await bulk(operations);
    lines.push(
      `a bulk of ${operations}: accepted in ${acceptedAfter.toFixed(0)} ms, ${(acceptedAfter / parse).toFixed(1)} of JSON.parse of its body (aim: at most 3); ${Math.round(perSecond)} operations a second (aim: 25000); p99 of another client's reads ${p99.toFixed(0)} ms (aim: under 20)`,
    );
  }
  for (const [pending, kib] of await memory())
    lines.push(`${pending} pending operations: ${kib.toFixed(2)} KiB each (aim: at most 0.8)`);
  return lines;
};

if (process.argv[2] === 'serve') await serve(process.argv[3]);
