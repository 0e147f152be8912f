import t, { type Test } from 'tap';
import { Problem, startMock, type StartOptions } from '../../../mock/index.js';
import { honestSeams } from '../../../mock/seams/seams.js';
import type { Apply } from '../../../mock/resources/apply.js';
import { systemClock, systemEnvironment } from '../../../mock/system-environment.js';
import { openDatabases } from '../../harness/databases.js';
import { asynchronous, bulk, clientOf, user } from './client.js';

t.setTimeout(60_000);

const { apply } = honestSeams(systemEnvironment.newId, () => systemClock.sleep(0));

/** Writes of the user `busy@example.com` fail with these errors at first. */
const failingWith = (...errors: readonly Error[]): { readonly apply: Apply; readonly tries: () => number } => {
  const left = [...errors];
  let tries = 0;
  return {
    tries: () => tries,
    apply: async (operation, transaction) => {
      const isBusy = JSON.stringify(operation.data ?? '').includes('busy@example.com');
      if (isBusy) tries += 1;
      const error = isBusy ? left.shift() : undefined;
      const applied = await apply(operation, transaction);
      // After the write, so that it has to be undone.
      if (error !== undefined) throw error;
      return applied;
    },
  };
};

const create = (userName: string, bulkId: string) => ({ method: 'POST', path: '/Users', bulkId, data: user(userName) });

const away = (): Problem => new Problem(503, 'The directory does not answer now.');

const submit = async (t: Test, options: StartOptions, more: Record<string, unknown> = {}) => {
  const mock = await startMock({
    operationMillis: 0,
    retryAfterSeconds: 0,
    retryOperationMillis: 300,
    rateLimit: false,
    ...options,
  });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  const body = bulk([create('other@example.com', 'a'), create('busy@example.com', 'b')], more);
  const accepted = await send('POST', '/Bulk', { headers: asynchronous, body });
  const states: string[] = [];
  const tags = new Map<string, Set<unknown>>();
  const location = accepted.headers.get('location') ?? '';
  for (;;) {
    const { body: status, headers } = await send('GET', location);
    const state = String(status.state);
    if (states.at(-1) !== state) states.push(state);
    const tag = headers.get('etag') ?? '';
    tags.set(tag, (tags.get(tag) ?? new Set()).add(state));
    if ((status.status as { completed: boolean }).completed) return { mock, send, status, states, tags };
  }
};

const ofStore = (name: string, newStore: () => Promise<string>): void => {
  void t.test(`${name}: an operation that fails for a moment is tried again, and the state is retrying`, async (t) => {
    const busy = failingWith(away(), new TypeError('a broken connection'));
    const { status, states, tags, mock, send } = await submit(t, {
      store: await newStore(),
      retryOperations: 3,
      seams: { apply: busy.apply },
    });
    t.match(status, { state: 'completed', Operations: [{ status: '201' }, { status: '201' }] });
    t.equal(busy.tries(), 3);
    t.ok(states.includes('retrying'), states.join());
    t.notOk(states.slice(1).includes('queued'), states.join());
    for (const [tag, seen] of tags) t.equal(seen.size, 1, `${tag} stands for one state`);
    t.equal((await mock.snapshot()).users, 2, 'a try that failed has left nothing');
    const { body } = await send('GET', `/audit?request=${String(status.id)}`);
    const audited = (body.Resources as { action: string; state?: string }[]).flatMap(({ state }) => state ?? []);
    t.strictSame(audited.slice(0, 2).sort(), ['processing', 'queued']);
    t.strictSame(audited.slice(2), ['retrying', 'completed']);
  });

  void t.test(`${name}: a unit is tried again as a whole`, async (t) => {
    const busy = failingWith(away());
    const { status, states, mock } = await submit(
      t,
      { store: await newStore(), retryOperations: 2, seams: { apply: busy.apply } },
      { 'urn:ietf:params:scim:schemas:extension:async:2.0:BulkOptions': { rollbackOnError: true } },
    );
    t.match(status, { state: 'completed', Operations: [{ status: '201' }, { status: '201' }] });
    t.ok(states.includes('retrying'), states.join());
    t.equal(busy.tries(), 2);
    t.equal((await mock.snapshot()).users, 2);
  });
};

void t.test('an operation that fails at its last try has failed', async (t) => {
  const busy = failingWith(away(), away(), away());
  const { status } = await submit(t, { retryOperations: 2, seams: { apply: busy.apply } });
  t.match(status, { state: 'failed', Operations: [{ status: '201' }, { status: '503' }] });
  t.equal(busy.tries(), 2);
});

void t.test('other problems are not tried again, and without the option nothing is', async (t) => {
  const taken = failingWith(new Problem(409, 'It is in use.'));
  const refused = await submit(t, { retryOperations: 5, seams: { apply: taken.apply } });
  t.match(refused.status, { Operations: [{ status: '201' }, { status: '409' }] });
  t.equal(taken.tries(), 1);
  const busy = failingWith(away());
  const once = await submit(t, { seams: { apply: busy.apply } });
  t.match(once.status, { Operations: [{ status: '201' }, { status: '503' }] });
  t.notOk(once.states.includes('retrying'));
});

ofStore('in memory', () => Promise.resolve('memory'));
const databases = await openDatabases();
if (typeof databases === 'string') void t.test('in PostgreSQL', { skip: databases }, () => undefined);
else {
  t.teardown(() => databases.end());
  ofStore('in PostgreSQL', databases.create);
}
