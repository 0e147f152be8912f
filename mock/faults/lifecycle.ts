/** Faults of what accepted requests come to: LIFE. Most of them show only at times, as in real providers. */
import { header } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import { isCompleted, type Job } from '../jobs/job.js';
import type { OperationResult } from '../operation.js';
import type { Task } from '../jobs/work-queue.js';
import { isJson, type Json, type Stored } from '../resources/representation.js';
import { resourceTypes } from '../resources/resource-type.js';
import {
  answering,
  applying,
  bodyOf,
  completed,
  counts,
  edit,
  error,
  isStatusRead,
  withBody,
  withField,
  withoutField,
} from './edits.js';
import type { Fault } from './fault.js';

/** The operation of a task that is alone in its request; undefined for one of a bulk request. */
const alone = ({ job }: Task): Job['operations'][number] | undefined => (job.isBulk ? undefined : job.operations[0]);

const createsUser = (task: Task): boolean => alone(task)?.method === 'POST' && alone(task)?.path === '/Users';

const operationsOf = (body: Json): Json[] => (Array.isArray(body.Operations) ? body.Operations.filter(isJson) : []);

const withOperations = (change: (operation: Json) => Json) =>
  withBody((body) => (Array.isArray(body.Operations) ? { ...body, Operations: operationsOf(body).map(change) } : body));

const without = (body: Json, name: string): Json =>
  Object.fromEntries(Object.entries(body).filter(([member]) => member !== name));

export const lifecycleFaults: readonly Fault[] = [
  {
    name: 'one-job-in-forty-lost',
    title: 'one accepted request in forty that never runs',
    breaks: ['LIFE-01'],
    seams: ({ enqueue }) => {
      let accepted = 0;
      return {
        enqueue: (job, queue) => {
          // A synchronous bulk request would never be answered.
          if (!job.isBulk) accepted += 1;
          if (job.isBulk || accepted % 40 !== 0) enqueue(job, queue);
        },
      };
    },
  },
  {
    name: 'counts-that-go-back',
    over: 'request-mode',
    title: 'a completed bulk request that is pending again for a moment',
    breaks: ['LIFE-02'],
    seams: answering(() => {
      const reads = new Map<string, number>();
      return (answer, request) => {
        const { total } = counts(bodyOf(answer));
        if (!isStatusRead(answer, request) || !completed(bodyOf(answer)) || Number(total) < 2) return answer;
        const number = (reads.get(request.path) ?? 0) + 1;
        reads.set(request.path, number);
        if (number !== 2) return answer;
        const { schemas, id, meta } = bodyOf(answer);
        const counted = { total, success: 0, failed: 0, pending: total };
        const again = { schemas, id, meta, operationsCount: counted, status: { completed: false, success: false } };
        return withField(header.retryAfter, '0')(withoutField(header.etag)({ ...answer, body: again }));
      };
    }),
  },
  {
    name: 'results-that-fade',
    over: 'request-mode',
    title: 'results that lose their version once they were read',
    breaks: ['LIFE-03'],
    seams: answering(() => {
      const read = new Set<string>();
      return (answer, request) => {
        if (!isStatusRead(answer, request) || !completed(bodyOf(answer))) return answer;
        const isFirst = !read.has(request.path);
        read.add(request.path);
        // A tag would have to change with them (STAT-13).
        const untagged = withoutField(header.etag)(answer);
        return isFirst ? untagged : withOperations((operation) => without(operation, 'version'))(untagged);
      };
    }),
  },
  {
    name: 'completed-before-the-effect-is-visible',
    title: 'a status that is completed a moment before reads show the effect',
    breaks: ['LIFE-04'],
    seams: (base, { clock }) => {
      const staleMs = 800;
      const staleUntil = new Map<string, number>();
      const created = new Set<string>();
      const before = new Map<string, Awaited<ReturnType<typeof base.respond>>>();
      const hide = (result: OperationResult | undefined): string | undefined => {
        const path = /\/Users\/[^/]+$/.exec(result?.location ?? '')?.[0];
        if (path !== undefined) staleUntil.set(path, clock.now() + staleMs);
        return path;
      };
      return {
        work: async (task, honestly, store) => {
          const result = await base.work(task, honestly, store);
          if (task.job.isBulk) return result;
          const path = hide(result);
          if (path !== undefined && createsUser(task)) created.add(path);
          return result;
        },
        // Where there is much to be told, an event tells of it only now.
        claimsOf: (claims, context) => {
          if (context.job?.isBulk === false) hide(context.job.results[0]);
          return base.claimsOf(claims, context);
        },
        respond: async (honest, request) => {
          const answer = await base.respond(honest, request);
          if (request.method !== 'GET' || !request.path.startsWith('/Users/')) return answer;
          // What was never read is new, as far as anybody can tell, where it was only just created.
          const unseen = created.has(request.path) ? error(404) : answer;
          if (clock.now() < (staleUntil.get(request.path) ?? 0)) return before.get(request.path) ?? unseen;
          before.set(request.path, answer);
          return answer;
        },
      };
    },
  },
  {
    name: 'failed-create-overwrites',
    title: 'a create of a taken userName that fails and overwrites the user all the same',
    breaks: ['LIFE-05'],
    seams: applying((apply, store) => (operation) => {
      try {
        return apply(operation);
      } catch (cause) {
        const { data, method, path } = operation;
        if (
          cause instanceof Problem &&
          cause.status === 409 &&
          method === 'POST' &&
          path === '/Users' &&
          isJson(data)
        ) {
          const taken = store
            .list(resourceTypes.User)
            .find(
              ({ attributes }) => String(attributes.userName).toLowerCase() === String(data.userName).toLowerCase(),
            );
          if (taken !== undefined) store.update(resourceTypes.User, taken.id, () => data);
        }
        throw cause;
      }
    }),
  },
  {
    name: 'half-a-user-left',
    title: 'a failed create that leaves a user with nothing but its name',
    breaks: ['LIFE-05'],
    seams: applying((apply) => (operation) => {
      try {
        return apply(operation);
      } catch (cause) {
        const { data, method } = operation;
        if (cause instanceof Problem && cause.status === 400 && method === 'POST' && isJson(data)) {
          if (typeof data.userName === 'string')
            apply({ ...operation, data: { schemas: data.schemas, userName: data.userName } });
        }
        throw cause;
      }
    }),
  },
  {
    name: 'applied-twice-under-concurrency',
    title: 'a group that is created twice while other requests are in work',
    breaks: ['LIFE-06'],
    seams: (base) => {
      let busy = 0;
      return {
        work: async (task, honestly, store) => {
          busy += 1;
          const crowded = busy > 1;
          try {
            const result = await base.work(task, honestly, store);
            if (crowded && alone(task)?.path === '/Groups' && result.status === '201') await honestly();
            return result;
          } finally {
            busy -= 1;
          }
        },
      };
    },
  },
  {
    name: 'one-create-in-forty-forgotten',
    title: 'one create in forty that is reported as done and never was',
    breaks: ['LIFE-06'],
    // Over the respond-async binding this shows, too.
    entails: ['EVT-02'],
    seams: (base, { newId }) => {
      let creates = 0;
      return {
        work: async (task, honestly, store) => {
          if (!createsUser(task)) return base.work(task, honestly, store);
          creates += 1;
          if (creates % 40 !== 0) return base.work(task, honestly, store);
          return { method: 'POST', status: '201', location: `/scim/v2/Users/${newId()}`, version: 'W/"1"' };
        },
      };
    },
  },
  {
    name: 'lost-update',
    title: 'a patch that writes back a user as it was when the request came',
    breaks: ['LIFE-06'],
    seams: (base, { clock }) => ({
      work: async (task, honestly, store) => {
        const { method, path = '' } = alone(task) ?? {};
        const id = path.split('/')[2];
        const user = (): Stored | undefined =>
          store.list(resourceTypes.User).find((stored) => method === 'PATCH' && stored.id === id);
        const before = user()?.attributes.name;
        const result = await base.work(task, honestly, store);
        const patched = JSON.stringify(alone(task)?.data ?? null);
        if (id !== undefined && user() !== undefined && isJson(before) && !patched.includes('"name.')) {
          await clock.sleep(40);
          if (user() === undefined) return result;
          store.update(resourceTypes.User, id, (attributes) => ({ ...attributes, name: before }));
        }
        return result;
      },
    }),
  },
  {
    name: 'results-swapped',
    title: 'two requests in flight together that get each other’s results',
    breaks: ['LIFE-07'],
    seams: (base, { clock }) => {
      let waiting: { result: OperationResult; give: (other: OperationResult) => void } | undefined;
      let busy = 0;
      return {
        work: async (task, honestly, store) => {
          if (!createsUser(task)) return base.work(task, honestly, store);
          busy += 1;
          const crowded = busy > 3;
          const result = await base.work(task, honestly, store);
          busy -= 1;
          if (result.status !== '201') return result;
          if (waiting !== undefined) {
            const partner = waiting;
            waiting = undefined;
            partner.give(result);
            return partner.result;
          }
          if (!crowded) return result;
          return new Promise((resolve) => {
            const mine = { result, give: resolve };
            waiting = mine;
            void clock.sleep(30).then(() => {
              if (waiting === mine) waiting = undefined;
              resolve(result);
            });
          });
        },
      };
    },
  },
  {
    name: 'half-a-write-visible',
    title: 'a write of which reads see the first half before the second',
    breaks: ['LIFE-08'],
    seams: (base) => ({
      work: (task, honestly, store) => {
        const { method, path, data } = task.job.operations[task.index] ?? {};
        const id = /^\/Users\/([^/:]+)$/.exec(path ?? '')?.[1];
        const patched: unknown = isJson(data) && Array.isArray(data.Operations) ? data.Operations[0] : undefined;
        const displayName =
          method === 'PUT' && isJson(data)
            ? data.displayName
            : isJson(patched) && patched.path === 'displayName'
              ? patched.value
              : undefined;
        if (id !== undefined && typeof displayName === 'string' && task.hopeless === undefined) {
          const known = store.list(resourceTypes.User).some((stored) => stored.id === id);
          if (known) store.update(resourceTypes.User, id, (attributes) => ({ ...attributes, displayName }));
        }
        return base.work(task, honestly, store);
      },
    }),
  },
  {
    name: 'synchronous-held-up',
    title: 'synchronous writes that wait until large asynchronous requests are done',
    breaks: ['LIFE-09'],
    options: { operationMillis: 20, workers: 8 },
    seams: (base) => {
      const large = new Set<Job>();
      return {
        enqueue: (job, queue) => {
          if (job.operations.length >= 90 && job.operations.length <= 100) large.add(job);
          base.enqueue(job, queue);
        },
        respond: async (honest, request) => {
          const answer = await base.respond(honest, request);
          if (request.method === 'PUT' && answer.status === 200) {
            for (const job of large) {
              if (isCompleted(job)) large.delete(job);
              else await job.settled;
            }
          }
          return answer;
        },
      };
    },
  },
  {
    name: 'failures-without-their-error',
    over: 'request-mode',
    title: 'failed operations whose results hold no error',
    breaks: ['LIFE-10'],
    seams: edit(
      isStatusRead,
      withOperations((operation) => (operation.status === '400' ? without(operation, 'response') : operation)),
    ),
  },
  {
    name: 'creates-without-their-location',
    over: 'request-mode',
    title: 'a created user whose result does not say where it is',
    breaks: ['LIFE-10'],
    seams: edit(
      isStatusRead,
      withOperations((operation) =>
        operation.method === 'POST' && operation.bulkId === undefined ? without(operation, 'location') : operation,
      ),
    ),
  },
];
