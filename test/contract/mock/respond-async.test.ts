import t from 'tap';
import { startMock, type StartOptions } from '../../../mock/index.js';
import { validate } from '../../../schemas/validators.js';
import { asynchronous, bulk, clientOf, user } from './client.js';
import { completeBySet, completion, respondAsync, setsOf, untilResult, verifierOf } from './events-client.js';
import { gated } from './gated.js';

t.setTimeout(300_000);

const start = async (t: { teardown(fn: () => Promise<void>): void }, options: StartOptions = {}) => {
  const mock = await startMock({ retryAfterSeconds: 0, operationMillis: 1, rateLimit: false, ...options });
  t.teardown(() => mock.stop());
  return { mock, send: clientOf(mock) };
};

void t.test('the 202 has no body and contains the URI of the event; the event can be read repeatedly', async (t) => {
  const { open, clock } = gated();
  const { mock, send } = await start(t, { retryAfterSeconds: 3, environment: { clock } });
  const accepted = await send('POST', '/Users', {
    headers: { ...respondAsync, Accept: 'text/html' },
    body: { ...user('a@example.com'), externalId: 'ext' },
  });
  const txn = accepted.headers.get('set-txn') ?? '';
  t.match(txn, /^[0-9a-f-]{36}$/);
  const fields = (names: string[]) => names.map((name) => accepted.headers.get(name));
  t.equal(accepted.status, 202);
  t.equal(accepted.text, '');
  t.same(fields(['content-type', 'location', 'preference-applied', 'retry-after', 'cache-control']), [
    null,
    `${mock.url}/async/${txn}`,
    'respond-async',
    '3',
    'no-store',
  ]);
  const pending = await send('GET', `/async/${txn}`);
  t.same([pending.status, pending.text, pending.headers.get('set-txn')], [202, '', txn]);
  t.same([pending.headers.get('retry-after'), pending.headers.get('cache-control')], ['3', 'no-store']);
  open();
  const done = await untilResult(send, `/async/${txn}`);
  t.equal(done.status, 200);
  t.equal(done.headers.get('content-type'), 'application/secevent+jwt');
  const claims = await verifierOf(mock)(done.text);
  const { location = '' } = claims.events[completion] as { location?: string };
  t.equal((await send('GET', location)).body.userName, 'a@example.com');
  t.match(claims, {
    txn,
    aud: [`${mock.url}/Feeds/primary`],
    sub_id: { format: 'scim', uri: location.slice(mock.url.length), externalId: 'ext' },
    events: { [completion]: { method: 'POST', status: '201', version: 'W/"1"' } },
  });
  t.notMatch(claims, { sub: String });
  t.equal((await verifierOf(mock)((await send('GET', `/async/${txn}`)).text)).jti, claims.jti);
});

void t.test('each method is answered 202, and its event contains the result', async (t) => {
  const { mock, send } = await start(t);
  const created = await completeBySet(mock, send, 'POST', '/Users', user('a@example.com'));
  const path = created.sub_id.uri;
  const put = await completeBySet(mock, send, 'PUT', path, { ...user('a@example.com'), displayName: 'Put' });
  t.match(put, { sub_id: { uri: path }, events: { [completion]: { method: 'PUT', status: '200', version: 'W/"2"' } } });
  const patch = await completeBySet(mock, send, 'PATCH', path, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'displayName', value: 'Patched' }],
  });
  t.match(patch.events[completion], { method: 'PATCH', status: '200', version: 'W/"3"' });
  t.equal((await send('GET', path)).body.displayName, 'Patched');
  const duplicate = await completeBySet(mock, send, 'POST', '/Users', user('a@example.com'));
  t.match(duplicate, {
    sub_id: { uri: '/Users' },
    events: { [completion]: { status: '409', response: { status: '409', scimType: 'uniqueness' } } },
  });
  const removed = await completeBySet(mock, send, 'DELETE', path);
  t.match(removed, { sub_id: { uri: path }, events: { [completion]: { method: 'DELETE', status: '204' } } });
  const again = await completeBySet(mock, send, 'DELETE', path);
  t.match(again, { sub_id: { uri: path }, events: { [completion]: { status: '404', response: { status: '404' } } } });
  const txns = [created, put, patch, duplicate, removed, again].map(({ txn }) => txn);
  t.equal(new Set(txns).size, 6);
});

void t.test('syntax errors are answered at once', async (t) => {
  const { send } = await start(t);
  const status = async (path: string, body: unknown) =>
    (await send('POST', path, { headers: respondAsync, body })).status;
  t.equal(await status('/Users', '{'), 400);
  t.equal(await status('/Users', { schemas: [] }), 400);
  t.equal(await status('/Bulk', { Operations: 1 }), 400);
});

void t.test('a bulk request has an event for each operation, with zero-based transactions', async (t) => {
  const { mock, send } = await start(t);
  const Operations = ['a', 'b', 'a', 'c'].map((name, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${index}`,
    data: user(`${name}@example.com`),
  }));
  const read = async (more: Record<string, unknown>) => {
    const accepted = await send('POST', '/Bulk', { headers: respondAsync, body: bulk(Operations, more) });
    t.equal(accepted.status, 202);
    t.equal(accepted.text, '');
    const txn = accepted.headers.get('set-txn') ?? '';
    const reply = await untilResult(send, accepted.headers.get('location') ?? '');
    t.equal(reply.headers.get('content-type'), 'application/json');
    const claims = await Promise.all(Object.values(setsOf(reply)).map(verifierOf(mock)));
    t.same(
      claims.map(({ jti }) => jti),
      Object.keys(setsOf(reply)),
    );
    t.same(
      claims.map((claim) => claim.txn),
      Operations.map((_, index) => `${txn}:${index}`),
    );
    return claims.map(({ events }) => events[completion]);
  };
  const first = await read({});
  t.same(
    first.map((event) => event?.bulkId),
    ['b0', 'b1', 'b2', 'b3'],
  );
  t.equal(first.filter((event) => event?.status === '201').length, 3);
  t.equal(first.filter((event) => event?.status === '409').length, 1);
  const stopped = await read({ failOnErrors: 1 });
  t.same(
    stopped.map((event) => event?.status),
    ['409', '424', '424', '424'],
    'what failOnErrors stops has an event too',
  );
});

void t.test('with wait, a request that is done in time has the synchronous answer', async (t) => {
  const { mock, send } = await start(t);
  const headers = { Prefer: 'respond-async, wait=20' };
  const created = await send('POST', '/Users', { headers, body: user('a@example.com') });
  t.equal(created.status, 201);
  t.match(created.body, { userName: 'a@example.com', meta: { version: 'W/"1"' } });
  t.equal(created.headers.get('location'), `${mock.url}/Users/${String(created.body.id)}`);
  t.equal(created.headers.get('etag'), 'W/"1"');
  t.equal(created.headers.get('set-txn'), null);
  const duplicate = await send('POST', '/Users', { headers, body: user('a@example.com') });
  t.match(duplicate, { status: 409, body: { status: '409', scimType: 'uniqueness' } });
  const Operations = [{ method: 'DELETE', path: `/Users/${String(created.body.id)}` }];
  const bulked = await send('POST', '/Bulk', { headers, body: bulk(Operations) });
  t.match(bulked, { status: 200, body: { Operations: [{ method: 'DELETE', status: '204' }] } });
  const events = await Promise.all(
    Object.values(setsOf(await send('POST', '/events/poll', { body: {} }))).map(verifierOf(mock)),
  );
  t.equal(events.length, 2, 'the events of the create and the delete');
  t.notOk(events.some((event) => completion in event.events));
});

void t.test('with wait, a request that is not done in time has the 202', async (t) => {
  const { open, clock } = gated();
  // Of the sleeps only that of the work has the gate; the wait is over at once.
  const impatient = { ...clock, sleep: (ms: number) => (ms === 777 ? clock.sleep() : Promise.resolve()) };
  const { mock, send } = await start(t, { operationMillis: 777, environment: { clock: impatient } });
  const accepted = await send('POST', '/Users', { headers: { Prefer: 'respond-async, wait=2' }, body: user() });
  t.equal(accepted.status, 202);
  open();
  const { text } = await untilResult(send, accepted.headers.get('location') ?? '');
  t.match(await verifierOf(mock)(text), { txn: accepted.headers.get('set-txn') ?? '' });
});

void t.test('a long provider answers 202 to whatever takes long, asked or not', async (t) => {
  const { open, clock } = gated();
  const impatient = { ...clock, sleep: (ms: number) => (ms === 777 ? clock.sleep() : Promise.resolve()) };
  const { send } = await start(t, { asyncRequest: 'long', operationMillis: 777, environment: { clock: impatient } });
  const plain = await send('POST', '/Users', { body: user() });
  t.equal(plain.status, 202);
  t.equal(plain.headers.get('preference-applied'), null);
  const preferred = await send('POST', '/Users', { headers: respondAsync, body: user() });
  t.equal(preferred.headers.get('preference-applied'), 'respond-async');
  open();
  t.equal((await untilResult(send, plain.headers.get('location') ?? '')).status, 200);
  const config = await send('GET', '/ServiceProviderConfig');
  t.match(config.body.securityEvents, { asyncRequest: 'long' });
  const quick = await start(t, { asyncRequest: 'long', longWaitMillis: 20_000 });
  t.equal((await quick.send('POST', '/Users', { headers: respondAsync, body: user() })).status, 201);
});

void t.test('without asynchronous requests the preference is ignored', async (t) => {
  const { send } = await start(t, { asyncRequest: 'none', provisioningEvents: 'none' });
  t.equal((await send('POST', '/Users', { headers: respondAsync, body: user() })).status, 201);
  const config = await send('GET', '/ServiceProviderConfig');
  t.same(config.body.securityEvents, { asyncRequest: 'none', eventUris: [] });
});

void t.test('discovery is valid and lists the events', async (t) => {
  const { send } = await start(t, { feed: 'active', provisioningEvents: 'full' });
  const { body } = await send('GET', '/ServiceProviderConfig');
  t.match(validate('async/security-events', body.securityEvents), { valid: true });
  const { eventUris } = body.securityEvents as { eventUris: string[] };
  t.same(eventUris.map((uri) => uri.slice('urn:ietf:params:scim:event:'.length)).sort(), [
    ...['feed:add', 'feed:remove', 'misc:asyncresp', 'prov:activate', 'prov:create:full', 'prov:deactivate'],
    ...['prov:delete', 'prov:patch:full', 'prov:put:full'],
  ]);
});

void t.test('a result can be read only by its client, and only in its binding', async (t) => {
  const { mock, send } = await start(t);
  const accepted = await send('POST', '/Users', { headers: respondAsync, body: user() });
  const location = accepted.headers.get('location') ?? '';
  const txn = accepted.headers.get('set-txn') ?? '';
  await untilResult(send, location);
  t.match(await send('GET', location, { as: 'second' }), { status: 404, body: { status: '404' } });
  t.match(await send('GET', '/async/unknown'), { status: 404, body: { status: '404' } });
  t.equal((await fetch(location)).status, 401);
  const refused = await send('POST', location, { body: {} });
  t.same([refused.status, refused.headers.get('allow')], [405, 'GET, HEAD']);
  t.equal((await send('GET', `/provision/${txn}/status`)).status, 404);
  const both = await send('POST', '/Users', { headers: { ...asynchronous, ...respondAsync }, body: user() });
  t.equal(both.headers.get('location'), `${mock.url}/provision/${String(both.body.id)}/status`);
  t.equal(both.headers.get('preference-applied'), null);
  t.equal((await send('GET', `/async/${String(both.body.id)}`)).status, 404);
});

void t.test('a result is kept for its time and no longer, and polls as asked are not throttled', async (t) => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const { send } = await start(t, {
    retentionSeconds: 60,
    retryAfterSeconds: 1,
    rateLimit: { capacity: 2, refillPerSecond: 0.0001 },
    environment: { clock: { now: () => now, sleep: () => Promise.resolve() } },
  });
  const accepted = await send('POST', '/Users', { headers: respondAsync, body: user() });
  const location = accepted.headers.get('location') ?? '';
  for (let polls = 0; polls < 5; polls += 1) {
    t.not((await send('GET', location)).status, 429);
    now += 1000;
  }
  t.equal((await send('GET', location)).status, 200);
  now += 60_000;
  t.equal((await send('GET', location)).status, 404);
});
