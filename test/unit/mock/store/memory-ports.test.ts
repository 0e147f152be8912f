import t from 'tap';
import { systemEnvironment } from '../../../../mock/index.js';
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
