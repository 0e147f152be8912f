import t from 'tap';
import { startMock, type Mock } from '../../../mock/index.js';
import { openDatabases } from '../../harness/databases.js';
import { runSuite } from '../../harness/run-suite.js';
import { freePort, startProxy, whyMissing } from '../../providers/reverse-proxy.js';

t.setTimeout(600_000);

const asked = ['BULK-07', 'CNCL-01', 'IDEM-01', 'STAT-02'];

const skip = whyMissing('nginx');
const databases = skip ?? (await openDatabases());
if (typeof databases === 'string') t.plan(0, databases);
else {
  const { create, end } = databases;
  void t.test('three replicas behind nginx are one right provider', async (t) => {
    const store = await create();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/scim/v2`;
    const replicas: Mock[] = [];
    for (let count = 0; count < 3; count += 1)
      replicas.push(
        await startMock({
          store,
          publicUrl: url,
          retryAfterSeconds: 0,
          clients: [
            { name: 'primary', token: 'one' },
            { name: 'second', token: 'two' },
          ],
        }),
      );
    const [first, ...others] = replicas.map((mock) => mock.port);
    const stopProxy = await startProxy('nginx', { port, upstream: first ?? 0, others });
    t.teardown(async () => {
      await stopProxy();
      await Promise.all(replicas.map((mock) => mock.stop()));
      await end();
    });
    const report = await runSuite({
      target: { baseUrl: url, token: 'one', secondToken: 'two' },
      only: asked,
      seed: 1,
      runs: 1,
      burst: 0,
      setPoll: `${url}/events/poll`,
    });
    const red = report.requirements.flatMap(({ id, outcome, evidence }) =>
      ['fail', 'warning', 'harness-error'].includes(outcome) ? [`${id} ${evidence?.code ?? outcome}`] : [],
    );
    t.strictSame(red, []);
    const passed = report.requirements.filter(({ outcome }) => outcome === 'pass').map(({ id }) => id);
    t.strictSame(passed.toSorted(), [...asked].toSorted());
    t.strictSame(report.leftovers, []);
  });
}
