/** Faults on paths that are tested little: other methods, groups, retries, late reads, and what else a client may do. */
import { header, urn } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import { answering, bodyOf, completed, edit, error, isStatusRead, on, withoutField } from './answers.js';
import type { Fault } from './fault.js';
import { isJson, type Json } from '../json.js';
import type { Operation } from '../operation.js';
import { applying, working } from './work.js';

/** Milliseconds after its completion at which a status is tidied up. */
const tidiedMs = 2500;

const isPatchOf = (data: unknown, path: string): boolean =>
  isJson(data) && Array.isArray(data.Operations) && data.Operations.some((edit) => isJson(edit) && edit.path === path);

const withoutVersion = (operation: Operation): Operation => {
  const { method, path, bulkId, data } = operation;
  return { method, path, data, ...(bulkId === undefined ? {} : { bulkId }) };
};

const nameIn = (data: unknown): string | undefined =>
  isJson(data) && typeof data.userName === 'string' ? data.userName.toLowerCase() : undefined;

export const rarePathFaults: readonly Fault[] = [
  {
    name: 'group-not-deleted',
    title: 'a DELETE of a group that is answered 204 and not done',
    breaks: ['CORE-03'],
    // It is answered 204 whatever If-Match says.
    entails: ['ERR-07', 'LIFE-12', 'CORE-12'],
    seams: applying((apply) => async (operation, transaction) => {
      const { method, path } = operation;
      if (method !== 'DELETE' || !path.startsWith('/Groups/')) return apply(operation, transaction);
      await transaction.get('Group', path.split('/')[2] ?? '');
      return { status: 204 };
    }),
  },
  {
    name: 'name-of-a-deleted-user-kept',
    title: '409 to a create with the userName of a deleted user',
    breaks: ['ERR-06'],
    seams: (base, environment) => {
      const deleted = new Set<string>();
      return applying((apply) => async (operation, transaction) => {
        const { method, path, data } = operation;
        const name = nameIn(data);
        if (method === 'POST' && name !== undefined && deleted.has(name))
          throw new Problem(409, 'The userName is taken.', 'uniqueness');
        const user = method === 'DELETE' ? await transaction.find(path.split('/')[2] ?? '') : undefined;
        const applied = await apply(operation, transaction);
        const freed = nameIn(user?.attributes);
        if (freed !== undefined) deleted.add(freed);
        return applied;
      })(base, environment);
    },
  },
  {
    name: 'unknown-group-deleted',
    title: '204 to a DELETE of a group that is not there',
    breaks: ['ERR-07'],
    seams: applying((apply) => async (operation, transaction) => {
      const { method, path } = operation;
      const isThere = (await transaction.find(path.split('/')[2] ?? '')) !== undefined;
      return method === 'DELETE' && path.startsWith('/Groups/') && !isThere
        ? { status: 204 }
        : apply(operation, transaction);
    }),
  },
  {
    name: 'second-delete-at-once-is-204',
    title: 'status 204 for an asynchronous DELETE of a user that another one has just removed',
    breaks: ['ERR-07'],
    seams: working(() => {
      const removed = new Map<string, number>();
      return async (task, honestly, { clock }) => {
        const result = await honestly(task);
        const { method, path } = task.operation;
        const at = removed.get(path);
        if (method !== 'DELETE' || task.job.isBulk) return result;
        if (result.status === '204') removed.set(path, clock.now());
        return result.status === '404' && at !== undefined && task.job.created <= at
          ? { method, status: '204' }
          : result;
      };
    }),
  },
  {
    name: 'group-without-location',
    title: 'a 201 to a create of a group without Location',
    breaks: ['CORE-02'],
    seams: edit(on(201, 'POST', /^\/Groups$/), withoutField(header.location)),
  },
  {
    name: 'asynchronous-deactivation-ignored',
    title: 'an asynchronous PATCH of `active` by its path that does nothing',
    breaks: ['LIFE-04'],
    seams: working(
      () => (task, honestly) =>
        task.job.isBulk || task.operation.method !== 'PATCH' || !isPatchOf(task.operation.data, 'active')
          ? honestly(task)
          : honestly({
              ...task,
              operation: {
                ...task.operation,
                data: { schemas: [urn.patchOp], Operations: [{ op: 'add', path: 'emails', value: [] }] },
              },
            }),
    ),
  },
  {
    name: 'unmatched-group-write-done',
    title: 'an asynchronous write of a group that ignores If-Match',
    breaks: ['LIFE-12'],
    entails: ['CORE-12'],
    seams: working(
      () => (task, honestly) =>
        honestly({
          ...task,
          operation: task.operation.path.startsWith('/Groups/') ? withoutVersion(task.operation) : task.operation,
        }),
    ),
  },
  {
    name: 'retry-of-a-delete-is-new',
    title: 'a safe retry of a DELETE that becomes a new request',
    breaks: ['IDEM-01'],
    seams: ({ retries }) => ({
      retries: {
        ...retries,
        remembers: (job) => job.operations[0]?.method !== 'DELETE' && retries.remembers(job),
      },
    }),
  },
  {
    name: 'path-of-a-retry-not-compared',
    title: 'a request to another path that counts as a safe retry, because its X-Request-ID and body are the same',
    breaks: ['IDEM-02'],
    seams: ({ retries }) => ({
      retries: { ...retries, fingerprint: (request) => retries.fingerprint({ ...request, path: '' }) },
    }),
  },
  {
    name: 'request-ids-in-other-letters-are-one',
    title: 'X-Request-IDs that are compared without regard to letter case',
    breaks: ['IDEM-02'],
    seams: ({ retries }) => ({
      retries: { ...retries, key: (client, requestId) => retries.key(client, requestId.toLowerCase()) },
    }),
  },
  {
    name: 'refused-version-counts-as-success',
    title: 'a status in which a write that failed with 412 counts as a success',
    breaks: ['STAT-06'],
    seams: ({ viewStatus }) => ({
      viewStatus: (job, baseUrl) => {
        const view = viewStatus(job, baseUrl);
        const { total, failed } = view.operationsCount;
        if (total !== 1 || failed !== 1 || view.Operations?.[0]?.status !== '412') return view;
        return {
          ...view,
          operationsCount: { total, success: 1, failed: 0, pending: 0 },
          status: { completed: true, success: true },
          state: 'completed',
        };
      },
    }),
  },
  {
    name: 'pending-status-written',
    title: '200 to a PUT of a status that is pending',
    breaks: ['STAT-10'],
    seams: answering(() => {
      const done = new Set<string>();
      const last = new Map<string, Json>();
      return (answer, request) => {
        if (isStatusRead(answer, request)) {
          last.set(request.path, bodyOf(answer));
          if (completed(bodyOf(answer))) done.add(request.path);
        }
        const isWritten = on(405, 'PUT', /\/status$/)(answer, request) && !done.has(request.path);
        return isWritten ? { ...answer, status: 200, body: last.get(request.path) ?? {} } : answer;
      };
    }),
  },
  {
    name: 'results-tidied-up-early',
    title: 'a status that has lost its results some seconds after the completion',
    breaks: ['LIFE-03'],
    entails: ['STAT-13'],
    seams: ({ viewStatus }, { clock }) => ({
      viewStatus: (job, baseUrl) => {
        const view = viewStatus(job, baseUrl);
        const isOld = view.status.completed && clock.now() - job.modified > tidiedMs;
        return isOld ? { ...view, Operations: [] } : view;
      },
    }),
  },
  {
    name: 'status-gone-before-its-retention',
    title: '404 to a status some seconds after the completion, although a day is advertised',
    breaks: ['DISC-02'],
    seams: answering(() => (answer, request, { environment: { clock } }) => {
      const { meta } = bodyOf(answer);
      const modified = isJson(meta) ? Date.parse(String(meta.lastModified)) : NaN;
      const isOld = clock.now() - modified > tidiedMs;
      return isStatusRead(answer, request) && completed(bodyOf(answer)) && isOld ? error(404) : answer;
    }),
  },
  {
    name: 'names-of-stopped-creates-stay-taken',
    title: '409 to a create with the name of a create that a cancel has stopped',
    breaks: ['CNCL-01'],
    seams: (base, environment) => {
      const taken = new Set<string>();
      const work = working(() => async (task, honestly) => {
        const result = await honestly(task);
        const name = nameIn(task.operation.data);
        if (task.job.isCancelled && result.status === '424' && name !== undefined) taken.add(name);
        return result;
      });
      return {
        ...work(base, environment),
        apply: (operation, transaction) => {
          const name = nameIn(operation.data);
          if (operation.method === 'POST' && name !== undefined && taken.has(name))
            throw new Problem(409, 'The name is taken.', 'uniqueness');
          return base.apply(operation, transaction);
        },
      };
    },
  },
];
