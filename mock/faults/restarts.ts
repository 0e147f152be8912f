/**
 * Faults of restarts: CKPT-01. The seams of a fault are made anew at each start, so that a request which was accepted before
 * that time has been interrupted. They show only on a mock that is restarted with its state.
 */
import { isCompleted, type Job } from '../job.js';
import { usualFeatures } from '../options.js';
import { Problem } from '../problem.js';
import type { Fault } from './fault.js';
import { working, type ChangeWork } from './work.js';

const options: Fault['options'] = { features: [...usualFeatures, 'checkpoint'] };

/** The state of a fault of requests that were accepted before this start. */
const sinceStart =
  (make: (isInterrupted: (job: Job) => boolean) => Fault['seams']): Fault['seams'] =>
  (base, environment) => {
    const startedAt = environment.clock.now();
    return make(({ created }) => created < startedAt)(base, environment);
  };

/** Changes how operations of interrupted requests run. */
const resuming = (change: ChangeWork): Fault['seams'] =>
  sinceStart((isInterrupted) =>
    working(
      () => (task, honestly, workplace) =>
        isInterrupted(task.job) ? change(task, honestly, workplace) : honestly(task),
    ),
  );

export const restartFaults: readonly Fault[] = [
  {
    name: 'requests-forgotten-at-restart',
    title: 'requests that are kept in memory only, so that a restart loses them and their status',
    breaks: ['CKPT-01'],
    options,
    seams: sinceStart((isInterrupted) => ({ maySee, perform }) => ({
      maySee: (job, client) => maySee(job, client) && (isCompleted(job) || !isInterrupted(job)),
      perform: (work, ports) => (isInterrupted(work.task.job) ? Promise.resolve() : perform(work, ports)),
    })),
  },
  {
    name: 'not-resumed-after-restart',
    title: 'operations that no worker takes after a restart, so that their requests stay pending',
    breaks: ['CKPT-01', 'LIFE-01'],
    options,
    seams: sinceStart((isInterrupted) => ({ perform }) => ({
      perform: (work, ports) => (isInterrupted(work.task.job) ? Promise.resolve() : perform(work, ports)),
    })),
  },
  {
    name: 'failed-by-restart',
    title: 'operations that fail with 500 because they were pending when the provider was restarted',
    breaks: ['CKPT-01'],
    options,
    seams: resuming(({ operation }, _honestly, { failure }) =>
      Promise.resolve(failure(operation, new Problem(500, 'Interrupted by a restart.'))),
    ),
  },
  {
    name: 'done-again-after-restart',
    title: 'creates that are done again after a restart, although their effect was committed',
    breaks: ['CKPT-01'],
    options,
    seams: resuming(async (task, honestly) => {
      const result = await honestly(task);
      return task.operation.method === 'POST' ? honestly(task) : result;
    }),
  },
  {
    name: 'skipped-after-restart',
    title: 'operations that count as done after a restart, because they were begun before it',
    breaks: ['CKPT-01'],
    options,
    seams: resuming(({ operation: { method, path, bulkId } }) =>
      Promise.resolve({
        method,
        ...(bulkId === undefined ? {} : { bulkId }),
        status: method === 'POST' ? '201' : '200',
        location: path,
      }),
    ),
  },
  {
    name: 'counts-at-zero-after-restart',
    title: 'counts in memory, which are 0 after a restart until the status is read for the first time',
    breaks: ['CKPT-01'],
    options,
    seams: sinceStart((isInterrupted) => ({ viewStatus }) => {
      const known = new Set<string>();
      return {
        viewStatus: (job, baseUrl) => {
          const { Operations, ...view } = viewStatus(job, baseUrl);
          if (known.has(job.id) || !isInterrupted(job))
            return Operations === undefined ? view : { ...view, Operations };
          known.add(job.id);
          const { total } = view.operationsCount;
          return {
            ...view,
            operationsCount: { total, success: 0, failed: 0, pending: total },
            status: { completed: false, success: false },
            state: 'processing',
          };
        },
      };
    }),
  },
];
