/** Faults of bulk requests that are answered with their results: CORE-05. */
import { isJson } from '../json.js';
import { without } from './answers.js';
import type { Task } from '../jobs/job-seams.js';
import type { TypeName } from '../stored.js';
import type { Fault } from './fault.js';
import { type ChangeWork, working } from './work.js';

export const isInSynchronousBulk = ({ job }: Task): boolean => job.isBulk && !job.hasStatus && !job.isEventPromised;

/** A change that does not run writes by this method of resources that are there; `type`: only of these. */
export const reportingOnly =
  (method: 'PUT' | 'PATCH' | 'DELETE', status: string, type?: TypeName): ChangeWork =>
  async (task, honestly, { ports: { store } }) => {
    const { operation } = task;
    const isDue = isInSynchronousBulk(task) && operation.method === method;
    const stored = isDue ? await store.find(operation.path.split('/')[2] ?? '') : undefined;
    return stored === undefined || (type !== undefined && stored.type !== type)
      ? honestly(task)
      : { method, ...(operation.bulkId === undefined ? {} : { bulkId: operation.bulkId }), status };
  };

export const synchronousBulkFaults: readonly Fault[] = [
  {
    name: 'synchronous-bulk-replaces-nothing',
    title: 'a PUT in a synchronous bulk request that is reported as 200 and not done',
    breaks: ['CORE-05'],
    // A stale tag is not noticed.
    entails: ['CORE-12'],
    seams: working(() => reportingOnly('PUT', '200')),
  },
  {
    name: 'synchronous-bulk-patches-nothing',
    title: 'a PATCH in a synchronous bulk request that is reported as 200 and not done',
    breaks: ['CORE-05'],
    seams: working(() => reportingOnly('PATCH', '200')),
  },
  {
    name: 'synchronous-bulk-deletes-nothing',
    title: 'a DELETE in a synchronous bulk request that is reported as 204 and not done',
    breaks: ['CORE-05'],
    seams: working(() => reportingOnly('DELETE', '204')),
  },
  {
    name: 'synchronous-bulk-drops-emails',
    title: 'creates of a synchronous bulk request that drop emails and names',
    breaks: ['CORE-05'],
    seams: working(() => (task, honestly) => {
      const { operation } = task;
      const isOne = isInSynchronousBulk(task) && operation.method === 'POST';
      return honestly(
        isOne && isJson(operation.data)
          ? { ...task, operation: { ...operation, data: without(operation.data, 'emails', 'name') } }
          : task,
      );
    }),
  },
];
