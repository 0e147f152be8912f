/**
 * Kills one of two mocks that share a database, again and again, while clients write, and counts what is lost, what is
 * done twice, and which statuses go back. All three figures have to be 0; otherwise the exit code is 1.
 *
 *   npm run build && node scripts/kill-replicas.mjs --database postgres://user@127.0.0.1:5432/empty --kills 50
 *
 * The database is filled, so it has to be an empty one. Output: one line of JSON.
 */
import { spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Agent, fetch } from 'undici';

const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    kills: { type: 'string', default: '50' },
    clients: { type: 'string', default: '4' },
  },
});
if (values.database === undefined) {
  console.error('Give the URL of an empty database with --database.');
  process.exit(2);
}

const cli = fileURLToPath(new URL('../dist/bin/scim-conformance.js', import.meta.url));
const token = 'kill-replicas';
const folder = await mkdtemp(path.join(tmpdir(), 'kill-replicas-'));
const config = path.join(folder, 'mock.json');
await writeFile(
  config,
  JSON.stringify({
    store: values.database,
    clients: [
      { name: 'primary', token },
      { name: 'second', token: 'nobody' },
    ],
    workers: 16,
    retryAfterSeconds: 0,
    rateLimit: false,
    queueCapacity: 100_000,
    quiet: true,
  }),
);

/** A mock in a process of its own; resolves when it listens. */
const start = () =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'mock', '--config', config], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const url = /listens at (\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve({ child, url });
    });
    child.once('exit', (code) => reject(new Error(`a mock ended with ${code} before it listened`)));
  });

const replicas = await Promise.all([start(), start()]);

/** An answer that takes longer is none. */
const dispatcher = new Agent({ headersTimeout: 30_000, bodyTimeout: 30_000 });

const anyUrl = () => replicas[randomInt(replicas.length)].url;

/** Undefined if the connection broke, or if the mock cannot do it now. */
const send = async (method, place, { body, requestId } = {}) => {
  try {
    const response = await fetch(`${anyUrl()}${place}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/scim+json' }),
        ...(requestId === undefined ? {} : { 'X-Request-ID': requestId, 'X-SCIM-Request-Mode': 'asynchronous' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      dispatcher,
    });
    const text = await response.text();
    return response.status >= 500 ? undefined : { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** Until there is an answer. With a request id the same request may be sent again. */
const insist = async (method, place, sent) => {
  for (;;) {
    const answer = await send(method, place, sent);
    if (answer !== undefined) return answer;
    await sleep(20);
  }
};

const figures = { kills: 0, requests: 0, operations: 0, lost: 0, doubled: 0, wentBack: 0, polls: 0 };
/** Names of the groups that were asked for: they are not unique, so that one that is created twice is there twice. */
const wanted = new Set();
let isOver = false;

const group = (displayName) => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName });
const bulkOf = (Operations) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations });

/** Polls until the request is completed, each time at any process. Returns the last status. */
const follow = async (id) => {
  let before = { success: 0, failed: 0, pending: Infinity, isCompleted: false, modified: '' };
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(10)) {
    const { status, body } = await insist('GET', `/provision/${id}/status`);
    figures.polls += 1;
    if (status !== 200) return undefined;
    const { success, failed, pending } = body.operationsCount;
    const now = { success, failed, pending, isCompleted: body.status.completed, modified: body.meta.lastModified };
    const isBack =
      now.success < before.success ||
      now.failed < before.failed ||
      now.pending > before.pending ||
      (before.isCompleted && !now.isCompleted) ||
      now.modified < before.modified;
    if (isBack) figures.wentBack += 1;
    if (now.isCompleted) return body;
    before = now;
  }
  return undefined;
};

/** One client: bulk requests that create groups and change one group of its own, whose version counts the changes. */
const write = async () => {
  const own = await insist('POST', '/Groups', { body: group(randomUUID()) });
  const place = `/Groups/${own.body.id}`;
  let changes = 0;
  while (!isOver) {
    const names = Array.from({ length: 5 }, () => randomUUID());
    const operations = [
      ...names.map((name) => ({ method: 'POST', path: '/Groups', bulkId: name, data: group(name) })),
      ...Array.from({ length: 5 }, () => ({ method: 'PUT', path: place, data: group(randomUUID()) })),
    ];
    const accepted = await insist('POST', '/Bulk', { body: bulkOf(operations), requestId: randomUUID() });
    if (accepted.status !== 202) throw new Error(`a request was answered ${accepted.status}`);
    figures.requests += 1;
    figures.operations += operations.length;
    for (const name of names) wanted.add(name);
    changes += 5;
    const status = await follow(accepted.body.id);
    if (status === undefined) figures.lost += operations.length;
    else figures.lost += status.operationsCount.failed;
  }
  const { body } = await insist('GET', place);
  const version = Number(/\d+/.exec(body.meta.version)?.[0]);
  figures.lost += Math.max(0, changes + 1 - version);
  figures.doubled += Math.max(0, version - changes - 1);
};

const killAgainAndAgain = async (kills) => {
  while (figures.kills < kills) {
    await sleep(randomInt(200, 1500));
    const place = randomInt(replicas.length);
    const { child } = replicas[place];
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
    figures.kills += 1;
    replicas[place] = await start();
  }
};

const countGroups = async () => {
  const found = new Map();
  for (let startIndex = 1; ;) {
    const { body } = await insist('GET', `/Groups?startIndex=${startIndex}&count=1000`);
    for (const { displayName } of body.Resources) found.set(displayName, (found.get(displayName) ?? 0) + 1);
    startIndex += body.Resources.length;
    if (body.Resources.length === 0 || startIndex > body.totalResults) return found;
  }
};

const begun = Date.now();
const clients = Array.from({ length: Number(values.clients) }, write);
await Promise.race([killAgainAndAgain(Number(values.kills)), Promise.all(clients)]);
isOver = true;
await Promise.all(clients);
const found = await countGroups();
for (const name of wanted) {
  const count = found.get(name) ?? 0;
  if (count === 0) figures.lost += 1;
  else figures.doubled += count - 1;
}
for (const { child } of replicas) {
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
}
await dispatcher.close();
await rm(folder, { recursive: true, force: true });
console.log(JSON.stringify({ ...figures, seconds: Math.round((Date.now() - begun) / 1000) }));
process.exitCode = figures.requests > 0 && figures.lost + figures.doubled + figures.wentBack === 0 ? 0 : 1;
