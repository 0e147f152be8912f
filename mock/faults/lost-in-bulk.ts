/** Faults in which writes in bulk requests have other effects than the same writes alone: LIFE-04, LIFE-05. */
import { urn } from '../../schemas/names.js';
import type { Task } from '../jobs/job-seams.js';
import { isJson, type Json } from '../json.js';
import { without } from './answers.js';
import type { Fault } from './fault.js';
import { working } from './work.js';

/** Whether it is an operation of an asynchronous bulk request. */
const isInBulk = ({ job }: Task): boolean => job.isBulk && (job.hasStatus || job.isEventPromised);

/** A fault that changes the data of operations with this method in asynchronous bulk requests. */
const inBulk = (method: 'POST' | 'PUT' | 'PATCH', change: (data: Json) => Json): Fault['seams'] =>
  working(() => (task, honestly) => {
    const { operation } = task;
    const isChanged = isInBulk(task) && operation.method === method && isJson(operation.data);
    return honestly(isChanged ? { ...task, operation: { ...operation, data: change(operation.data) } } : task);
  });

const withEdits = (data: Json, change: (edits: readonly Json[]) => readonly Json[]): Json => ({
  ...data,
  Operations: change(Array.isArray(data.Operations) ? data.Operations.filter(isJson) : []),
});

export const lostInBulkFaults: readonly Fault[] = [
  {
    name: 'extension-lost-in-bulk',
    title: 'creates in bulk requests that drop the enterprise extension',
    breaks: ['LIFE-04'],
    seams: inBulk('POST', (data) => without(data, urn.enterpriseUser)),
  },
  {
    name: 'members-not-patched-in-bulk',
    title: 'a PATCH in a bulk request that adds no members to a group',
    breaks: ['LIFE-04'],
    seams: inBulk('PATCH', (data) => {
      const isKnown = !JSON.stringify(data).includes('bulkId:');
      const isAdd = ({ op, path }: Json): boolean => isKnown && op === 'add' && path === 'members';
      return withEdits(data, (edits) => edits.map((edit) => (isAdd(edit) ? { ...edit, value: [] } : edit)));
    }),
  },
  {
    name: 'other-edits-lost-in-bulk',
    title: 'a PATCH of several edits in a bulk request of which only those with the first op are done',
    breaks: ['LIFE-04'],
    seams: inBulk('PATCH', (data) => withEdits(data, (edits) => edits.filter(({ op }) => op === edits[0]?.op))),
  },
  {
    name: 'put-merges-in-bulk',
    title: 'a PUT of a user in a bulk request that keeps the attributes that it leaves out',
    breaks: ['LIFE-04'],
    seams: working(() => async (task, honestly, { ports }) => {
      const { method, path, data } = task.operation;
      const id = path.split('/')[2] ?? '';
      const before = method === 'PUT' && isInBulk(task) ? await ports.store.find(id) : undefined;
      if (before?.type !== 'User' || !isJson(data)) return honestly(task);
      return honestly({ ...task, operation: { ...task.operation, data: { ...before.attributes, ...data } } });
    }),
  },
  {
    name: 'taken-name-in-bulk-overwrites',
    title: 'a create of a taken userName in a bulk request that fails but overwrites the existing user',
    breaks: ['LIFE-05'],
    entails: ['CONF-01'],
    seams: working(() => async (task, honestly, { ports: { store } }) => {
      const result = await honestly(task);
      const { method, path, data } = task.operation;
      const isTaken = isInBulk(task) && method === 'POST' && path === '/Users' && result.status === '409';
      const user = isTaken && isJson(data) ? await store.named(String(data.userName)) : undefined;
      if (user === undefined || !isJson(data)) return result;
      const change = (attributes: Json): Json => ({ ...attributes, ...data });
      await store.transaction(async (transaction) => transaction.update('User', user.id, change));
      return result;
    }),
  },
];
