import t from 'tap';
import type { MockProviderOptions } from '../../../simulation/index.js';
import { legalRun } from '../../harness/legal-run.js';

t.setTimeout(600_000);

/** Answers a create without a body, which CORE-02 judges, and advertises a filter or not. */
const bodiless = (hasFilter: boolean): MockProviderOptions => ({
  seams: {
    respond: (answer, { method, path }) => {
      if (method === 'POST' && answer.status === 201) return { ...answer, body: undefined };
      return path === '/ServiceProviderConfig' && typeof answer.body === 'object'
        ? { ...answer, body: { ...answer.body, filter: { supported: hasFilter, maxResults: 100 } } }
        : answer;
    },
  },
});

for (const hasFilter of [true, false]) {
  void t.test(`a 201 without a body is one failure, ${hasFilter ? 'with' : 'without'} a filter`, async (t) => {
    const report = await legalRun({
      options: () => bodiless(hasFilter),
      run: { burst: 0, binding: 'request-mode', only: ['CORE', 'LIFE', 'ERR'] },
    });
    t.strictSame(
      report.requirements.flatMap(({ id, evidence }) => (evidence === undefined ? [] : `${id} ${evidence.code}`)),
      ['CORE-02 body-missing'],
    );
    t.strictSame(report.leftovers, []);
  });
}
