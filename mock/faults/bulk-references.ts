/** Faults of references from one bulk operation to another: BULK-02, BULK-03, BULK-05. */
import { isCompleted } from '../job.js';
import { isJson, type Json } from '../json.js';
import type { Operation } from '../operation.js';
import { Problem } from '../problem.js';
import type { Fault } from './fault.js';
import { applying, reading, working } from './work.js';

const prefix = 'bulkId:';

/** The operation with changed members of a group, if it has any. */
const withMembers = (operation: Operation, change: (member: Json) => Json): Operation => {
  const { data } = operation;
  if (!isJson(data) || !Array.isArray(data.members)) return operation;
  return { ...operation, data: { ...data, members: data.members.filter(isJson).map(change) } };
};

/** The operation with references in its data that nothing resolves any more. */
const withTextOf = (operation: Operation): Operation =>
  operation.data === undefined
    ? operation
    : {
        ...operation,
        data: JSON.parse(JSON.stringify(operation.data).replaceAll(`"${prefix}`, '"bulkId=')) as unknown,
      };

export const bulkReferenceFaults: readonly Fault[] = [
  {
    name: 'members-resolved-to-the-first',
    title: 'bulkId references that are all resolved to the first',
    // In synchronous bulk requests it shows on members with an id, too.
    breaks: ['BULK-02', 'CORE-05'],
    seams: applying((apply) => (operation, transaction) => {
      const { data, method, path, bulkId } = operation;
      const isGroup = method === 'POST' && path === '/Groups' && bulkId !== undefined;
      if (!isGroup || !isJson(data) || !Array.isArray(data.members)) return apply(operation, transaction);
      const members: unknown[] = data.members;
      return apply({ ...operation, data: { ...data, members: members.map(() => members[0]) } }, transaction);
    }),
  },
  {
    name: 'reference-in-a-patch-kept',
    title: 'a bulkId reference in the value of a PATCH that is kept as text',
    breaks: ['BULK-02'],
    seams: working(
      () => (task, honestly) =>
        honestly(task.operation.method === 'PATCH' ? { ...task, operation: withTextOf(task.operation) } : task),
    ),
  },
  {
    name: 'reference-to-a-manager-kept',
    title: 'a bulkId reference in the manager of a user that is kept as text',
    breaks: ['BULK-02'],
    seams: working(
      () => (task, honestly) =>
        honestly(task.operation.path === '/Users' ? { ...task, operation: withTextOf(task.operation) } : task),
    ),
  },
  {
    name: 'bulk-ids-shared-by-all-requests',
    title: 'bulkIds that are shared by all running bulk requests',
    breaks: ['BULK-02'],
    seams: working(() => {
      const created = new Map<string, { job: string; id: string }>();
      return async (task, honestly, { ports: { jobs } }) => {
        const { operation, job } = task;
        const others = new Map<string, string>();
        for (const [bulkId, known] of created) {
          if (known.job === job.id) continue;
          const other = await jobs.find(known.job);
          if (other === undefined || isCompleted(other)) created.delete(bulkId);
          else others.set(`${prefix}${bulkId}`, known.id);
        }
        const changed = withMembers(operation, (member) => ({
          ...member,
          value: others.get(String(member.value)) ?? member.value,
        }));
        const result = await honestly({ ...task, operation: changed });
        const id = result.status === '201' ? result.location?.split('/').at(-1) : undefined;
        if (id !== undefined && operation.bulkId !== undefined) created.set(operation.bulkId, { job: job.id, id });
        return result;
      };
    }),
  },
  {
    name: 'reference-errors-not-counted',
    title: 'failOnErrors that does not count references to unknown bulkIds',
    breaks: ['BULK-03'],
    seams: reading(({ operations, failOnErrors }) => {
      const known = new Set(operations.map(({ bulkId }) => `${prefix}${bulkId ?? ''}`));
      const lost = operations.filter(({ path }) => path.includes(prefix) && !known.has(path.split('/')[2] ?? ''));
      return failOnErrors === undefined ? {} : { failOnErrors: failOnErrors + lost.length };
    }),
  },
  {
    name: 'unresolvable-is-500',
    title: 'status 500 for a reference to an unknown bulkId',
    breaks: ['BULK-05'],
    seams: working(() => async (task, honestly, { failure }) => {
      const result = await honestly(task);
      if (task.hopeless?.status !== 400) return result;
      return { ...result, ...failure(task.operation, new Problem(500, 'Internal error.')) };
    }),
  },
  {
    name: 'unresolvable-disturbs-the-others',
    title: 'an unknown bulkId that makes all creates of users in the request fail',
    breaks: ['BULK-05'],
    seams: working(() => async (task, honestly, { failure }) => {
      const { operation, job } = task;
      const disturbed = job.operations.some(({ data }) => JSON.stringify(data ?? null).includes('bulkId:nowhere'));
      if (!disturbed || operation.path !== '/Users' || operation.data === undefined) return honestly(task);
      return failure(operation, new Problem(400, 'The request cannot be resolved.'));
    }),
  },
  {
    name: 'reference-to-a-failure-kept',
    title: 'a group that is created with an unresolved reference to a failed operation',
    breaks: ['BULK-05'],
    // In the respond-async binding this requirement shows it as well.
    entails: ['EVT-02'],
    seams: working(() => async (task, honestly, { ports: { store } }) => {
      const { method, path, data, bulkId } = task.operation;
      const result = await honestly(task);
      const isLost = result.status === '400' && task.hopeless === undefined && path === '/Groups';
      if (!isLost || !isJson(data)) return result;
      const { id } = await store.transaction((transaction) => transaction.create('Group', data));
      const location = `/scim/v2/Groups/${id}`;
      return { method, ...(bulkId === undefined ? {} : { bulkId }), status: '201', location, version: 'W/"1"' };
    }),
  },
];
