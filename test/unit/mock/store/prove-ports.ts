/** What every implementation of the ports does: the tests of `mock/ports.ts`, which each of them runs. */
import type { Test } from 'tap';
import type { AuditEntry } from '../../../../mock/audit-entry.js';
import type { Hook } from '../../../../mock/hook.js';
import type { JobHead } from '../../../../mock/job.js';
import type { Operation, Outcome } from '../../../../mock/operation.js';
import { LeaseLost, type Claim, type Ports, type Step } from '../../../../mock/ports.js';
import type { RateLimit } from '../../../../mock/index.js';

const never = new AbortController().signal;

export interface PortsSettings {
  readonly queueCapacity: number;
  readonly queueBytes: number;
  readonly retentionSeconds: number;
  readonly operationMillis: number;
  readonly rateLimit: RateLimit;
}

export interface PortsUnderTest {
  readonly ports: Ports;
  /** Milliseconds that pass. */
  readonly pass: (ms: number) => void;
}

export const usualSettings: PortsSettings = {
  queueCapacity: 100,
  queueBytes: 1000,
  retentionSeconds: 60,
  operationMillis: 0,
  rateLimit: { capacity: 2, refillPerSecond: 1 },
};

const headOf = (id: string, operations: readonly Operation[]): JobHead => ({
  id,
  client: 'primary',
  requestId: `request of ${id}`,
  operations,
  isBulk: operations.length > 1,
  failOnErrors: undefined,
  options: {},
  bounds: undefined,
  hasStatus: true,
  created: 0,
});

export const put = (id: string): Operation => ({ method: 'PUT', path: `/Users/${id}`, data: {} });

const stepFor = ({ path }: Operation): Step => ({
  resource: path,
  after: [],
  references: [],
  reserved: undefined,
  hopeless: undefined,
});

export const accept = (ports: Ports, id: string, operations: readonly Operation[], steps = operations.map(stepFor)) =>
  ports.jobs.accept({ head: headOf(id, operations), bytes: 0, steps: () => steps, retry: undefined });

/** A claim that is there at once. */
export const claim = async ({ jobs }: Ports): Promise<Claim> => {
  const found = await jobs.claim(never);
  if (found === undefined) throw new Error('nothing was claimed');
  return found;
};

/** Whether anything can be claimed now. What was is done. */
const isIdle = async ({ jobs }: Ports): Promise<boolean> => {
  const leaving = new AbortController();
  const claimed = jobs.claim(leaving.signal);
  leaving.abort();
  return (await claimed) === undefined;
};

const succeeded: Outcome = { result: { method: 'PUT', status: '200' }, written: undefined };
const failed: Outcome = { result: { method: 'PUT', status: '400' }, written: undefined };

export const finish = ({ store }: Ports, claimed: Claim, outcome = succeeded): Promise<unknown> =>
  store.transaction((transaction) => transaction.finish(claimed, outcome));

const draft = (jti: string) => ({
  client: undefined,
  completes: undefined,
  event: () => ({ jti, claims: { jti }, token: () => Promise.resolve(jti) }),
});

const jtis = async ({ events }: Ports): Promise<string[]> =>
  (await events.take('primary', 100)).events.map(({ jti }) => jti);

/** `start` makes new, empty ports with a clock that stands still. */
export const provePorts = (t: Test, start: (settings?: Partial<PortsSettings>) => Promise<PortsUnderTest>): void => {
  void t.test('a transaction commits all that it did, in one step', async (t) => {
    const { ports } = await start();
    await accept(ports, 'job', [put('1')]);
    const claimed = await claim(ports);
    await ports.store.transaction(async (transaction) => {
      const { id } = await transaction.create('User', { userName: 'a' });
      await transaction.publish(draft('event'));
      await transaction.finish(claimed, succeeded);
      t.match(await transaction.find(id), { attributes: { userName: 'a' } }, 'it sees its own writes');
      t.equal((await transaction.list('User')).length, 1);
      t.equal(await ports.store.find(id), undefined, 'nobody else does');
      t.equal(await ports.store.count('User'), 0);
      t.match(await ports.jobs.find('job'), { counts: { pending: 1 } });
      t.same(await jtis(ports), []);
    });
    t.equal(await ports.store.count('User'), 1);
    t.match(await ports.jobs.find('job'), { counts: { success: 1, pending: 0 }, outcomes: [succeeded] });
    t.same(await jtis(ports), ['event']);
  });

  void t.test('a transaction that rejects leaves nothing, and its claim can still be finished', async (t) => {
    const { ports } = await start();
    const { id: kept } = await ports.store.transaction((transaction) =>
      transaction.create('User', { userName: 'kept' }),
    );
    await accept(ports, 'job', [put('1')]);
    const claimed = await claim(ports);
    const broken = ports.store.transaction(async (transaction) => {
      await transaction.create('User', { userName: 'a' });
      await transaction.update('User', kept, () => ({ userName: 'changed' }));
      await transaction.publish(draft('event'));
      await transaction.finish(claimed, succeeded);
      await transaction.promiseEvents('job');
      throw new Error('on purpose');
    });
    await t.rejects(broken, { message: 'on purpose' });
    t.match(await ports.store.list('User'), [{ id: kept, attributes: { userName: 'kept' }, version: 1 }]);
    t.match(await ports.jobs.find('job'), { counts: { pending: 1 }, isEventPromised: false });
    t.same(await jtis(ports), []);
    await ports.store.transaction((transaction) => transaction.create('User', { userName: 'a' }));
    await finish(ports, claimed);
    t.match(await ports.jobs.find('job'), { counts: { success: 1 } });
  });

  void t.test('the writes of a rejected attempt are undone, and the others are committed', async (t) => {
    const { ports } = await start();
    await ports.store.transaction(async (transaction) => {
      await transaction.create('User', { userName: 'before' });
      const attempt = transaction.attempt(async () => {
        await transaction.create('User', { userName: 'undone' });
        await transaction.publish(draft('undone'));
        await transaction.create('User', { userName: 'BEFORE' });
      });
      await t.rejects(attempt, { message: 'The userName is taken.' });
      await transaction.create('User', { userName: 'undone' });
      await transaction.publish(draft('committed'));
    });
    t.same(
      (await ports.store.list('User')).map(({ attributes }) => attributes.userName),
      ['before', 'undone'],
    );
    t.same(await jtis(ports), ['committed']);
  });

  void t.test('names are unique without regard to case, and free again with their owner', async (t) => {
    const { store } = (await start()).ports;
    const create = (userName: string) => store.transaction((transaction) => transaction.create('User', { userName }));
    const { id } = await create('Name');
    await t.rejects(create('nAME'), { message: 'The userName is taken.' });
    await store.transaction((transaction) => transaction.update('User', id, () => ({ userName: 'other' })));
    const { id: second } = await create('name');
    await store.transaction(async (transaction) => {
      await transaction.remove('User', second);
      await transaction.update('User', id, () => ({ userName: 'NAME' }));
    });
    await t.rejects(create('name'), { message: 'The userName is taken.' });
    await create('other');
    t.equal(await store.count('User'), 2);
  });

  void t.test('a transaction that does long work aside is done again if others changed what it had read', async (t) => {
    const { store } = (await start()).ports;
    const { id } = await store.transaction((transaction) => transaction.create('Group', { count: 0 }));
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const long = store.transaction((transaction) =>
      transaction.update('Group', id, async ({ count }) => {
        await transaction.aside(() => gate);
        return { count: Number(count) + 1 };
      }),
    );
    const short = store.transaction((transaction) =>
      transaction.update('Group', id, ({ count }) => ({ count: Number(count) + 10 })),
    );
    goOn();
    await Promise.all([long, short]);
    t.match(await store.get('Group', id), { attributes: { count: 11 }, version: 3 });
  });

  void t.test('transactions are done one after another', async (t) => {
    const { store } = (await start()).ports;
    const { id } = await store.transaction((transaction) => transaction.create('Group', { count: 0 }));
    await Promise.all(
      Array.from({ length: 50 }, () =>
        store.transaction(async (transaction) => {
          const { attributes } = await transaction.get('Group', id);
          await Promise.resolve();
          await transaction.update('Group', id, () => ({ count: Number(attributes.count) + 1 }));
        }),
      ),
    );
    t.match(await store.get('Group', id), { attributes: { count: 50 }, version: 51 });
  });

  void t.test(
    'operations on one resource are claimed one after another, across jobs; others concurrently',
    async (t) => {
      const { ports } = await start();
      await accept(ports, 'first', [put('a'), put('b'), put('a')]);
      await accept(ports, 'second', [put('a'), put('c')]);
      const places = ({ job, index }: Claim): string => `${job.id} ${index}`;
      const open = [await claim(ports), await claim(ports), await claim(ports)];
      t.same(open.map(places), ['first 0', 'first 1', 'second 1']);
      t.ok(await isIdle(ports), 'what is on the same resource waits');
      const [a, b, c] = open;
      if (a === undefined || b === undefined || c === undefined) throw new Error('nothing was claimed');
      await finish(ports, b);
      await finish(ports, c);
      t.ok(await isIdle(ports));
      await finish(ports, a);
      const next = await claim(ports);
      t.equal(places(next), 'first 2');
      t.ok(await isIdle(ports));
      await finish(ports, next, failed);
      t.equal(places(await claim(ports)), 'second 0');
    },
  );

  void t.test('an operation waits for those that it needs, and a claim for an operation', async (t) => {
    const { ports } = await start();
    const waiting = ports.jobs.claim(never);
    const operations = [put('a'), put('b')];
    const steps = operations.map((operation, index) => ({ ...stepFor(operation), after: index === 0 ? [1] : [] }));
    await accept(ports, 'job', operations, steps);
    const first = await waiting;
    t.match(first, { index: 1, job: { isStarted: true, counts: { pending: 2 } } });
    t.ok(await isIdle(ports));
    if (first !== undefined) await finish(ports, first);
    t.match(await claim(ports), { index: 0 });
  });

  void t.test('an operation whose lease ended is claimed again, and finished one time', async (t) => {
    const { ports, pass } = await start();
    await accept(ports, 'job', [put('a'), put('b')]);
    const late = await claim(ports);
    pass(60_001);
    const other = await claim(ports);
    t.equal(other.index, 0, 'before what has never been tried');
    t.not(other.lease, late.lease);
    const write = ports.store.transaction(async (transaction) => {
      await transaction.create('User', { userName: 'late' });
      await transaction.finish(late, failed);
    });
    await t.rejects(write, LeaseLost);
    await finish(ports, other);
    await t.rejects(finish(ports, other, failed), LeaseLost);
    t.equal(await ports.store.count('User'), 0);
    t.match(await ports.jobs.find('job'), { counts: { success: 1, failed: 0, pending: 1 }, revision: 1 });
  });

  void t.test('a postponed operation is tried again when it is due, before later ones on its resource', async (t) => {
    const { ports, pass } = await start();
    await accept(ports, 'job', [put('a'), put('a')]);
    const first = await claim(ports);
    t.equal(first.number, 1);
    pass(10);
    t.equal(await ports.jobs.postpone(first, 1000), true);
    t.equal(await ports.jobs.postpone(first, 1000), false, 'the claim is given back');
    await t.rejects(finish(ports, first), LeaseLost);
    t.match(await ports.jobs.find('job'), { isStarted: true, isRetrying: true, revision: 1, counts: { pending: 2 } });
    pass(980);
    t.ok(await isIdle(ports), 'it is not due, and what comes after it on its resource waits');
    pass(10);
    const second = await claim(ports);
    t.match(second, { index: 0, number: 2 });
    t.match(await ports.jobs.find('job'), { isRetrying: false, modified: 1000, revision: 1 });
    await finish(ports, second);
    t.match(await claim(ports), { index: 1, number: 1 });
  });

  void t.test('what is postponed does not keep others waiting, and a lost lease cannot be postponed', async (t) => {
    const { ports, pass } = await start();
    await accept(ports, 'first', [put('a')]);
    await accept(ports, 'second', [put('b')]);
    await ports.jobs.postpone(await claim(ports), 100_000);
    const other = await claim(ports);
    t.equal(other.job.id, 'second');
    pass(60_001);
    t.equal(await ports.jobs.postpone(other, 70_000), false);
    t.match(await ports.jobs.find('second'), { isRetrying: false, revision: 0 });
    await finish(ports, await claim(ports));
    t.ok(await isIdle(ports));
    pass(40_000);
    t.match(await claim(ports), { job: { id: 'first' }, number: 2 });
  });

  void t.test('a lease that ends before the commit takes the whole transaction with it', async (t) => {
    const { ports, pass } = await start();
    await accept(ports, 'job', [put('a')]);
    const claimed = await claim(ports);
    const write = ports.store.transaction(async (transaction) => {
      await transaction.create('User', { userName: 'late' });
      await transaction.finish(claimed, succeeded);
      pass(60_001);
    });
    await t.rejects(write, LeaseLost);
    t.equal(await ports.store.count('User'), 0);
    t.match(await ports.jobs.find('job'), { counts: { pending: 1 } });
  });

  void t.test(
    'a repeated request is the same job, a different one with its key conflicts, and a full queue refuses',
    async (t) => {
      const { ports, pass } = await start({ queueCapacity: 2 });
      const order = (id: string, fingerprint: string) =>
        ports.jobs.accept({
          head: headOf(id, [put(id)]),
          bytes: 0,
          steps: () => [stepFor(put(id))],
          retry: { key: 'key', fingerprint, remembers: () => true },
        });
      t.match(await order('1', 'same'), { kind: 'accepted', job: { id: '1' } });
      t.match(await order('2', 'same'), { kind: 'repeated', job: { id: '1' } });
      t.match(await order('3', 'other'), { kind: 'conflicting' });
      t.match(await accept(ports, '4', [put('4')]), { kind: 'accepted' });
      t.match(await accept(ports, '5', [put('5')]), { kind: 'full' });
      t.same(await ports.jobs.count(), { statuses: 2, pending: 2 });
      await finish(ports, await claim(ports));
      pass(60_000);
      t.equal(await ports.jobs.find('1'), undefined, 'a completed job is forgotten in time');
      t.match(await order('6', 'other'), { kind: 'accepted', job: { id: '6' } });
    },
  );

  void t.test('waiting for a job ends with its last operation, or when the caller stops waiting', async (t) => {
    const { ports } = await start();
    await accept(ports, 'job', [put('a'), put('b')]);
    const leaving = new AbortController();
    const left = ports.jobs.completed('job', leaving.signal);
    const waiting = ports.jobs.completed('job', never);
    await finish(ports, await claim(ports));
    leaving.abort();
    t.equal(await left, undefined);
    await finish(ports, await claim(ports), failed);
    t.match(await waiting, { counts: { success: 1, failed: 1, pending: 0 }, outcomes: [succeeded, failed] });
    t.match(await ports.jobs.completed('job', never), { id: 'job' });
    t.equal(await ports.jobs.cancel('job'), false, 'nothing is left to cancel');
    await ports.jobs.forget('job');
    t.equal(await ports.jobs.completed('job', never), undefined);
  });

  void t.test('a bucket has as many tokens as it holds, and gets new ones in time', async (t) => {
    const { ports, pass } = await start();
    t.same([await ports.limits.take('a'), await ports.limits.take('a'), await ports.limits.take('a')], [2, 1, 0]);
    t.equal(await ports.limits.look('b'), 2);
    pass(1500);
    t.equal(await ports.limits.look('a'), 1.5);
    t.equal(await ports.limits.take('a'), 1.5);
    t.equal(await ports.limits.take('a'), 0.5);
    pass(500);
    t.equal(await ports.limits.look('a'), 1, 'what was not whole was not taken');
    pass(1000);
    t.equal(await ports.limits.look('a', 0.25), 0.875, 'a smaller refill since the last token was asked for');
    t.equal(await ports.limits.take('a', 0.25), 0.875);
  });

  void t.test('a quota counts the requests of its window, and begins anew with the next one', async (t) => {
    const { ports } = await start();
    const { limits } = ports;
    const day = { size: 2, start: 1000 };
    t.equal(await limits.left('a', day), 2);
    t.same([await limits.count('a', day), await limits.count('a', day), await limits.count('a', day)], [2, 1, 0]);
    t.equal(await limits.left('a', day), 0);
    t.equal(await limits.left('b', day), 2, 'that of another client');
    t.equal(await limits.look('a'), 2, 'it is no bucket');
    const next = { size: 2, start: 2000 };
    t.equal(await limits.left('a', next), 2);
    t.same([await limits.count('a', next), await limits.left('a', next)], [2, 1]);
    const many = await Promise.all(Array.from({ length: 20 }, () => limits.count('c', { size: 5, start: 0 })));
    t.equal(many.filter((left) => left > 0).length, 5, 'at the same time');
  });

  void t.test(
    'a job that runs as a unit is claimed once, when all of its resources are free, and finished at once',
    async (t) => {
      const { ports } = await start();
      await accept(ports, 'earlier', [put('1')]);
      const unit = [put('2'), put('1'), put('2')];
      const head = { ...headOf('unit', unit), options: { rollbackOnError: true } };
      await ports.jobs.accept({ head, bytes: 0, steps: () => unit.map(stepFor), retry: undefined });
      await accept(ports, 'later', [put('2')]);
      t.match(await ports.jobs.count(), { pending: 5 });
      const earlier = await claim(ports);
      t.ok(await isIdle(ports), 'the unit waits for 1, and the later one for the unit');
      await finish(ports, earlier);
      const claimed = await claim(ports);
      t.match(claimed, { job: { id: 'unit' }, index: 0, unit: unit.map(stepFor) });
      t.ok(await isIdle(ports));
      await ports.store.transaction((transaction) => transaction.finishUnit(claimed, [succeeded, failed, succeeded]));
      t.match(await ports.jobs.find('unit'), {
        counts: { total: 3, success: 2, failed: 1, pending: 0 },
        outcomes: [succeeded, failed, succeeded],
      });
      const later = await claim(ports);
      t.match(later, { job: { id: 'later' }, unit: undefined });
      t.match(await ports.jobs.count(), { pending: 1 });
      await finish(ports, later);
      t.match(await ports.jobs.count(), { pending: 0 });
    },
  );

  void t.test(
    'the highest priority comes first, the order on a resource is kept, and low is not put off',
    async (t) => {
      const { ports } = await start();
      const order = async (id: string, priority: 'low' | 'high', operations: readonly Operation[]): Promise<void> => {
        const head = { ...headOf(id, operations), options: { priority } };
        await ports.jobs.accept({ head, bytes: 0, steps: () => operations.map(stepFor), retry: undefined });
      };
      await order('low', 'low', [put('1'), put('2')]);
      await order('high', 'high', [put('1'), ...Array.from({ length: 12 }, (_, index) => put(`h${index}`))]);
      const taken: string[] = [];
      for (let done = 0; done < 15; done += 1) {
        const claimed = await claim(ports);
        taken.push(`${claimed.job.id} ${claimed.operation.path}`);
        await finish(ports, claimed);
      }
      t.equal(
        taken.slice(0, 7).every((each) => each.startsWith('high')),
        true,
        taken.join(),
      );
      t.equal(taken[7], 'low /Users/1', 'each eighth is the oldest');
      t.ok(taken.indexOf('high /Users/1') > 7, 'the order on a resource is kept');
      t.equal(new Set(taken).size, 15);
    },
  );

  void t.test('webhooks are kept, and deliveries handed out when they are due, until they are settled', async (t) => {
    const { ports, pass } = await start();
    const { hooks, store } = ports;
    const hookOf = (id: string, client: string, eventType: Hook['eventType']): Hook => ({
      id,
      client,
      eventType,
      endpoint: 'https://receiver.example.com/',
      attributes: ['userName'],
      secret: 'shared',
      created: 0,
    });
    const [first, second] = [hookOf('h1', 'primary', 'user.created'), hookOf('h2', 'second', 'user.deleted')];
    await hooks.add(first);
    await hooks.add(second);
    t.strictSame(await hooks.find('h1'), first);
    t.equal(await hooks.find('h3'), undefined);
    t.strictSame(await hooks.list('second'), [second]);
    await store.transaction(async (transaction) => {
      t.strictSame(await transaction.hooksFor('user.created'), [first]);
      await transaction.deliver({ id: 'd1', hook: 'h1', body: '{"a":1}' });
    });
    const undone = store.transaction(async (transaction) => {
      await transaction.deliver({ id: 'd2', hook: 'h1', body: '{}' });
      throw new Error('on purpose');
    });
    await t.rejects(undone, { message: 'on purpose' });
    const take = async (): Promise<string | undefined> => {
      const claimed = await hooks.claim(never);
      return claimed && `${claimed.delivery.id} ${claimed.number} ${claimed.delivery.body}`;
    };
    const claimed = await hooks.claim(never);
    t.strictSame(claimed, { hook: first, delivery: { id: 'd1', hook: 'h1', body: '{"a":1}' }, number: 1 });
    if (claimed === undefined) throw new Error('nothing was claimed');
    await hooks.postpone(claimed, 10);
    pass(10);
    t.equal(await take(), 'd1 2 {"a":1}');
    t.equal(await hooks.remove('h1'), true);
    t.equal(await hooks.remove('h1'), false);
    await hooks.postpone(claimed, 0);
    await store.transaction((transaction) => transaction.deliver({ id: 'd3', hook: 'h2', body: '[]' }));
    t.equal(await take(), 'd3 1 []', 'the deliveries of a webhook go with it');
  });

  void t.test('an entry of the audit trail is kept once, for the client that it is about', async (t) => {
    const { ports } = await start();
    const entryOf = (id: string, who: string, request: string): AuditEntry => ({
      id,
      time: 0,
      client: who,
      action: 'status.read',
      request,
      outcome: 'success',
      status: 200,
    });
    const [first, second, other] = [entryOf('1', 'a', 'x'), entryOf('2', 'a', 'y'), entryOf('3', 'b', 'x')];
    t.equal(await ports.audit.record(first), true);
    t.equal(await ports.audit.record(first), false);
    t.equal(await ports.audit.record(second), true);
    t.equal(await ports.audit.record(other), true);
    t.strictSame(await ports.audit.entries('a', undefined), [first, second]);
    t.strictSame(await ports.audit.entries('a', 'x'), [first]);
    t.strictSame(await ports.audit.entries('b', 'y'), []);
  });
};
