/** Faults of If-Match and of the version of bulk operations in asynchronous writes: LIFE-12. */
import { Problem } from '../problem.js';
import type { Operation } from '../operation.js';
import type { Fault } from './fault.js';
import { working } from './work.js';

const unconditional = ({ method, path, bulkId, data }: Operation): Operation => ({
  method,
  path,
  ...(bulkId === undefined ? {} : { bulkId }),
  ...(data === undefined ? {} : { data }),
});

export const conditionFaults: readonly Fault[] = [
  {
    name: 'asynchronous-writes-ignore-if-match',
    title: 'If-Match that is lost in the queue',
    breaks: ['LIFE-12'],
    seams: working(
      () => (task, honestly) =>
        honestly(task.job.isBulk ? task : { ...task, operation: unconditional(task.operation) }),
    ),
  },
  {
    name: 'version-of-bulk-operations-ignored',
    title: 'the version of bulk operations that is ignored',
    breaks: ['LIFE-12'],
    seams: working(
      () => (task, honestly) =>
        honestly(task.job.isBulk ? { ...task, operation: unconditional(task.operation) } : task),
    ),
  },
  {
    name: 'asynchronous-delete-ignores-if-match',
    title: 'an asynchronous DELETE that ignores If-Match',
    breaks: ['LIFE-12'],
    seams: working(
      () => (task, honestly) =>
        honestly(task.operation.method === 'DELETE' ? { ...task, operation: unconditional(task.operation) } : task),
    ),
  },
  {
    name: 'asynchronous-conflict-is-409',
    title: 'a result of 409 in place of 412',
    breaks: ['LIFE-12'],
    seams: working(() => async (task, honestly, { failure }) => {
      const result = await honestly(task);
      return result.status === '412' ? failure(task.operation, new Problem(409, 'It was changed.')) : result;
    }),
  },
  {
    name: 'asynchronous-if-match-never-matches',
    title: 'If-Match that refuses every asynchronous write',
    breaks: ['LIFE-12'],
    seams: working(
      () =>
        (task, honestly, { failure }) =>
          task.operation.version === undefined
            ? honestly(task)
            : Promise.resolve(failure(task.operation, new Problem(412, 'It has another version.'))),
    ),
  },
];
