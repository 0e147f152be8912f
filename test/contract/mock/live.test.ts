import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import t, { type Test } from 'tap';
import { startMock, type Mock, type StartOptions } from '../../../mock/index.js';
import type { Shown } from '../../../mock/ops/live/board.js';
import { openDatabases } from '../../harness/databases.js';
import { asynchronous, bulk, clientOf, user } from './client.js';

t.setTimeout(120_000);

const originOf = ({ url }: Mock): string => new URL(url).origin;

const get = async (mock: Mock, path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const sent = request(`${originOf(mock)}${path}`, { headers, method }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
};

const textOf = async (answer: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
};

/** The first that satisfies the condition; closes the stream. */
const shownWhen = async (mock: Mock, isIt: (shown: Shown) => boolean): Promise<Shown> => {
  const answer = await get(mock, '/live/events');
  let text = '';
  for await (const chunk of answer) {
    text += String(chunk);
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: shown\ndata: (.*)$/.exec(event)?.[1];
      const shown = data === undefined ? undefined : (JSON.parse(data) as Shown);
      if (shown !== undefined && isIt(shown)) return shown;
    }
  }
  throw new Error('the stream has ended');
};

const started = async (t: Test, options: StartOptions = {}): Promise<Mock> => {
  const mock = await startMock({ operations: true, ...options });
  t.teardown(() => mock.stop());
  return mock;
};

const proveShown = (store: string, start: typeof started): void => {
  void t.test(`${store}: requests are shown from waiting to done`, async (t) => {
    const mock = await start(t, { workers: 1, operationMillis: 30 });
    const Operations = Array.from({ length: 10 }, (_, place) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${place}`,
      data: user(),
    }));
    const failing = [...Operations, { method: 'DELETE', path: '/Users/nobody' }];
    const { body } = await clientOf(mock)('POST', '/Bulk', { headers: asynchronous, body: bulk(failing) });
    const id = String(body.id).slice(0, 8);
    const busy = await shownWhen(mock, ({ requests }) => requests[0]?.state === 'running');
    t.match(busy.requests[0], { id, client: 'primary', total: 11 });
    const done = await shownWhen(mock, ({ requests }) => requests[0]?.state === 'done');
    t.strictSame(done.requests, [{ id, client: 'primary', state: 'done', total: 11, success: 10, failed: 1 }]);
    t.strictSame(done.queue, { pending: 0, statuses: 1 });
  });
};

proveShown('memory', started);

void t.test('limits and exchanges are shown, without tokens, bodies and ids', async (t) => {
  const mock = await started(t, { rateLimit: { capacity: 10, refillPerSecond: 0.001 } });
  const send = clientOf(mock);
  const data = user();
  const { body } = await send('POST', '/Users', { body: data });
  await send('GET', `/Users/${String(body.id)}?filter=userName`);
  await send('GET', '/Nothing');
  const shown = await shownWhen(mock, ({ exchanges }) => exchanges.length === 3);
  t.match(shown.limits, [
    { client: 'primary', tokens: 7, capacity: 10 },
    { client: 'second', tokens: 10, capacity: 10 },
  ]);
  t.match(shown.exchanges, [
    { number: 3, method: 'GET', status: 404, ms: Number },
    { number: 2, method: 'GET', path: '/scim/v2/Users/:id', status: 200 },
    { number: 1, method: 'POST', path: '/scim/v2/Users', status: 201 },
  ]);
  const all = JSON.stringify(shown);
  t.strictSame(
    [mock.tokens.primary, String(data.userName), String(body.id)].filter((secret) => all.includes(secret)),
    [],
  );
  const free = await started(t, { rateLimit: false });
  t.equal((await shownWhen(free, () => true)).limits, undefined);
});

void t.test('only the last twenty of each are kept, and a write that was answered at once is not listed', async (t) => {
  const mock = await started(t, { operationMillis: 0 });
  const send = clientOf(mock);
  for (let count = 0; count < 25; count += 1) await send('POST', '/Users', { body: user(), headers: asynchronous });
  await send('POST', '/Bulk', { body: bulk([{ method: 'POST', path: '/Users', bulkId: 'a', data: user() }]) });
  const { exchanges, requests } = await shownWhen(mock, ({ queue }) => queue.pending === 0);
  t.equal(exchanges.length, 20);
  t.equal(exchanges[0]?.number, 26);
  t.equal(requests.length, 19);
});

void t.test('the page is one document with a strict policy, for this machine only', async (t) => {
  const mock = await started(t);
  const answer = await get(mock, '/');
  t.equal(answer.statusCode, 200);
  t.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
  const policy = String(answer.headers['content-security-policy']);
  t.match(policy, /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; connect-src 'self';/);
  t.notMatch(policy, 'unsafe');
  t.match(await textOf(answer), /^<!doctype html>/);
  for (const path of ['/', '/live/events']) {
    for (const headers of [{ Host: 'provider.example' }, { 'X-Forwarded-For': '192.0.2.1' }]) {
      const refused = await get(mock, path, headers);
      t.equal(refused.statusCode, 403, `${path} ${JSON.stringify(headers)}`);
      t.match(JSON.parse(await textOf(refused)), { status: '403', detail: /on the machine of the mock only/ });
    }
  }
});

void t.test('a page too many is refused, HEAD has an end, and stopping ends the others', async (t) => {
  const mock = await startMock({ operations: true });
  const head = await get(mock, '/live/events', {}, 'HEAD');
  t.equal(head.headers['content-type'], 'text/event-stream');
  await textOf(head);
  const open = await Promise.all(Array.from({ length: 8 }, () => get(mock, '/live/events')));
  const tooMany = await get(mock, '/live/events');
  t.equal(tooMany.statusCode, 503);
  t.match(await textOf(tooMany), 'At most 8 pages can be open');
  const ends = Promise.all(open.map(textOf));
  await mock.stop();
  for (const text of await ends) t.match(text, /^retry: 2000\n\nevent: shown\n/);
});

const databases = await openDatabases();
if (typeof databases === 'string') void t.test('PostgreSQL', { skip: databases }, () => undefined);
else {
  t.teardown(() => databases.end());
  proveShown('PostgreSQL', async (t, options) => started(t, { ...options, store: await databases.create() }));
}
