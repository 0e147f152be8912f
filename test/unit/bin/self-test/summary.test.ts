import t from 'tap';
import type { KillMatrix } from '../../../../bin/self-test/kill-matrix.js';
import { summaryOf, type Tried } from '../../../../bin/self-test/summary.js';

const matrix: KillMatrix = {
  format: 1,
  tool: '0.1.0',
  seeds: [1],
  faults: [
    { name: 'short-ids', title: 'short ids', breaks: ['SEC-05'], missed: [], collateral: [], seeds: [1] },
    { name: 'no-answer', title: 'no answer', breaks: ['ACC-01'], missed: ['ACC-01'], collateral: [], seeds: [1] },
  ],
  falseAlarms: [],
  withoutFault: ['SEC-07'],
};

const tried: Tried = { matrix, seeds: 1, clean: 2, quick: false, longest: 4, declared: [], isWhole: true };

void t.test('faults that were missed are not among the killed ones', (t) => {
  t.strictSame(summaryOf(tried), [
    '1 of 2 faults killed without collateral, in 1 seed each; the longest counter-example has 4 lines',
    'the honest mock: nothing red in 2 seeds',
    'judged requirements without a fault: SEC-07',
  ]);
  t.end();
});

void t.test('without a seed, nothing is said to be killed or right', (t) => {
  const none = { ...matrix, seeds: [], faults: [], withoutFault: ['SEC-05', 'SEC-07'] };
  t.strictSame(summaryOf({ ...tried, matrix: none, seeds: 0 }), [
    'no fault was tried (--seeds 0)',
    'the honest mock: nothing red in 2 seeds',
  ]);
  t.equal(summaryOf({ ...tried, clean: 0 })[1], 'the honest mock was not tried (--clean 0)');
  t.end();
});

void t.test('a false alarm is said', (t) => {
  const alarm = { ...matrix, falseAlarms: [{ seed: 2, ids: ['ACC-01'] }] };
  t.equal(summaryOf({ ...tried, matrix: alarm })[1], 'the honest mock: RED in 2 seeds');
  t.end();
});
