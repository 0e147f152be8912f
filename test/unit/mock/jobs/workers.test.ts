import t from 'tap';
import { Workers } from '../../../../mock/jobs/workers.js';
import { LeaseLost, type Claim, type Jobs } from '../../../../mock/ports.js';
import { StoreAway } from '../../../../mock/store/store-error.js';
import { handMadeJob } from '../../../harness/hand-made-job.js';

const claim: Claim = {
  lease: '1',
  job: handMadeJob({
    operations: [{ method: 'DELETE', path: '/Users/1' }],
    isBulk: false,
    created: 1000,
    counts: { total: 1, success: 0, failed: 0, pending: 1 },
    modified: 1000,
    isStarted: true,
  }),
  number: 1,
  index: 0,
  operation: { method: 'DELETE', path: '/Users/1' },
  step: { resource: undefined, after: [], references: [], reserved: undefined, hopeless: undefined },
  unit: undefined,
};

/** Runs one claim; each try ends with the next of these errors, and the last without one. */
const runOne = async (errors: readonly Error[]): Promise<{ tries: number; slept: number[]; bugs: unknown[] }> => {
  const left = [claim];
  const jobs: Pick<Jobs, 'claim'> = { claim: () => Promise.resolve(left.pop()) };
  const seen = { tries: 0, slept: [] as number[], bugs: [] as unknown[] };
  const workers = new Workers({
    jobs,
    clock: { now: () => 0, sleep: (ms) => Promise.resolve(void seen.slept.push(ms)) },
    count: 1,
    perform: () => {
      const error = errors[seen.tries];
      seen.tries += 1;
      return error === undefined ? Promise.resolve() : Promise.reject(error);
    },
    onBug: (error) => seen.bugs.push(error),
  });
  await workers.ended();
  return seen;
};

const away = new StoreAway('away');

void t.test('an operation is run again by the worker that has it, until the store answers', async (t) => {
  t.strictSame(await runOne([away, away]), { tries: 3, slept: [500, 500], bugs: [] });
});

void t.test('what was done before the store went away loses its lease, and is not run once more', async (t) => {
  t.strictSame(await runOne([away, new LeaseLost('over')]), { tries: 2, slept: [500], bugs: [] });
});

void t.test('any other error is a bug, and not tried again', async (t) => {
  const bug = new TypeError('broken');
  t.strictSame(await runOne([bug]), { tries: 1, slept: [], bugs: [bug] });
});
