import t from 'tap';
import { honestJobSeams } from '../../../mock/jobs/job-seams.js';
import { legalRun, outcomeOf, redIn } from '../../harness/legal-run.js';

t.setTimeout(600_000);

const { whyStopped } = honestJobSeams;

void t.test('a cancel that comes when all creates are running already is no failure', async (t) => {
  const report = await legalRun({
    options: () => ({
      seams: {
        whyStopped: (job) => {
          const isAllRunning = job.operations.every(({ method }) => method === 'POST');
          return whyStopped({ ...job, isCancelled: job.isCancelled && !isAllRunning });
        },
      },
    }),
    run: { burst: 0, binding: 'request-mode', only: ['CNCL-01', 'LIFE', 'STAT', 'BULK-06'] },
  });
  t.strictSame(redIn(report), []);
  t.equal(outcomeOf(report, 'CNCL-01'), 'pass');
});

void t.test('a cancel that never finds anything to stop is inconclusive if all writes are creates', async (t) => {
  const report = await legalRun({
    options: () => ({ seams: { whyStopped: (job) => whyStopped({ ...job, isCancelled: false }) } }),
    // Only the exercise with creates: nothing shows that some of them had not begun.
    run: { burst: 0, binding: 'request-mode', only: ['CNCL-01'], path: 'cancel/0' },
  });
  t.strictSame(redIn(report), []);
  t.equal(outcomeOf(report, 'CNCL-01'), 'inconclusive');
});
