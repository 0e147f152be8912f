import t from 'tap';
import { startMock, type StartOptions } from '../../../mock/index.js';
import { eventUri, urn } from '../../../schemas/names.js';
import { bulk, clientOf, user, type Reply } from './client.js';
import { completion, poll, respondAsync, setsOf, untilResult, verifierOf, type Claims } from './events-client.js';

t.setTimeout(300_000);

const start = async (t: { teardown(fn: () => Promise<void>): void }, options: StartOptions = {}) => {
  const mock = await startMock({ retryAfterSeconds: 0, operationMillis: 0, rateLimit: false, ...options });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const claimsOf = (reply: Reply) => Promise.all(Object.values(setsOf(reply)).map(verifierOf(mock)));
  return { mock, send, claimsOf };
};

const patchOf = (...Operations: unknown[]) => ({ schemas: [urn.patchOp], Operations });
const pathOf = ({ body }: Reply): string => `/Users/${String(body.id)}`;
const eventsOf = (claims: readonly Claims[]) => claims.map(({ events }) => events);

void t.test('unacknowledged tokens are sent again; acknowledged and refused tokens are not', async (t) => {
  const { mock, send } = await start(t);
  for (let count = 0; count < 3; count += 1) await send('POST', '/Users', { body: user() });
  const first = await poll(send);
  t.match(first, { status: 200, body: { sets: {} } });
  t.equal(first.headers.get('content-type'), 'application/json');
  t.equal('moreAvailable' in first.body, false);
  const [a = '', b = '', c = ''] = Object.keys(setsOf(first));
  t.same(setsOf(await poll(send)), setsOf(first), 'the same tokens');
  const rest = await poll(send, { ack: [a, 'unknown'], setErrs: { [b]: { err: 'invalid_key', description: '' } } });
  t.same(Object.keys(setsOf(rest)), [c]);
  t.same((await poll(send, { ack: [c], returnImmediately: true })).body, { sets: {} });
  t.equal(Object.keys(setsOf(await poll(send, {}, 'second'))).length, 3, 'another client has a stream of its own');
  t.equal((await fetch(`${mock.url}/events/poll`, { method: 'POST', body: '{}' })).status, 401);
});

void t.test('maxEvents limits an answer, and 0 only acknowledges', async (t) => {
  const { send } = await start(t);
  for (let count = 0; count < 3; count += 1) await send('POST', '/Users', { body: user() });
  const two = await poll(send, { maxEvents: 2 });
  t.equal(Object.keys(setsOf(two)).length, 2);
  t.equal(two.body.moreAvailable, true);
  t.same((await poll(send, { maxEvents: 0, ack: Object.keys(setsOf(two)) })).body, { sets: {}, moreAvailable: true });
  const last = await poll(send, { maxEvents: 1 });
  t.equal(Object.keys(setsOf(last)).length, 1);
  t.equal(last.body.moreAvailable, undefined);
  t.same((await poll(send, { maxEvents: 0, ack: Object.keys(setsOf(last)) })).body, { sets: {} });
});

void t.test('an invalid poll is refused', async (t) => {
  const { send } = await start(t);
  const bodies = [
    '[]',
    '',
    { maxEvents: -1 },
    { maxEvents: 1.5 },
    { returnImmediately: 1 },
    { ack: 'x' },
    { ack: [1] },
  ];
  for (const body of [...bodies, { setErrs: [] }, { setErrs: { x: {} } }]) {
    t.match(await poll(send, body), { status: 400, body: { status: '400' } }, JSON.stringify(body));
  }
});

void t.test('a long poll ends with the first event, when its time is over, and when the mock stops', async (t) => {
  const { mock, send, claimsOf } = await start(t, { longPollSeconds: 3600 });
  const waiting = poll(send);
  // By the time that a later request is answered, the poll waits.
  await poll(send, { returnImmediately: true }, 'second');
  const created = await send('POST', '/Users', { body: user() });
  const reply = await waiting;
  t.same(
    (await claimsOf(reply)).map(({ sub_id }) => sub_id.uri),
    [pathOf(created)],
  );
  const stopped = poll(send, { ack: Object.keys(setsOf(reply)) });
  await poll(send, { returnImmediately: true }, 'second');
  await mock.stop();
  t.same((await stopped).body, { sets: {} });
  const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
  const quick = await start(t, { environment: { clock } });
  t.same((await poll(quick.send)).body, { sets: {} });
});

void t.test('a client that leaves during a long poll loses nothing', async (t) => {
  const { mock, send } = await start(t, { longPollSeconds: 3600 });
  const leaving = new AbortController();
  const left = fetch(`${mock.url}/events/poll`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${mock.tokens.primary}`, 'Content-Type': 'application/json' },
    body: '{}',
    signal: leaving.signal,
  });
  await poll(send, { returnImmediately: true });
  leaving.abort();
  await t.rejects(left);
  await send('POST', '/Users', { body: user() });
  t.equal(Object.keys(setsOf(await poll(send))).length, 1);
});

void t.test('each client gets the events of all writes, and its own completions', async (t) => {
  const { send, claimsOf } = await start(t);
  const accepted = await send('POST', '/Users', { headers: respondAsync, body: user() });
  const txn = accepted.headers.get('set-txn') ?? '';
  await untilResult(send, accepted.headers.get('location') ?? '');
  const own = await claimsOf(await poll(send));
  t.same(
    own.map((claims) => [claims.txn, ...Object.keys(claims.events)]),
    [
      [txn, eventUri.createNotice],
      [txn, completion],
    ],
    'both of one transaction',
  );
  const foreign = await claimsOf(await poll(send, {}, 'second'));
  t.same(
    foreign.flatMap(({ events }) => Object.keys(events)),
    [eventUri.createNotice],
  );
  const Operations = ['x@example.com', 'x@example.com'].map((name, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${index}`,
    data: user(name),
  }));
  await send('POST', '/Bulk', { body: bulk(Operations) });
  t.equal((await claimsOf(await poll(send))).length, 3, 'a failed operation makes no event of a write');
});

void t.test('notices contain the names of the written attributes, but no values', async (t) => {
  const { send, claimsOf } = await start(t);
  const created = await send('POST', '/Users', { body: { ...user('a@example.com'), password: 'sEcret1!' } });
  const path = pathOf(created);
  await send('PUT', path, { body: { ...user('b@example.com'), externalId: 'ext', active: false } });
  await send('PATCH', path, {
    body: patchOf(
      { op: 'add', path: 'emails[value eq "hidden@example.com"].type', value: 'work' },
      { op: 'replace', value: { active: true, name: { familyName: 'Secret' } } },
      { op: 'replace', path: 'name.givenName', value: 'Secret' },
    ),
  });
  await send('DELETE', path);
  const reply = await poll(send);
  const claims = await claimsOf(reply);
  const [create, put, patch, removed] = eventsOf(claims);
  t.same(create, {
    [eventUri.createNotice]: { attributes: ['id', 'userName', 'displayName', 'password'], version: 'W/"1"' },
  });
  t.same(put, {
    [eventUri.putNotice]: { attributes: ['userName', 'externalId', 'active'], version: 'W/"2"' },
    [eventUri.deactivate]: {},
  });
  t.same(patch, {
    [eventUri.patchNotice]: { attributes: ['emails.type', 'active', 'name', 'name.givenName'], version: 'W/"3"' },
    [eventUri.activate]: {},
  });
  t.same(removed, { [eventUri.delete]: {} });
  t.same(claims.at(-1)?.sub_id, { format: 'scim', uri: path, externalId: 'ext' });
  t.notMatch(JSON.stringify(claims), /sEcret|Secret|hidden/);
});

void t.test('full events contain the written attributes, except passwords', async (t) => {
  const { send, claimsOf } = await start(t, { provisioningEvents: 'full' });
  const created = await send('POST', '/Users', { body: { ...user('a@example.com'), password: 'sEcret1!' } });
  const path = pathOf(created);
  const put = user('b@example.com');
  await send('PUT', path, { body: { ...put, password: 'sEcret2!' } });
  const patch = patchOf(
    { op: 'replace', path: 'displayName', value: 'New' },
    { op: 'replace', path: `${urn.user}:password`, value: 'sEcret3!' },
    { op: 'replace', value: { password: 'sEcret4!', nickName: 'N' } },
  );
  t.equal((await send('PATCH', path, { body: patch })).status, 200);
  const claims = await claimsOf(await poll(send));
  t.same(eventsOf(claims), [
    { [eventUri.createFull]: { data: created.body, version: 'W/"1"' } },
    { [eventUri.putFull]: { data: put, version: 'W/"2"' } },
    {
      [eventUri.patchFull]: {
        data: patchOf(
          { op: 'replace', path: 'displayName', value: 'New' },
          { op: 'replace', path: `${urn.user}:password` },
          { op: 'replace', value: { nickName: 'N' } },
        ),
        version: 'W/"3"',
      },
    },
  ]);
});

void t.test('a feed of active users reports users that leave and users that join', async (t) => {
  const { send, claimsOf } = await start(t, { feed: 'active' });
  const path = pathOf(await send('POST', '/Users', { body: user() }));
  const activate = (value: boolean) => send('PATCH', path, { body: patchOf({ op: 'replace', path: 'active', value }) });
  await activate(false);
  await send('PATCH', path, { body: patchOf({ op: 'replace', path: 'displayName', value: 'Unseen' }) });
  await activate(true);
  await activate(false);
  await send('DELETE', path);
  t.same(
    eventsOf(await claimsOf(await poll(send))).map((events) => Object.keys(events)),
    [
      [eventUri.createNotice],
      [eventUri.patchNotice, eventUri.deactivate, eventUri.feedRemove],
      [eventUri.feedAdd, eventUri.patchNotice, eventUri.activate],
      [eventUri.patchNotice, eventUri.deactivate, eventUri.feedRemove],
    ],
  );
});

void t.test('without events of writes only completions are sent', async (t) => {
  const { send, claimsOf } = await start(t, { provisioningEvents: 'none' });
  await send('POST', '/Users', { body: user() });
  const accepted = await send('POST', '/Users', { headers: respondAsync, body: user() });
  await untilResult(send, accepted.headers.get('location') ?? '');
  t.same(
    eventsOf(await claimsOf(await poll(send))).flatMap((events) => Object.keys(events)),
    [completion],
  );
});

void t.test('the seams of a stream can keep acknowledged tokens and lose unacknowledged ones', async (t) => {
  const keeping = await start(t, { seams: { pollStream: { acknowledged: () => [], sent: () => [] } } });
  await keeping.send('POST', '/Users', { body: user() });
  const sets = setsOf(await poll(keeping.send));
  t.same(setsOf(await poll(keeping.send, { ack: Object.keys(sets) })), sets);
  const losing = await start(t, { seams: { pollStream: { acknowledged: (jtis) => jtis, sent: (jtis) => jtis } } });
  await losing.send('POST', '/Users', { body: user() });
  t.equal(Object.keys(setsOf(await poll(losing.send))).length, 1);
  t.same(setsOf(await poll(losing.send, { returnImmediately: true })), {});
});
