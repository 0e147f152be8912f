import t from 'tap';
import type { Observed } from '../../../suites/bindings/binding.js';
import { respondAsyncBinding } from '../../../suites/bindings/respond-async.js';
import type { Answered } from '../../../suites/trace/trace.js';
import { baseUrl } from '../hand-made-trace.js';

const answered = (body: unknown): Answered => ({
  type: 'exchange',
  n: 0,
  purpose: 'poll',
  credential: 'primary',
  at: 0,
  took: 1,
  request: { method: 'GET', url: `${baseUrl}/results/1`, headers: [] },
  response: { status: 200, headers: [], body: JSON.stringify(body), truncated: false },
});

const bulk = (failOnErrors?: number): Observed => ({
  shape: 'bulk',
  txn: 'txn',
  operations: ['a', 'b', 'c'].map((bulkId) => ({ method: 'POST', path: '/Users', bulkId, expected: 'success' })),
  ...(failOnErrors === undefined ? {} : { failOnErrors }),
});

const created = { method: 'POST', status: '201' };
const failed = { method: 'POST', status: '400' };

void t.test('results without tokens are complete when each operation has one, or failOnErrors stopped', (t) => {
  const stateOf = (Operations: unknown[], observed: Observed): string =>
    respondAsyncBinding.observe(answered({ Operations }), observed, baseUrl).state;
  t.equal(stateOf([created, failed, created], bulk()), 'completed');
  t.equal(stateOf([created, failed], bulk()), 'pending', 'no operation may be left out');
  t.equal(stateOf([created, failed], bulk(1)), 'completed', 'one error ended the request');
  t.equal(stateOf([created, failed], bulk(2)), 'pending', 'one error is not enough');
  t.equal(stateOf([created, created], bulk(0)), 'pending', 'no error ended the request');
  t.end();
});
