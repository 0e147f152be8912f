/** Faults of the order of bulk operations, and of failOnErrors: BULK-03, BULK-06, BULK-07. */
import type { Operation } from '../operation.js';
import { Problem } from '../problem.js';
import type { Fault } from './fault.js';
import { leavingPending, reading, working } from './work.js';

/** Swaps the data of the last two writes with the same resource and method, if there are more than eight of them. */
const lateOnesSwapped = (operations: readonly Operation[]): Operation[] => {
  const changed = [...operations];
  const last = operations.findLastIndex(({ method }) => method === 'PUT' || method === 'PATCH');
  const { path, method } = operations[last] ?? {};
  const alike = operations
    .map((operation, index) => ({ operation, index }))
    .filter(({ operation }) => operation.path === path && operation.method === method);
  const other = alike.at(-2);
  const [a, b] = [operations[last], other?.operation];
  if (alike.length <= 8 || other === undefined || a === undefined || b === undefined) return changed;
  changed[last] = { ...a, data: b.data };
  changed[other.index] = { ...b, data: a.data };
  return changed;
};

export const bulkOrderFaults: readonly Fault[] = [
  {
    name: 'fail-on-errors-ignored',
    title: 'failOnErrors that stops nothing',
    breaks: ['BULK-03'],
    seams: reading(() => ({ failOnErrors: undefined })),
  },
  {
    name: 'stopped-operations-left-pending',
    over: 'request-mode',
    title: 'operations stopped by failOnErrors that stay pending for ever',
    breaks: ['BULK-03'],
    seams: leavingPending(({ failOnErrors }) => failOnErrors !== undefined),
  },
  {
    name: 'results-end-at-the-first-error',
    over: 'request-mode',
    title: 'results that end at the first error, although the request has no failOnErrors',
    breaks: ['BULK-06'],
    seams: ({ viewStatus }) => ({
      viewStatus: (job, baseUrl) => {
        const view = viewStatus(job, baseUrl);
        if (view.Operations === undefined || job.failOnErrors !== undefined) return view;
        const first = view.Operations.findIndex(({ status }) => Number(status) >= 400);
        return first < 0 ? view : { ...view, Operations: view.Operations.slice(0, first + 1) };
      },
    }),
  },
  {
    name: 'fail-on-errors-one-too-early',
    title: 'failOnErrors that stops one error early',
    breaks: ['BULK-03'],
    seams: reading(({ failOnErrors }) =>
      failOnErrors === undefined || failOnErrors < 2 ? {} : { failOnErrors: failOnErrors - 1 },
    ),
  },
  {
    name: 'not-run-without-424',
    title: 'operations stopped by failOnErrors whose status is 400 instead of 424',
    breaks: ['BULK-03'],
    seams: working(() => async (task, honestly, { failure }) => {
      const result = await honestly(task);
      if (result.status !== '424' || task.job.isCancelled) return result;
      return { ...result, ...failure(task.operation, new Problem(400, 'Not run.')) };
    }),
  },
  {
    name: 'order-lost-beyond-eight',
    title: 'more than eight operations on one resource that run out of order',
    breaks: ['BULK-07'],
    seams: reading(({ operations }) => ({ operations: lateOnesSwapped(operations) })),
  },
  {
    name: 'delete-overtakes',
    title: 'a DELETE that runs before earlier operations on the same user',
    breaks: ['BULK-07'],
    seams: working(() => async (task, honestly, { failure }) => {
      const { operation, index, job } = task;
      const isOvertaken = job.operations.some(
        ({ method, path }, place) => place > index && method === 'DELETE' && path === operation.path,
      );
      if (!isOvertaken) return honestly(task);
      return failure(operation, new Problem(404, 'There is no User of this id.'));
    }),
  },
];
