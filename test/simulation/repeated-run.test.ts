import t, { type Test } from 'tap';
import { traceLines } from '../../reports/trace.js';
import { urn } from '../../schemas/names.js';
import { createHandlerTransport, type Handler, type HandlerReply } from '../../suites/client/handler-transport.js';
import { runSuite, type Report } from '../../suites/index.js';
import { readJson } from '../../suites/trace/json.js';
import { isObject } from '../../suites/trace/message.js';
import { createVirtualClock } from '../unit/virtual-clock.js';

const scim = (status: number, body: unknown): HandlerReply => ({
  status,
  headers: [['Content-Type', 'application/scim+json']],
  body: JSON.stringify(body),
});

const baseUrl = 'http://provider.example/scim';

/** Creates and lists users, and refuses all else. */
const createProvider = (): Handler => {
  const users = new Map<string, unknown>();
  return ({ method, url, body }) => {
    const path = url.slice(baseUrl.length).replace(/\?.*/, '');
    if (path === '/ServiceProviderConfig') {
      const supported = { supported: false };
      return Promise.resolve(
        scim(200, { schemas: [urn.serviceProviderConfig], patch: supported, bulk: supported, filter: supported }),
      );
    }
    const sent = readJson(body ?? '');
    if (method === 'POST' && path === '/Users' && isObject(sent)) {
      const id = String(users.size + 1);
      users.set(id, { ...sent, id });
      return Promise.resolve(scim(201, { ...sent, id }));
    }
    if (method === 'GET' && path === '/Users')
      return Promise.resolve(
        scim(200, { schemas: [urn.listResponse], totalResults: users.size, Resources: [...users.values()] }),
      );
    if (method === 'DELETE' && users.delete(path.slice('/Users/'.length)))
      return Promise.resolve({ status: 204, headers: [], body: '' });
    return Promise.resolve(scim(404, { schemas: [urn.error], status: '404' }));
  };
};

const runOnce = async (): Promise<{ report: Report; trace: string }> => {
  const clock = createVirtualClock();
  const lines: string[] = [];
  let chance = 0;
  const report = await runSuite({
    target: { baseUrl, token: 'a-token' },
    suites: ['CORE', 'ERR', 'RATE'],
    burst: 100,
    onEvent: (event) => lines.push(traceLines(event)),
    environment: {
      clock,
      randomBytes: (count) => Uint8Array.from({ length: count }, () => (chance += 41) % 256),
      createTransport: createHandlerTransport(createProvider(), async (request, next) => {
        // Answers overtake one another.
        await clock.sleep((chance = (chance * 37 + 11) % 101), request.signal);
        return next(request);
      }),
    },
  });
  return { report, trace: lines.join('') };
};

/** Counts the timers of this machine that are set while something runs. */
const countTimers = async (t: Test, work: () => Promise<void>): Promise<number> => {
  let count = 0;
  const { setTimeout, setInterval } = globalThis;
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  t.teardown(() => Object.assign(globalThis, { setTimeout, setInterval }));
  t.teardown(() => Object.assign(AbortSignal, { timeout }));
  const counting =
    <Args extends unknown[], Result>(original: (...args: Args) => Result) =>
    (...args: Args): Result => {
      count += 1;
      return original(...args);
    };
  Object.assign(globalThis, { setTimeout: counting(setTimeout), setInterval: counting(setInterval) });
  Object.assign(AbortSignal, { timeout: counting(timeout) });
  await work();
  return count;
};

void t.test('a run in virtual time is the same file again, and sets no timer of this machine', async (t) => {
  const runs: Awaited<ReturnType<typeof runOnce>>[] = [];
  const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const timers = await countTimers(t, async () => {
    runs.push(await runOnce(), await runOnce());
  });
  const [first, second] = runs;
  t.equal(timers, 0);
  t.equal(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length, before);
  t.match(first?.report, {
    run: 'cdf61f48',
    settings: { seed: 0x29527ba4 >>> 1 },
    startedAt: '2026-01-01T00:00:00.000Z',
    verdict: 'non-conformant',
    leftovers: [],
  });
  t.ok((first?.report.traffic.exchanges ?? 0) > 100, 'it was exercised');
  t.ok((first?.report.time.total ?? 0) > 1000, 'time has passed');
  t.equal(JSON.stringify(second?.report), JSON.stringify(first?.report));
  t.equal(second?.trace, first?.trace);
});
