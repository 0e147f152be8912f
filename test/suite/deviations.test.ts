import t from 'tap';
import { startMock } from '../../mock/index.js';
import { judges, runSuite } from '../../suites/index.js';
import { deviations } from './deviations.js';

t.jobs = 4;
t.setTimeout(300_000);

for (const { name, breaks, operationMillis, seams } of deviations) {
  void t.test(`${name}: exactly ${breaks.join(' and ')} is found`, async (t) => {
    const mock = await startMock({
      retryAfterSeconds: 0,
      seams: seams(),
      ...(operationMillis === undefined ? {} : { operationMillis }),
    });
    t.teardown(() => mock.stop());
    const report = await runSuite({
      target: { baseUrl: mock.url, token: mock.tokens.primary, secondToken: mock.tokens.second },
      seed: 1,
    });
    const red = report.requirements.filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome));
    t.strictSame(
      red.map(({ id }) => id),
      [...breaks],
      JSON.stringify(red.map(({ id, evidence, reason }) => [id, evidence?.expected ?? reason, evidence?.actual])),
    );
    t.equal(mock.snapshot().users, 0, 'nothing is left behind');
  });
}

void t.test('every judge has a deviation that it finds', (t) => {
  const found = new Set(deviations.flatMap(({ breaks }) => breaks));
  t.strictSame(
    [...judges.keys()].filter((id) => !found.has(id)),
    [],
  );
  t.end();
});
