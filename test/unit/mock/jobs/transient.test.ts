import t from 'tap';
import { Transient, throwIfTransient, waitAfter } from '../../../../mock/jobs/transient.js';
import { Problem } from '../../../../mock/problem.js';
import { StoreAway } from '../../../../mock/store/store-error.js';

const isTriedAgain = (error: unknown, number: number, retryOperations: number): boolean => {
  try {
    throwIfTransient(error, number, { retryOperations });
    return false;
  } catch (thrown) {
    return thrown instanceof Transient;
  }
};

void t.test('503 and unexpected errors are tried again, until the tries are used up', (t) => {
  const away = new Problem(503, 'away');
  t.strictSame(
    [1, 2, 3, 4].map((number) => isTriedAgain(away, number, 3)),
    [true, true, false, false],
  );
  t.equal(isTriedAgain(new TypeError('broken'), 1, 2), true);
  t.equal(isTriedAgain(away, 1, 1), false, 'one try is the first one');
  for (const status of [400, 404, 409, 412, 424, 500]) t.equal(isTriedAgain(new Problem(status, 'no'), 1, 9), false);
  t.end();
});

void t.test('a store that is away is no failure of the operation, at the last try either', (t) => {
  const away = new StoreAway('away');
  for (const number of [1, 3]) t.throws(() => throwIfTransient(away, number, { retryOperations: 3 }), away);
  t.end();
});

void t.test('the waits grow up to 30 seconds', (t) => {
  t.strictSame(
    [1, 2, 3, 8, 9, 50].map((number) => waitAfter(number, 200)),
    [200, 400, 800, 25_600, 30_000, 30_000],
  );
  t.equal(waitAfter(5, 0), 0);
  t.end();
});
