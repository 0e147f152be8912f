import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { startMock } from '../../mock/index.js';
import { mediaType, urn } from '../../schemas/names.js';
import { cleanRun } from '../../suites/index.js';
import { runSuite } from '../harness/run-suite.js';
import { systemClock } from '../../suites/client/system-clock.js';
import { cleanUp } from '../../suites/engine/clean-up.js';
import { openContext } from '../../suites/engine/open-context.js';
import { settingsOf } from '../../suites/engine/run-options.js';
import { createUser } from '../../suites/scenarios/building-blocks/create-user.js';
import { Cleanup, type UnderWay } from '../../suites/leftovers/cleanup.js';
import { deleteTogether } from '../../suites/leftovers/delete-together.js';
import { listOwn } from '../../suites/leftovers/own-resources.js';
import type { Sighting } from '../../suites/leftovers/ownership.js';
import { Session } from '../../suites/session/session.js';
import type { CleanupClient, Patience } from '../../suites/leftovers/cleanup-client.js';
import { sweep } from '../../suites/leftovers/sweep.js';
import { isObject } from '../../suites/trace/message.js';
import { startCannedProvider, type Canned } from '../providers/canned-provider.js';
import { Blocked } from '../../suites/errors/errors.js';

t.setTimeout(120_000);

const ceo = 'the-ceo@example.com';

type Respond = NonNullable<NonNullable<NonNullable<Parameters<typeof startMock>[0]>['seams']>['respond']>;

/** The URLs of the resources that a bulk request has deleted. */
const deletedIn = (body: unknown): string[] =>
  (isObject(body) && Array.isArray(body.Operations) ? body.Operations : [])
    .filter(isObject)
    .filter(({ method, status }) => method === 'DELETE' && status === '204')
    .map(({ location }) => String(location));

/** A mock with resources of other owners, optionally without filters in its discovery. */
const startTenant = async (t: Test, { respond, filter }: { respond: (url: string) => Respond; filter: boolean }) => {
  let stranger = '';
  const deleted: string[] = [];
  const mock = await startMock({
    retryAfterSeconds: 0,
    rateLimit: false,
    seams: {
      respond: (answer, request, ports) => {
        if (request.method === 'DELETE' && answer.status === 204) deleted.push(request.path);
        if (request.path === '/Bulk') deleted.push(...deletedIn(answer.body));
        if (request.path === '/ServiceProviderConfig' && isObject(answer.body))
          return { ...answer, body: { ...answer.body, filter: { supported: filter, maxResults: 100 } } };
        return stranger === '' ? answer : respond(stranger)(answer, request, ports);
      },
    },
  });
  t.teardown(() => mock.stop());
  const made = await fetch(`${mock.url}/Users`, {
    method: 'POST',
    headers: { 'content-type': mediaType.scim, authorization: `Bearer ${mock.tokens.primary}` },
    body: JSON.stringify({ schemas: [urn.user], userName: ceo }),
  });
  stranger = made.headers.get('location') ?? '';
  const target = { baseUrl: mock.url, token: mock.tokens.primary };
  return { mock, target, stranger, deleted };
};

/** Every result of a create names this resource. */
const swapped =
  (url: string): Respond =>
  (answer) =>
    isObject(answer.body) && Array.isArray(answer.body.Operations)
      ? {
          ...answer,
          body: {
            ...answer.body,
            Operations: answer.body.Operations.map((each: Record<string, unknown>) =>
              each.status === '201' ? { ...each, location: url } : each,
            ),
          },
        }
      : answer;

for (const filter of [true, false]) {
  void t.test(`a result that names a foreign user does not make the suite delete it (filter: ${filter})`, async (t) => {
    const { mock, target, stranger, deleted } = await startTenant(t, { respond: swapped, filter });
    const report = await runSuite({ target, only: ['STAT-10'], runs: 1, seed: 1, burst: 0, binding: 'request-mode' });
    t.notOk(deleted.some((path) => stranger.endsWith(path)));
    t.equal((await mock.snapshot()).users, 1, 'and all that is the run’s is gone');
    t.strictSame(report.leftovers, [
      `${stranger} (said to be of this run, and does not bear its name: it was not touched)`,
    ]);
  });
}

void t.test('a synchronous 201 with the id of a foreign user does not make the suite delete it', async (t) => {
  for (const filter of [true, false]) {
    const { mock, target, stranger, deleted } = await startTenant(t, {
      filter,
      respond:
        (url) =>
        (answer, { method, path }) =>
          method === 'POST' && path === '/Users' && answer.status === 201 && isObject(answer.body)
            ? { ...answer, body: { ...answer.body, id: url.split('/').at(-1) } }
            : answer,
    });
    const opened = openContext({ target }, settingsOf({ target }), '0123abcd');
    const { facts } = opened;
    const context = { ...opened, facts: { ...facts, capabilities: { ...facts.capabilities, filter } } };
    await createUser(new Session(context, undefined));
    t.equal((await mock.snapshot()).users, 2);
    t.strictSame(await cleanUp(context, 1), [
      `${stranger} (said to be of this run, and does not bear its name: it was not touched)`,
    ]);
    t.equal(deleted.length, 1);
    t.notOk(deleted.some((path) => stranger.endsWith(path)));
    t.equal((await mock.snapshot()).users, 1, 'what was really created is found by its name');
    await context.transport.close();
  }
});

/** Counts requests of one method under /Users/. */
const counting = (): { canned: Canned; reads: Map<string, number> } => {
  const reads = new Map<string, number>();
  return {
    reads,
    canned: (answer, { method, path }) => {
      if (/^\/Users\/./.test(path)) reads.set(method, (reads.get(method) ?? 0) + 1);
      return answer;
    },
  };
};

void t.test('a resource that a list or a read has shown is not read again before it is deleted', async (t) => {
  const { canned, reads } = counting();
  const provider = await startCannedProvider(canned);
  t.teardown(() => provider.stop());
  const options = { target: { baseUrl: provider.url, token: provider.token } };
  const context = openContext(options, settingsOf(options), '0123abcd');
  const session = new Session(context, undefined);
  const { url } = await createUser(session);
  await session.send({ method: 'GET', url, purpose: 'read' });
  t.strictSame(await cleanUp(context, 1), []);
  t.strictSame(
    [...reads],
    [
      // The second one looks whether it is really gone.
      ['GET', 2],
      ['DELETE', 1],
    ],
  );
  await context.transport.close();
});

/** Resources by URL with their names; `calls` lists the requests. */
const fakeClient = (resources: Map<string, Sighting>, over: Partial<CleanupClient> = {}) => {
  const calls: string[] = [];
  const client: CleanupClient = {
    delete: (url) => {
      calls.push(`DELETE ${url}`);
      const status = resources.delete(url) ? 204 : 404;
      return Promise.resolve({
        type: 'exchange',
        n: 0,
        purpose: 'cleanup',
        credential: 'primary',
        at: 0,
        took: 0,
        request: { method: 'DELETE', url, headers: [] },
        response: { status, headers: [], body: '', truncated: false },
      });
    },
    findOwner: (url) => {
      calls.push(`GET ${url}`);
      return Promise.resolve(resources.get(url) ?? { owner: 'none' });
    },
    find: (_, name) => {
      calls.push(`find ${name}`);
      return Promise.resolve(
        [...resources].flatMap(([url, each]) => (each.owner === 'this run' && each.name === name ? [url] : [])),
      );
    },
    findRest: () => Promise.resolve(undefined),
    readAll: () => Promise.resolve(undefined),
    awaitEnd: () => Promise.resolve(false),
    ...over,
  };
  return { client, calls };
};

const patient: Patience = { signal: new AbortController().signal, left: () => 60_000, clock: systemClock };

void t.test('a candidate is deleted only if a read shows a name of the run', async (t) => {
  const resources = new Map<string, Sighting>([
    ['/Users/own', { owner: 'this run', name: 'scimc-r-1' }],
    ['/Users/other', { owner: 'other' }],
    ['/Users/closed', { owner: 'unknown', why: 'it was answered 403' }],
    ['/Users/hidden', { owner: 'this run', name: 'scimc-r-2' }],
  ]);
  const { client, calls } = fakeClient(resources);
  const cleanup = new Cleanup();
  for (const name of ['scimc-r-1', 'scimc-r-2']) cleanup.expect('Users', name);
  for (const id of ['own', 'other', 'closed', 'gone']) cleanup.created(`/Users/${id}`);
  t.strictSame(await sweep({ cleanup, client, width: 1, patience: patient }), [
    '/Users/other (said to be of this run, and does not bear its name: it was not touched)',
    '/Users/closed (said to be of this run; it could not be read, and so was not deleted: it was answered 403)',
  ]);
  t.strictSame([...resources.keys()], ['/Users/other', '/Users/closed']);
  t.notOk(calls.includes('DELETE /Users/gone'));
  t.ok(cleanup.hasCreated('/Users/other'), 'what was created is remembered as it was said');
});

void t.test('a name is searched for if the URL of its answer shows another name', async (t) => {
  const resources = new Map<string, Sighting>([
    ['/Users/other', { owner: 'other' }],
    ['/Users/own', { owner: 'this run', name: 'scimc-r-1' }],
  ]);
  const { client, calls } = fakeClient(resources);
  const cleanup = new Cleanup();
  cleanup.expect('Users', 'scimc-r-1');
  cleanup.created('/Users/other', 'scimc-r-1');
  await sweep({ cleanup, client, width: 1, patience: patient });
  t.strictSame(calls, ['GET /Users/other', 'find scimc-r-1', 'DELETE /Users/own', 'GET /Users/own']);
});

void t.test('a time that ends during a list is said, and ends nothing else', async (t) => {
  const over = new AbortController();
  const { client } = fakeClient(new Map(), {
    findRest: () => {
      over.abort();
      return Promise.reject(new Blocked('run-interrupted', 'The run was interrupted.'));
    },
  });
  const cleanup = new Cleanup();
  cleanup.expect('Groups', 'scimc-r-1');
  cleanup.created('/Users/1');
  t.strictSame(
    await sweep({ cleanup, client, width: 1, patience: { signal: over.signal, left: () => 0, clock: systemClock } }),
    [
      '/Users could not be listed: the time to clean up was over',
      '/Groups could not be listed: the time to clean up was over',
      'Groups: scimc-r-1 may exist',
      '/Users/1 (said to be of this run; it was not looked at, and so not deleted)',
    ],
  );
});

const pending = (location: string): UnderWay => ({
  binding: 'request-mode',
  location,
  observed: { shape: 'single', operations: [] },
});

void t.test(
  'known resources are deleted before the suite waits, and resources created meanwhile afterwards',
  async (t) => {
    const resources = new Map<string, Sighting>([['/Users/1', { owner: 'this run', name: 'scimc-r-1' }]]);
    const cleanup = new Cleanup();
    const { client, calls } = fakeClient(resources, {
      awaitEnd: ({ location = '' }, signal) => {
        calls.push(`await ${location}`);
        if (location === 'quick') {
          resources.set('/Users/2', { owner: 'this run', name: 'scimc-r-2' });
          cleanup.created('/Users/2');
          return Promise.resolve(false);
        }
        return sleep(20_000, true, { signal }).catch(() => true);
      },
    });
    cleanup.created('/Users/1');
    for (const location of ['quick', 'slow', 'never reached']) cleanup.accepted(pending(location));
    // Only the time limit ends the wait for a slow answer.
    const leftovers = await sweep({ cleanup, client, width: 1, patience: { ...patient, left: () => 30 } });
    t.strictSame(calls, [
      'GET /Users/1',
      'DELETE /Users/1',
      'await quick',
      'await slow',
      'GET /Users/2',
      'DELETE /Users/2',
      // Whether they are really gone.
      'GET /Users/1',
      'GET /Users/2',
    ]);
    t.strictSame(leftovers, ['asynchronous requests that had not ended: 2 (what they may create yet is not deleted)']);
  },
);

void t.test('a wait for a pending request that is throttled ends with its patience', async (t) => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === '/job' ? 429 : 404, { 'retry-after': '30' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => new Promise((resolve) => server.close(resolve)));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = { target: { baseUrl } };
  const context = openContext(options, settingsOf(options), '0123abcd');
  context.cleanup.accepted(pending(`${baseUrl}/job`));
  const leftovers = await cleanUp(context, 1, ({ clock }) => ({ ...clock.deadline(20_000), left: () => 60 }));
  t.strictSame(leftovers, ['asynchronous requests that had not ended: 1 (what they may create yet is not deleted)']);
  await context.transport.close();
});

void t.test('a clean-up that fails costs no report, and says so', async (t) => {
  const provider = await startCannedProvider();
  t.teardown(() => provider.stop());
  let breaks = 0;
  const report = await runSuite({
    target: { baseUrl: provider.url, token: provider.token },
    only: ['CORE-01'],
    burst: 0,
    onEvent: ({ type }) => {
      if (type === 'cleaning-up') breaks = 1;
    },
    environment: {
      clock: {
        ...systemClock,
        now: () => {
          if (breaks-- === 1) throw new Error('the clock stands still');
          return performance.now();
        },
      },
    },
  });
  t.match(report.requirements, [{ id: 'CORE-01', outcome: 'pass' }]);
  t.equal(
    report.leftovers[0],
    `cleaning up failed (the clock stands still): what begins with scimc-${report.run}- may be left`,
  );
});

void t.test('clean: a provider without groups has nothing left of a run there', async (t) => {
  for (const status of [404, 403, 501]) {
    const provider = await startCannedProvider((answer, { path }) => (path === '/Groups' ? { status } : answer));
    t.strictSame(await cleanRun({ target: { baseUrl: provider.url, token: provider.token } }, '0123abcd'), {
      deleted: [],
      left: [],
    });
    await provider.stop();
  }
});

void t.test('clean: a list that was not read to its end is said to be left', async (t) => {
  const provider = await startCannedProvider((answer, { method, path }) =>
    method === 'GET' && path === '/Users'
      ? {
          status: 200,
          body: { schemas: [urn.listResponse], totalResults: 20_000, Resources: [{ id: '1', userName: 'somebody' }] },
        }
      : answer,
  );
  t.teardown(() => provider.stop());
  t.strictSame(await cleanRun({ target: { baseUrl: provider.url, token: provider.token } }, '0123abcd'), {
    deleted: [],
    left: ['/Users could not be listed to its end: there may be more'],
  });
});

/** A context with so many users of the run at a mock that answers bulk requests in this way. */
const withUsers = async (t: Test, count: number, respond?: Respond) => {
  const bulks: number[] = [];
  let singles = 0;
  const mock = await startMock({
    retryAfterSeconds: 0,
    rateLimit: false,
    operationMillis: 0,
    seams: {
      respond: (answer, request, ports) => {
        if (request.path === '/Bulk') bulks.push(deletedIn(answer.body).length);
        if (request.method === 'DELETE') singles += 1;
        return respond === undefined ? answer : respond(answer, request, ports);
      },
    },
  });
  t.teardown(() => mock.stop());
  const target = { baseUrl: mock.url, token: mock.tokens.primary };
  const opened = openContext({ target }, settingsOf({ target }), '0123abcd');
  t.teardown(() => opened.transport.close());
  const { facts } = opened;
  const context = { ...opened, facts: { ...facts, capabilities: { ...facts.capabilities, filter: true, bulk: true } } };
  const session = new Session(context, undefined);
  for (let made = 0; made < count; made += 1) await createUser(session);
  return { mock, context, bulks, singles: () => singles };
};

void t.test('many resources are deleted in one request if the target supports bulk', async (t) => {
  const { mock, context, bulks, singles } = await withUsers(t, 41);
  t.strictSame(await cleanUp(context, 4), []);
  t.equal((await mock.snapshot()).users, 0);
  t.strictSame(
    bulks.sort((a, b) => b - a),
    [20, 20],
  );
  t.equal(singles(), 1);
});

void t.test('no bulk request is sent if bulk or filters are not advertised', async (t) => {
  for (const missing of ['bulk', 'filter'] as const) {
    const { mock, context, bulks, singles } = await withUsers(t, 3);
    const { facts } = context;
    const capabilities = { ...facts.capabilities, [missing]: false };
    t.strictSame(await cleanUp({ ...context, facts: { ...facts, capabilities } }, 4), []);
    t.equal((await mock.snapshot()).users, 0);
    t.strictSame([bulks, singles()], [[], 3]);
  }
});

void t.test('resources that a bulk answer omits or reports wrongly are deleted one by one', async (t) => {
  const isBulk = ({ path }: Parameters<Respond>[1]): boolean => path === '/Bulk';
  const ways: Record<string, Respond> = {
    'is refused': (answer, request) => (isBulk(request) ? { ...answer, status: 500, body: {} } : answer),
    'has a result too few': (answer, request) =>
      isBulk(request) && isObject(answer.body) && Array.isArray(answer.body.Operations)
        ? { ...answer, body: { ...answer.body, Operations: answer.body.Operations.slice(1) } }
        : answer,
    'says that all have failed': (answer, request) =>
      isBulk(request) && isObject(answer.body) && Array.isArray(answer.body.Operations)
        ? {
            ...answer,
            body: {
              ...answer.body,
              Operations: answer.body.Operations.filter(isObject).map((each) => ({ ...each, status: '403' })),
            },
          }
        : answer,
  };
  for (const [way, respond] of Object.entries(ways)) {
    const { mock, context, singles } = await withUsers(t, 3, respond);
    t.strictSame(await cleanUp(context, 4), [], way);
    t.equal((await mock.snapshot()).users, 0, way);
    t.equal(singles(), 3, way);
  }
});

void t.test('resources outside the base URL are not part of a bulk request', async (t) => {
  const { mock, context, bulks } = await withUsers(t, 3);
  const session = new Session(context, undefined);
  const listed = (await listOwn(session, context.run, { endpoint: 'Users' }))?.urls ?? [];
  const elsewhere = listed.map((url) => url.replace('127.0.0.1', 'localhost'));
  t.strictSame(
    await deleteTogether(session, [...elsewhere, `${listed[0] ?? ''}?attributes=id`, ...listed.slice(0, 1)]),
    [],
  );
  t.strictSame([bulks, (await mock.snapshot()).users], [[], 3]);
  t.strictSame(await deleteTogether(session, [...elsewhere, ...listed]), listed);
  t.strictSame([bulks, (await mock.snapshot()).users], [[3], 0]);
});

void t.test('a resource that is still listed after a bulk delete is deleted separately', async (t) => {
  const resources = new Map<string, Sighting>(
    ['1', '2', '3'].map((id) => [`/Users/${id}`, { owner: 'this run', name: `scimc-r-${id}` }]),
  );
  const { client, calls } = fakeClient(resources, {
    together: {
      most: 2,
      delete: (urls) => {
        calls.push(`DELETE ${urls.join(' and ')}`);
        return Promise.resolve(urls);
      },
    },
    findRest: () => Promise.resolve({ urls: [...resources.keys()], isWhole: true }),
  });
  const cleanup = new Cleanup();
  for (const url of resources.keys()) cleanup.add(url);
  t.strictSame(await sweep({ cleanup, client, width: 1, patience: patient }), []);
  t.strictSame(calls, [
    ...['DELETE /Users/1 and /Users/2', 'DELETE /Users/3', 'DELETE /Users/1', 'DELETE /Users/2'],
    // Whether they are really gone.
    ...['GET /Users/1', 'GET /Users/2', 'GET /Users/3'],
  ]);
});
