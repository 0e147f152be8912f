import fc from 'fast-check';
import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { asynchronous, bulk, clientOf, complete, group, resultsOf, untilCompleted, user } from './client.js';
import { gated } from './gated.js';

t.setTimeout(300_000);

const start = async (t: { teardown(fn: () => Promise<void>): void }, options = {}) => {
  const mock = await startMock({ retryAfterSeconds: 0, operationMillis: 1, rateLimit: false, ...options });
  t.teardown(() => mock.stop());
  return { mock, send: clientOf(mock) };
};

void t.test('references are resolved, also forward and in paths, and results come in request order', async (t) => {
  const { send } = await start(t);
  const status = await complete(
    send,
    'POST',
    '/Bulk',
    bulk([
      { method: 'POST', path: '/Groups', bulkId: 'g', data: group([{ value: 'bulkId:u' }]) },
      { method: 'POST', path: '/Users', bulkId: 'u', data: user() },
      {
        method: 'PATCH',
        path: '/Users/bulkId:u',
        data: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [{ op: 'replace', path: 'displayName', value: 'Patched' }],
        },
      },
    ]),
  );
  const results = resultsOf(status);
  t.strictSame(
    results.map(({ method, bulkId, status: code }) => [method, bulkId, code]),
    [
      ['POST', 'g', '201'],
      ['POST', 'u', '201'],
      ['PATCH', undefined, '200'],
    ],
  );
  const created = await send('GET', results[1]?.location ?? '');
  t.equal(created.body.displayName, 'Patched');
  const holder = await send('GET', results[0]?.location ?? '');
  t.strictSame((holder.body.members as { value: string }[])[0]?.value, created.body.id);
});

void t.test(
  'an operation with an unresolvable reference fails alone with 400, also where it refers to a create that is invalid',
  async (t) => {
    const { send } = await start(t);
    const status = await complete(
      send,
      'POST',
      '/Bulk',
      bulk([
        { method: 'POST', path: '/Groups', bulkId: 'a', data: group([{ value: 'bulkId:b' }]) },
        // It has no displayName.
        {
          method: 'POST',
          path: '/Groups',
          bulkId: 'b',
          data: { schemas: [urn.group], members: [{ value: 'bulkId:a' }] },
        },
        { method: 'POST', path: '/Groups', bulkId: 'c', data: group([{ value: 'bulkId:nothing' }]) },
        { method: 'POST', path: '/Groups', bulkId: 'd', data: group([{ value: 'bulkId:c' }]) },
        { method: 'POST', path: '/Users', bulkId: 'e', data: user() },
      ]),
    );
    t.strictSame(
      resultsOf(status).map(({ status: code }) => code),
      ['400', '400', '400', '400', '201'],
    );
    t.match(status, { operationsCount: { total: 5, success: 1, failed: 4, pending: 0 }, state: 'failed' });
  },
);

void t.test('operations that refer to one another in a circle are resolved (RFC 7644 §3.7.1)', async (t) => {
  const { send } = await start(t);
  const inCircle = (name: string, ...others: string[]) => ({
    method: 'POST',
    path: '/Groups',
    bulkId: name,
    data: { ...group(others.map((other) => ({ value: `bulkId:${other}` }))), displayName: name },
  });
  for (const limit of [{}, { failOnErrors: 1 }]) {
    const operations = [
      inCircle('a', 'b', 'u'),
      inCircle('b', 'c'),
      inCircle('c', 'a', 'c'),
      inCircle('d', 'a'),
      { method: 'POST', path: '/Users', bulkId: 'u', data: user() },
    ];
    const status = await complete(send, 'POST', '/Bulk', bulk(operations, limit));
    const results = resultsOf(status);
    t.strictSame(
      results.map(({ status: code }) => code),
      ['201', '201', '201', '201', '201'],
    );
    const idOf = (place: number): string | undefined => results[place]?.location?.split('/').at(-1);
    const members = await Promise.all(
      results.slice(0, 4).map(async ({ location, version }) => {
        const { body, headers } = await send('GET', location ?? '');
        t.equal(headers.get('ETag'), version);
        return (body.members as { value: string }[]).map(({ value }) => value);
      }),
    );
    t.strictSame(members, [[idOf(1), idOf(4)], [idOf(2)], [idOf(0), idOf(2)], [idOf(0)]]);
  }
});

void t.test('failOnErrors stops after n errors, and operations that did not run count as failed', async (t) => {
  const { send, mock } = await start(t);
  const bad = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] };
  const operations = [user(), bad, user(), bad, user()].map((data, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${index}`,
    data,
  }));
  const status = await complete(send, 'POST', '/Bulk', bulk(operations, { failOnErrors: 2 }));
  t.strictSame(
    resultsOf(status).map(({ status: code }) => code),
    ['201', '400', '201', '400', '424'],
  );
  t.equal((await mock.snapshot()).users, 2);
  // Forward references do not deadlock it.
  const forward = [
    { method: 'POST', path: '/Groups', bulkId: 'g', data: group([{ value: 'bulkId:u' }]) },
    { method: 'POST', path: '/Users', bulkId: 'v', data: user() },
    { method: 'POST', path: '/Users', bulkId: 'u', data: user() },
  ];
  const done = await complete(send, 'POST', '/Bulk', bulk(forward, { failOnErrors: 1 }));
  t.match(done, { operationsCount: { success: 3, failed: 0 } });
});

void t.test('operations on one resource take effect in order, however many workers there are', async (t) => {
  const { send } = await start(t, { workers: 16 });
  const { body } = await send('POST', '/Users', { body: user() });
  const operations = Array.from({ length: 30 }, (_, index) => ({
    method: 'PUT',
    path: `/Users/${String(body.id)}`,
    data: { ...user(String(body.userName)), displayName: `v${index}` },
  }));
  await complete(send, 'POST', '/Bulk', bulk(operations));
  t.equal((await send('GET', `/Users/${String(body.id)}`)).body.displayName, 'v29');
});

void t.test('413 beyond the limits, at once and without effect', async (t) => {
  const { send, mock } = await start(t, { maxOperations: 3, maxPayloadBytes: 2000 });
  const operations = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${index}`,
      data: user(),
    }));
  for (const headers of [{}, asynchronous]) {
    const many = await send('POST', '/Bulk', { headers, body: bulk(operations(4)) });
    t.match([many.status, many.body.status], [413, '413']);
    const large = await send('POST', '/Bulk', { headers, body: bulk(operations(2), { padding: 'x'.repeat(2000) }) });
    t.match([large.status, large.body.status], [413, '413']);
  }
  t.equal((await mock.snapshot()).users, 0);
  t.equal((await send('POST', '/Bulk', { body: bulk(operations(3)) })).status, 200);
});

void t.test('the bodies that wait are bounded: 503 if there is no room now, 413 if there never is', async (t) => {
  const { open, clock } = gated();
  const { send } = await start(t, { queueBytes: 3000, workers: 1, operationMillis: 777, environment: { clock } });
  const sized = (bytes: number) =>
    bulk([{ method: 'POST', path: '/Users', bulkId: 'b', data: { ...user(), nickName: 'x'.repeat(bytes) } }]);
  const headers = asynchronous;
  const first = await send('POST', '/Bulk', { headers, body: sized(2000) });
  t.equal(first.status, 202);
  const second = await send('POST', '/Bulk', { headers, body: sized(2000) });
  t.match([second.status, second.body.status, second.headers.get('Retry-After')], [503, '503', '1']);
  t.equal((await send('POST', '/Bulk', { headers, body: sized(3000) })).status, 413);
  open();
  await untilCompleted(send, first.headers.get('Location') ?? '');
  t.equal((await send('POST', '/Bulk', { headers, body: sized(2000) })).status, 202, 'there is room again');
});

void t.test('refused whole: no operations, failOnErrors 0, a bulkId twice', async (t) => {
  const { send, mock } = await start(t);
  const one = { method: 'POST', path: '/Users', bulkId: 'b', data: user() };
  for (const body of [bulk([]), bulk([one], { failOnErrors: 0 }), bulk([one, { ...one, data: user() }])]) {
    t.equal((await send('POST', '/Bulk', { headers: asynchronous, body })).status, 400);
  }
  t.match(await mock.snapshot(), { users: 0, statuses: 0 });
});

void t.test('any graph of references: every look is consistent, and every operation settles once', async (t) => {
  const { send } = await start(t, { operationMillis: 0 });
  const operation = fc.record({
    refersTo: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 2 }),
    kind: fc.constantFrom('user', 'group', 'bad'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { minLength: 1, maxLength: 8 }),
      fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      async (plan, failOnErrors) => {
        const operations = plan.map(({ refersTo, kind }, index) => ({
          method: 'POST',
          path: kind === 'group' ? '/Groups' : '/Users',
          bulkId: `b${index}`,
          data:
            kind === 'group'
              ? group(refersTo.map((other) => ({ value: `bulkId:b${other}` })))
              : kind === 'user'
                ? user()
                : { schemas: ['x'] },
        }));
        const accepted = await send('POST', '/Bulk', {
          headers: asynchronous,
          body: bulk(operations, failOnErrors === undefined ? {} : { failOnErrors }),
        });
        t.equal(accepted.status, 202);
        let done = 0;
        const status = await untilCompleted(send, accepted.headers.get('location') ?? '', (seen) => {
          const counts = seen.operationsCount as Record<'total' | 'success' | 'failed' | 'pending', number>;
          if (counts.total !== plan.length || counts.success + counts.failed + counts.pending !== plan.length) {
            throw new Error(`counts disagree: ${JSON.stringify(counts)}`);
          }
          if (plan.length - counts.pending < done) throw new Error('pending rose');
          done = plan.length - counts.pending;
        });
        const results = resultsOf(status);
        t.strictSame(
          results.map(({ bulkId }) => bulkId),
          operations.map(({ bulkId }) => bulkId),
        );
      },
    ),
    { numRuns: 60 },
  );
});
