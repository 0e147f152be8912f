/** Faults of references from one bulk operation to another: BULK-02, BULK-03, BULK-05. */
import { isCompleted, type Job } from '../jobs/job.js';
import { isJson, type Json } from '../resources/representation.js';
import { resourceTypes } from '../resources/resource-type.js';
import type { Fault } from './fault.js';

const membersOf = (data: unknown): Json[] =>
  isJson(data) && Array.isArray(data.members) ? data.members.filter(isJson) : [];

const isReference = (value: unknown): value is string => typeof value === 'string' && value.startsWith('bulkId:');

export const bulkReferenceFaults: readonly Fault[] = [
  {
    name: 'bulk-ids-of-all-requests-together',
    title: 'one table of bulkIds for all bulk requests that are in work',
    breaks: ['BULK-02'],
    seams: ({ work }) => {
      const created = new Map<string, { job: Job; id: string }>();
      return {
        work: async (task, honestly, store) => {
          const operation = task.job.operations[task.index];
          for (const member of membersOf(operation?.data)) {
            const known = isReference(member.value) ? created.get(member.value.slice('bulkId:'.length)) : undefined;
            if (known !== undefined && known.job !== task.job && !isCompleted(known.job)) member.value = known.id;
          }
          const result = await work(task, honestly, store);
          const id = result.status === '201' ? result.location?.split('/').at(-1) : undefined;
          if (id !== undefined && operation?.bulkId !== undefined) created.set(operation.bulkId, { job: task.job, id });
          return result;
        },
      };
    },
  },
  {
    name: 'reference-errors-not-counted',
    title: 'failOnErrors that does not count references to nothing',
    breaks: ['BULK-03'],
    seams: ({ enqueue }) => ({
      enqueue: (job, queue) => {
        const known = new Set(job.operations.map(({ bulkId }) => `bulkId:${bulkId ?? ''}`));
        const lost = job.operations.filter(
          ({ path }) => path.includes('bulkId:') && !known.has(path.split('/')[2] ?? ''),
        );
        const failOnErrors = job.failOnErrors === undefined ? undefined : job.failOnErrors + lost.length;
        enqueue(Object.assign(job, { failOnErrors }), queue);
      },
    }),
  },
  {
    name: 'reference-to-a-failure-kept',
    title: 'a reference to an operation that failed, kept as it stands in a group that is created',
    breaks: ['BULK-05'],
    // Over the respond-async binding this shows, too.
    entails: ['EVT-02'],
    seams: ({ work }) => ({
      work: async (task, honestly, store) => {
        const { method, path, data, bulkId } = task.job.operations[task.index] ?? {};
        const result = await work(task, honestly, store);
        const isLost = result.status === '400' && task.hopeless === undefined && path === '/Groups';
        if (!isLost || method === undefined || !isJson(data)) return result;
        const { id } = store.create(resourceTypes.Group, data);
        const location = `/scim/v2/Groups/${id}`;
        return { method, ...(bulkId === undefined ? {} : { bulkId }), status: '201', location, version: 'W/"1"' };
      },
    }),
  },
];
