/** Faults of bulk requests: BULK. */
import { mediaType } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import type { Job } from '../jobs/job.js';
import type { Operation } from '../operation.js';
import { isJson, type Json } from '../resources/representation.js';
import { resourceTypes } from '../resources/resource-type.js';
import {
  applying,
  bodyOf,
  config,
  counts,
  edit,
  error,
  isAccepted,
  isStatusRead,
  leavingPending,
  member,
  withBody,
  answering,
} from './edits.js';
import type { Fault } from './fault.js';

/** A job is changed before it runs, as a provider would that read its request wrongly. */
const readWrongly =
  (change: (job: Job) => Partial<Job>): Fault['seams'] =>
  ({ enqueue }) => ({ enqueue: (job, queue) => enqueue(Object.assign(job, change(job)), queue) });

/** Exchanges what the last two writes of one resource and method write, where there are more than eight of them. */
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

const limit = 500;

/** A body that is one byte too long is seen by its status alone: nothing else of it can be. */
const advertises = (change: (bulk: Json) => Json): Fault['seams'] =>
  edit(
    config,
    withBody((body) => ({ ...body, bulk: change(member(body, 'bulk')) })),
  );

export const bulkFaults: readonly Fault[] = [
  {
    name: 'counts-against-results',
    over: 'request-mode',
    title: 'counts that say one failure less than Operations show',
    breaks: ['BULK-01'],
    seams: edit(
      isStatusRead,
      withBody((body) => {
        const { failed, success, ...rest } = counts(body);
        const failures = Number(failed);
        // The same while it is pending: counts that go back would be another fault.
        if (failures < 2 || Number(rest.total) > 20) return body;
        return { ...body, operationsCount: { ...rest, success: Number(success) + 1, failed: failures - 1 } };
      }),
    ),
  },
  {
    name: 'duplicate-bulk-id-accepted',
    title: 'two operations with one bulkId that both succeed',
    breaks: ['BULK-01'],
    // The mock refuses them before they can be read wrongly: the answer is that of a provider that does not look.
    seams: edit(
      (answer, { path }) =>
        path === '/Bulk' && answer.status === 400 && String(bodyOf(answer).detail).includes('bulkId occurs twice'),
      () => ({ status: 200, headers: { 'Content-Type': mediaType.scim }, body: { schemas: [], Operations: [] } }),
    ),
  },
  {
    name: 'members-resolved-to-the-first',
    title: 'bulkId references of which all lead to the first',
    breaks: ['BULK-02'],
    seams: applying((apply) => (operation) => {
      const { data, method, path } = operation;
      if (method !== 'POST' || path !== '/Groups' || !isJson(data) || !Array.isArray(data.members))
        return apply(operation);
      const members: unknown[] = data.members.map(() => (data.members as unknown[])[0]);
      return apply({ ...operation, data: { ...data, members } });
    }),
  },
  {
    name: 'results-without-bulk-id',
    over: 'request-mode',
    title: 'results that do not say which bulkId they are of',
    breaks: ['BULK-02'],
    seams: edit(
      isStatusRead,
      withBody((body) =>
        Array.isArray(body.Operations)
          ? {
              ...body,
              Operations: body.Operations.filter(isJson).map((operation) =>
                Object.fromEntries(Object.entries(operation).filter(([name]) => name !== 'bulkId')),
              ),
            }
          : body,
      ),
    ),
  },
  {
    name: 'fail-on-errors-ignored',
    title: 'failOnErrors that stops nothing',
    breaks: ['BULK-03'],
    seams: readWrongly(() => ({ failOnErrors: undefined })),
  },
  {
    name: 'stopped-operations-left-pending',
    over: 'request-mode',
    title: 'operations that failOnErrors stopped, pending for ever',
    breaks: ['BULK-03'],
    seams: leavingPending(({ failOnErrors }) => failOnErrors !== undefined),
  },
  {
    name: 'stopped-operations-left-out',
    over: 'request-mode',
    title: 'results without the operations that failOnErrors stopped',
    breaks: ['BULK-06'],
    seams: ({ viewStatus }) => ({
      viewStatus: (job, baseUrl) => {
        const view = viewStatus(job, baseUrl);
        if (view.Operations === undefined || job.cancelled) return view;
        return { ...view, Operations: view.Operations.filter(({ status }) => status !== '424') };
      },
    }),
  },
  {
    name: 'fail-on-errors-one-too-early',
    title: 'failOnErrors that stops one error early',
    breaks: ['BULK-03'],
    seams: readWrongly(({ failOnErrors }) =>
      failOnErrors === undefined || failOnErrors < 2 ? {} : { failOnErrors: failOnErrors - 1 },
    ),
  },
  {
    name: 'not-run-without-424',
    title: 'operations that failOnErrors stopped, with status 400',
    breaks: ['BULK-03'],
    seams: ({ work, renderError }) => ({
      work: async (task, honestly, store) => {
        const result = await work(task, honestly, store);
        if (result.status !== '424' || task.job.cancelled) return result;
        return { ...result, status: '400', response: renderError(new Problem(400, 'Not run.')) };
      },
    }),
  },
  {
    name: 'max-operations-not-enforced',
    title: 'a bulk request of one operation more than maxOperations that is taken',
    breaks: ['BULK-04'],
    options: { maxOperations: 2 * limit },
    seams: advertises((bulk) => ({ ...bulk, maxOperations: limit })),
  },
  {
    name: '413-enqueues-all-the-same',
    title: 'a bulk request that is answered 413 and done all the same',
    breaks: ['BULK-04'],
    options: { maxOperations: 2 * limit },
    seams: (base, environment) => {
      const { respond } = answering(() => (answer, request) => {
        const tooMany = isAccepted(answer, request) && Number(counts(bodyOf(answer)).total) > limit;
        return tooMany ? error(413) : answer;
      })({ ...base, ...advertises((bulk) => ({ ...bulk, maxOperations: limit }))(base, environment) }, environment);
      return respond === undefined ? {} : { respond };
    },
  },
  {
    name: 'unresolvable-is-500',
    title: 'a reference that leads to nothing, with status 500',
    breaks: ['BULK-05'],
    seams: ({ work, renderError }) => ({
      work: async (task, honestly, store) => {
        const result = await work(task, honestly, store);
        if (task.hopeless?.status !== 400) return result;
        return { ...result, status: '500', response: renderError(new Problem(500, 'Internal error.')) };
      },
    }),
  },
  {
    name: 'bulk-creates-only-reported',
    title: 'a user created among other operations of a bulk request that is answered 201 and not kept',
    breaks: ['LIFE-06'],
    seams: ({ work }) => ({
      work: async (task, honestly, store) => {
        const result = await work(task, honestly, store);
        const { operations } = task.job;
        // A group of users that are not there could not be created.
        const isReferred = JSON.stringify(operations).includes('bulkId:');
        const id = result.location?.split('/').at(-1);
        if (result.status === '201' && task.index > 0 && !isReferred && id !== undefined)
          store.remove(resourceTypes.User, id);
        return result;
      },
    }),
  },
  {
    name: 'long-bulk-half-reported',
    title: 'users created from the fourteenth operation of a bulk request on that are answered 201 and not kept',
    breaks: ['LIFE-06'],
    seams: ({ work }) => ({
      work: async (task, honestly, store) => {
        const result = await work(task, honestly, store);
        const id = result.location?.split('/').at(-1);
        const isUser = task.job.operations[task.index]?.path === '/Users';
        if (result.status === '201' && isUser && task.index >= 13 && id !== undefined)
          store.remove(resourceTypes.User, id);
        return result;
      },
    }),
  },
  {
    name: 'unresolvable-disturbs-the-others',
    title: 'a reference that leads to nothing, and all users beside it fail',
    breaks: ['BULK-05'],
    seams: ({ work, renderError }) => ({
      work: (task, honestly, store) => {
        const { bulkId, path, method, data } = task.job.operations[task.index] ?? {};
        const disturbed = task.job.operations.some(({ data: each }) =>
          JSON.stringify(each ?? null).includes('bulkId:nowhere'),
        );
        if (!disturbed || path !== '/Users' || method === undefined || data === undefined)
          return work(task, honestly, store);
        return Promise.resolve({
          method,
          ...(bulkId === undefined ? {} : { bulkId }),
          status: '400',
          response: renderError(new Problem(400, 'The request cannot be resolved.')),
        });
      },
    }),
  },
  {
    name: 'results-in-reverse',
    over: 'request-mode',
    title: 'results in the reverse order of the operations',
    breaks: ['BULK-06'],
    seams: edit(
      isStatusRead,
      withBody((body) =>
        Array.isArray(body.Operations) ? { ...body, Operations: body.Operations.toReversed() } : body,
      ),
    ),
  },
  {
    name: 'one-result-missing',
    over: 'request-mode',
    title: 'a bulk request with one result less than operations',
    breaks: ['BULK-06'],
    seams: edit(
      isStatusRead,
      withBody((body) =>
        Array.isArray(body.Operations) && body.Operations.length > 1
          ? { ...body, Operations: body.Operations.slice(0, -1) }
          : body,
      ),
    ),
  },
  {
    name: 'order-lost-beyond-eight',
    title: 'operations on one resource that keep their order only up to eight',
    breaks: ['BULK-07'],
    seams: readWrongly(({ operations }) => ({ operations: lateOnesSwapped(operations) })),
  },
];
