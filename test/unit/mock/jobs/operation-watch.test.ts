import t from 'tap';
import { createOperationWatch } from '../../../../mock/jobs/operation-watch.js';
import type { RunEnd } from '../../../../mock/observer.js';
import { handMadeJob } from '../../../harness/hand-made-job.js';
import { LeaseLost, type Claim } from '../../../../mock/ports.js';

const job = handMadeJob({
  operations: [{ method: 'DELETE', path: '/Users/1' }],
  isBulk: false,
  created: 1000,
  counts: { total: 1, success: 0, failed: 0, pending: 1 },
  modified: 1000,
  isStarted: true,
});

const claim: Claim = {
  lease: '1',
  job,
  number: 1,
  index: 0,
  operation: { method: 'DELETE', path: '/Users/1' },
  step: { resource: undefined, after: [], references: [], reserved: undefined, hopeless: undefined },
  unit: undefined,
};

const [first, second] = ['404', '204'].map((status) => ({
  result: { method: 'DELETE' as const, status },
  written: undefined,
}));

void t.test('the observer is told how long a claim waited, how long it ran, and what was committed', async (t) => {
  let now = 1250;
  const seen: (number | RunEnd)[] = [];
  const watch = createOperationWatch(
    {
      claimed: (_claim, waited) => {
        seen.push(waited);
        return (end) => seen.push(end);
      },
    },
    { now: () => now, sleep: () => Promise.resolve() },
  );
  const noted = first === undefined || second === undefined ? [] : [[first], [second]];
  await watch.run(claim, () => {
    // The transaction was tried twice.
    for (const outcomes of noted) watch.finishing(claim, outcomes);
    now = 1400;
    return Promise.resolve();
  });
  t.strictSame(seen, [250, { outcomes: [second], millis: 150 }]);
});

void t.test('what was not committed has no outcome', async (t) => {
  const seen: RunEnd[] = [];
  const watch = createOperationWatch(
    { claimed: () => (end) => seen.push(end) },
    // A clock of another process may be ahead.
    { now: () => 900, sleep: () => Promise.resolve() },
  );
  const work = watch.run(claim, () => {
    watch.finishing(claim, first === undefined ? [] : [first]);
    return Promise.reject(new LeaseLost());
  });
  await t.rejects(work, LeaseLost);
  t.strictSame(seen, [{ outcomes: undefined, millis: 0 }]);
});
