import t from 'tap';
import { systemEnvironment } from '../../../../mock/index.js';
import type { Ports } from '../../../../mock/ports.js';
import { createMemoryPorts } from '../../../../mock/store/memory/memory-ports.js';
import { provePorts, usualSettings, type PortsSettings, type PortsUnderTest } from './prove-ports.js';
import { accept, claim, finish, put } from './prove-ports.js';

const start = (settings: Partial<PortsSettings> = {}): PortsUnderTest => {
  let now = 0;
  let ids = 0;
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const ports = createMemoryPorts({
    environment: { clock, newSigningKey: systemEnvironment.newSigningKey },
    newId: () => `id-${(ids += 1)}`,
    settings: { ...usualSettings, ...settings },
  });
  return { ports, pass: (ms) => (now += ms) };
};

provePorts(t, (settings) => Promise.resolve(start(settings)));

void t.test('a hundred thousand operations take about ten times as long as ten thousand', async (t) => {
  const cost = async (count: number): Promise<number> => {
    const { ports } = start({ queueCapacity: count });
    const begun = process.cpuUsage();
    await accept(
      ports,
      'job',
      Array.from({ length: count }, (_, index) => put(String(index % 1000))),
    );
    for (let done = 0; done < count; done += 1) await finish(ports, await claim(ports));
    const { user } = process.cpuUsage(begun);
    t.match(await ports.jobs.find('job'), { counts: { success: count } });
    return user;
  };
  await cost(10_000);
  const ratio = (await cost(100_000)) / (await cost(10_000));
  t.ok(ratio < 30, `it is ${ratio.toFixed(1)}; were it quadratic, it would be 100`);
});

/** A write that waits, aside, until `goOn` is called; the second time it does not wait. */
const longWrite = (ports: Ports, id: string) => {
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  let times = 0;
  const done = ports.store.transaction((transaction) => {
    times += 1;
    return transaction.update('User', id, async (attributes) => {
      await transaction.aside(() => gate);
      return { ...attributes, title: 'long' };
    });
  });
  return { done, goOn, times: () => times };
};

void t.test('other resources are written while a transaction does long work aside', async (t) => {
  const { ports } = start();
  const { id } = await ports.store.transaction((transaction) => transaction.create('User', { userName: 'large' }));
  const { done, goOn, times } = longWrite(ports, id);
  await ports.store.transaction((transaction) => transaction.create('User', { userName: 'other' }));
  t.equal(await ports.store.count('User'), 2, 'before the long one has ended');
  t.notOk('title' in (await ports.store.get('User', id)).attributes, 'of which nothing is seen yet');
  goOn();
  t.match(await done, { attributes: { userName: 'large', title: 'long' } });
  t.equal(times(), 1, 'and which is done once');
});

void t.test('a resource that is deleted while it is changed is gone, and the change fails', async (t) => {
  const { ports } = start();
  const { id } = await ports.store.transaction((transaction) => transaction.create('User', { userName: 'large' }));
  const { done, goOn, times } = longWrite(ports, id);
  await ports.store.transaction((transaction) => transaction.remove('User', id));
  goOn();
  t.match(await done.catch((error: unknown) => error), { status: 404 });
  t.equal(times(), 2);
  t.equal(await ports.store.count('User'), 0);
});

void t.test('a name that somebody takes meanwhile is taken', async (t) => {
  const { ports } = start();
  const { store } = ports;
  const { id } = await store.transaction((transaction) => transaction.create('User', { userName: 'large' }));
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const renamed = store.transaction(async (transaction) => {
    const free = (await transaction.named('wanted')) === undefined;
    await transaction.aside(() => gate);
    return transaction.update('User', id, () => ({ userName: free ? 'wanted' : 'second choice' }));
  });
  await store.transaction((transaction) => transaction.create('User', { userName: 'Wanted' }));
  goOn();
  t.match(await renamed, { attributes: { userName: 'second choice' } }, 'it is told so when it asks again');
});
