/** Faults of the effects of writes: LIFE-04, LIFE-05. */
import type { Task } from '../jobs/job-seams.js';
import { isJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import { without } from './answers.js';
import type { Fault } from './fault.js';
import { applying, leavingRemains, working } from './work.js';

/** The task with other data to write. */
const writing = (task: Task, change: (data: Json) => Json): Task => {
  const { operation } = task;
  return isJson(operation.data) ? { ...task, operation: { ...operation, data: change(operation.data) } } : task;
};

const idIn = (path: string): string => path.split('/')[2] ?? '';

export const effectFaults: readonly Fault[] = [
  {
    name: 'attributes-lost-in-the-queue',
    title: 'asynchronous creates that drop externalId and `active: false`',
    breaks: ['LIFE-04'],
    entails: ['CORE-05'],
    seams: working(() => (task, honestly) => {
      const isCreate = task.operation.method === 'POST';
      return honestly(isCreate ? writing(task, (data) => without(data, 'externalId', 'active')) : task);
    }),
  },
  {
    name: 'asynchronous-put-merges',
    title: 'an asynchronous PUT that keeps the attributes that it leaves out',
    breaks: ['LIFE-04'],
    seams: working(() => async (task, honestly, { ports }) => {
      const { method, path } = task.operation;
      const before = method === 'PUT' ? await ports.store.find(idIn(path)) : undefined;
      if (before?.type !== 'User') return honestly(task);
      return honestly(writing(task, (data) => ({ ...before.attributes, ...data })));
    }),
  },
  {
    name: 'failed-replace-applied',
    title: 'a PUT with a taken userName that fails but writes the other attributes',
    breaks: ['LIFE-05'],
    seams: leavingRemains(async ({ method, path, data }, { status }, transaction) => {
      if (status !== 409 || method !== 'PUT' || !isJson(data)) return;
      await transaction.update('User', idIn(path), ({ userName }) => ({ ...data, userName }));
    }),
  },
  {
    name: 'failed-create-overwrites',
    title: 'a create of a taken userName that fails but overwrites the existing user',
    breaks: ['LIFE-05'],
    entails: ['CONF-01'],
    seams: leavingRemains(async ({ method, path, data }, { status }, transaction) => {
      if (status !== 409 || method !== 'POST' || path !== '/Users' || !isJson(data)) return;
      const name = String(data.userName).toLowerCase();
      const users = await transaction.list('User');
      const taken = users.find(({ attributes }) => String(attributes.userName).toLowerCase() === name);
      // The mock stores no password.
      if (taken !== undefined) await transaction.update('User', taken.id, () => without(data, 'password'));
    }),
  },
  {
    name: 'failed-create-leaves-a-user',
    title: 'a failed create that leaves a user who has only a userName',
    breaks: ['LIFE-05'],
    seams: leavingRemains(async (operation, { status }, transaction, apply) => {
      const { method, data } = operation;
      if (status !== 400 || method !== 'POST' || !isJson(data) || typeof data.userName !== 'string') return;
      await apply({ ...operation, data: { schemas: data.schemas, userName: data.userName } }, transaction);
    }),
  },
  {
    name: 'name-of-a-failed-create-kept',
    title: 'a userName that stays taken when its create has failed',
    breaks: ['LIFE-05'],
    seams: applying((apply) => {
      const reserved = new Set<unknown>();
      return async (operation, transaction) => {
        const name = isJson(operation.data) && operation.method === 'POST' ? operation.data.userName : undefined;
        if (name !== undefined && reserved.has(name)) throw new Problem(409, 'The userName is taken.', 'uniqueness');
        try {
          return await apply(operation, transaction);
        } catch (cause) {
          if (cause instanceof Problem && cause.status === 400 && name !== undefined) reserved.add(name);
          throw cause;
        }
      };
    }),
  },
];
