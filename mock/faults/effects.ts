/** Faults of what writes leave behind, and of what reads see of it: LIFE-04, LIFE-05, LIFE-08, ERR-06, BULK-07. */
import { Problem } from '../problem.js';
import type { Operation } from '../operation.js';
import type { Task } from '../jobs/work-queue.js';
import { isJson, type Json } from '../resources/representation.js';
import { resourceTypes } from '../resources/resource-type.js';
import { applying, error } from './edits.js';
import type { Fault } from './fault.js';

const operationOf = ({ job, index }: Task): Operation | undefined => job.operations[index];

/** Changes what a task writes before it does. */
const rewrite = (task: Task, change: (data: Json) => Json): void => {
  const operation = operationOf(task);
  if (operation !== undefined && isJson(operation.data)) Object.assign(operation, { data: change(operation.data) });
};

const without = (data: Json, ...names: string[]): Json =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));

const userId = (path: string): string => path.split('/')[2] ?? '';

export const effectFaults: readonly Fault[] = [
  {
    name: 'attributes-lost-in-the-queue',
    title: 'asynchronous creates that forget externalId, and an active of false',
    breaks: ['LIFE-04'],
    seams: ({ work }) => ({
      work: (task, honestly, store) => {
        if (operationOf(task)?.method === 'POST') rewrite(task, (data) => without(data, 'externalId', 'active'));
        return work(task, honestly, store);
      },
    }),
  },
  {
    name: 'asynchronous-put-merges',
    title: 'an asynchronous PUT that keeps the attributes that it leaves out',
    breaks: ['LIFE-04'],
    seams: ({ work }) => ({
      work: (task, honestly, store) => {
        const { method, path = '' } = operationOf(task) ?? {};
        const before = store.list(resourceTypes.User).find(({ id }) => method === 'PUT' && id === userId(path));
        if (before !== undefined) rewrite(task, (data) => ({ ...before.attributes, ...data }));
        return work(task, honestly, store);
      },
    }),
  },
  {
    name: 'user-names-raced-for',
    title: 'two creates of one userName that are in work at a time and both succeed',
    breaks: ['ERR-06'],
    // A bulk request may hold the same taken name twice.
    entails: ['BULK-01'],
    options: { operationMillis: 20, workers: 16 },
    seams: (base, environment) => {
      const inWork = new Map<string, number>();
      const raced = new Set<string>();
      const nameOf = (data: unknown): string | undefined =>
        isJson(data) && typeof data.userName === 'string' ? data.userName : undefined;
      return {
        work: async (task, honestly, store) => {
          const { method, data } = operationOf(task) ?? {};
          const name = method === 'POST' ? nameOf(data) : undefined;
          if (name === undefined) return base.work(task, honestly, store);
          inWork.set(name, (inWork.get(name) ?? 0) + 1);
          if ((inWork.get(name) ?? 0) > 1) raced.add(name);
          const result = await base.work(task, honestly, store);
          inWork.set(name, (inWork.get(name) ?? 1) - 1);
          return result;
        },
        ...applying((apply) => (operation) => {
          try {
            return apply(operation);
          } catch (cause) {
            const name = nameOf(operation.data);
            const isRaced = cause instanceof Problem && cause.status === 409 && name !== undefined && raced.has(name);
            if (!isRaced || operation.method !== 'POST' || !isJson(operation.data)) throw cause;
            // The index has room for one: the other is kept under a name beside it.
            return apply({ ...operation, data: { ...operation.data, userName: `second-${name}` } });
          }
        })(base, environment),
      };
    },
  },
  {
    name: 'replaced-by-delete-and-insert',
    title: 'a PUT in a large bulk request that takes the user away for a moment',
    breaks: ['LIFE-08'],
    seams: (base, { clock }) => {
      const hidden = new Set<string>();
      return {
        work: async (task, honestly, store) => {
          const { method, path } = operationOf(task) ?? {};
          const result = await base.work(task, honestly, store);
          if (method !== 'PUT' || path === undefined || task.job.operations.length < 10) return result;
          hidden.add(path);
          await clock.sleep(8);
          hidden.delete(path);
          return result;
        },
        respond: async (honest, request) => {
          const answer = await base.respond(honest, request);
          return request.method === 'GET' && hidden.has(request.path) ? error(404) : answer;
        },
      };
    },
  },
  {
    name: 'failed-replace-applied',
    title: 'a PUT with a taken userName that fails and writes all the rest',
    breaks: ['LIFE-05'],
    seams: applying((apply, store) => (operation) => {
      try {
        return apply(operation);
      } catch (cause) {
        const { method, path, data } = operation;
        if (cause instanceof Problem && cause.status === 409 && method === 'PUT' && isJson(data)) {
          store.update(resourceTypes.User, userId(path), ({ userName }) => ({ ...data, userName }));
        }
        throw cause;
      }
    }),
  },
  {
    name: 'name-of-a-failed-create-kept',
    title: 'a userName that stays taken when its create has failed',
    breaks: ['LIFE-05'],
    seams: applying((apply) => {
      const reserved = new Set<unknown>();
      return (operation) => {
        const name = isJson(operation.data) && operation.method === 'POST' ? operation.data.userName : undefined;
        if (name !== undefined && reserved.has(name)) throw new Problem(409, 'The userName is taken.', 'uniqueness');
        try {
          return apply(operation);
        } catch (cause) {
          if (cause instanceof Problem && cause.status === 400 && name !== undefined) reserved.add(name);
          throw cause;
        }
      };
    }),
  },
  {
    name: 'delete-overtakes',
    title: 'a DELETE that is done before the operations on the same user that stand before it',
    breaks: ['BULK-07'],
    seams: ({ work, renderError }) => ({
      work: (task, honestly, store) => {
        const { method, path, bulkId } = operationOf(task) ?? {};
        const isOvertaken = task.job.operations.some(
          (other, index) => index > task.index && other.method === 'DELETE' && other.path === path,
        );
        if (!isOvertaken || method === undefined) return work(task, honestly, store);
        return Promise.resolve({
          method,
          ...(bulkId === undefined ? {} : { bulkId }),
          status: '404',
          response: renderError(new Problem(404, 'There is no User of this id.')),
        });
      },
    }),
  },
];
