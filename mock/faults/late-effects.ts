/** Faults of effects that reads and lists show only a moment after the completion: LIFE-04. */
import { header, urn } from '../../schemas/names.js';
import type { Answer } from '../http/answer.js';
import { isCompleted } from '../job.js';
import { isJson, type Json } from '../json.js';
import type { Task } from '../jobs/job-seams.js';
import { failed } from '../operation.js';
import type { Ports } from '../ports.js';
import { bodyOf, error, without } from './answers.js';
import type { Fault } from './fault.js';
import { alone, createsUser, working } from './work.js';

/** Milliseconds from the completion until the effect shows. */
const lateMs = 20;

const isChange = ({ method }: Task['operation']): boolean => method !== 'POST';

const isOf = (endpoint: 'Users' | 'Groups', { path }: Task['operation']): boolean => path.startsWith(`/${endpoint}/`);

/** What a GET of the resource in the answer to a write would have shown after it. */
const representationIn = ({ status, headers, body }: Answer): Answer | undefined =>
  (status === 200 || status === 201) && isJson(body) && body.id !== undefined
    ? { status: 200, headers: without(headers, header.location) as Answer['headers'], body }
    : undefined;

/** Reads that show what was there before an asynchronous write, until a moment after its request is completed. */
const readLate =
  (isOne: (task: Task) => boolean): Fault['seams'] =>
  (base, environment) => {
    const { clock } = environment;
    const jobs = new Map<string, string>();
    const before = new Map<string, Answer>();
    const work = working(() => async (task, honestly) => {
      const result = await honestly(task);
      const path = /\/(?:Users|Groups)\/[^/]+$/.exec(result.location ?? '')?.[0];
      if (isOne(task) && !failed(result) && path !== undefined) jobs.set(path, task.job.id);
      return result;
    });
    const isHidden = async (path: string, { jobs: all }: Ports): Promise<boolean> => {
      const id = jobs.get(path);
      const job = id === undefined ? undefined : await all.find(id);
      if (job === undefined) return false;
      if (!isCompleted(job) || clock.now() < job.modified + lateMs) return true;
      jobs.delete(path);
      return false;
    };
    return {
      ...work(base, environment),
      respond: async (honest, request, ports) => {
        const answer = await base.respond(honest, request, ports);
        const { method, path } = request;
        if (method !== 'GET') {
          const shown = representationIn(answer);
          const own = method === 'POST' ? `${path}/${String(bodyOf(answer).id)}` : path;
          if (shown !== undefined) before.set(own, shown);
          return answer;
        }
        if (!/^\/(?:Users|Groups)\/[^/]+$/.test(path)) return answer;
        if (await isHidden(path, ports)) return before.get(path) ?? error(404);
        before.set(path, answer);
        return answer;
      },
    };
  };

const resourcesIn = ({ Resources }: Json): readonly Json[] =>
  Array.isArray(Resources) ? Resources.filter(isJson) : [];

/** Searches by name that still find a user for some time after an asynchronous DELETE; a GET does not. */
export const foundFor =
  (milliseconds: number): Fault['seams'] =>
  (base, environment) => {
    const { clock } = environment;
    const gone = new Map<string, { readonly user: Json; readonly until: number }>();
    const work = working(() => async (task, honestly, { ports: { store } }) => {
      const id = /^\/Users\/([^/]+)$/.exec(alone(task)?.path ?? '')?.[1];
      const before = id !== undefined && task.operation.method === 'DELETE' ? await store.find(id) : undefined;
      const result = await honestly(task);
      if (before === undefined || failed(result)) return result;
      const user = { schemas: [urn.user], ...before.attributes, id: before.id };
      gone.set(String(before.attributes.userName), { user, until: clock.now() + milliseconds });
      return result;
    });
    return {
      ...work(base, environment),
      search: async (query, find, method) => {
        const list = await base.search(query, find, method);
        const name = /userName eq "([^"]+)"/.exec(query.filter ?? '')?.[1];
        const { user, until = 0 } = gone.get(name ?? '') ?? {};
        if (user === undefined || clock.now() >= until || resourcesIn(list).length > 0) return list;
        return { ...list, Resources: [user], totalResults: 1, itemsPerPage: 1 };
      },
    };
  };

export const lateEffectFaults: readonly Fault[] = [
  {
    name: 'created-user-readable-late',
    title: `a user who cannot be read until ${lateMs} ms after the completion of an asynchronous create`,
    breaks: ['LIFE-04'],
    entails: ['LIFE-11'],
    seams: readLate(createsUser),
  },
  {
    name: 'deleted-user-readable-late',
    title: `a user who can be read until ${lateMs} ms after the completion of an asynchronous DELETE`,
    breaks: ['LIFE-04'],
    seams: readLate((task) => alone(task)?.method === 'DELETE' && isOf('Users', task.operation)),
  },
  {
    name: 'group-changed-late',
    title: `reads of a group that show an asynchronous PUT, PATCH or DELETE only ${lateMs} ms after its completion`,
    breaks: ['LIFE-04'],
    seams: readLate((task) => !task.job.isBulk && isChange(task.operation) && isOf('Groups', task.operation)),
  },
  {
    name: 'bulk-changes-seen-late',
    title: `reads that show PUT, PATCH and DELETE in bulk requests only ${lateMs} ms after the completion`,
    breaks: ['LIFE-04'],
    seams: readLate(({ job, operation }) => job.isBulk && isChange(operation)),
  },
  {
    name: 'last-of-a-bulk-seen-late',
    title: `reads that show the last operation of a bulk request only ${lateMs} ms after the completion`,
    breaks: ['LIFE-04'],
    seams: readLate(
      ({ job, operation, index }) => job.isBulk && isChange(operation) && index === job.operations.length - 1,
    ),
  },
  {
    name: 'deleted-user-found-for-a-moment',
    title: `a search that still finds a user for ${lateMs} ms after an asynchronous DELETE`,
    breaks: ['LIFE-04'],
    seams: foundFor(lateMs),
  },
  {
    name: 'created-user-found-late',
    title: `a search that finds a user only ${lateMs} ms after the completion of an asynchronous create`,
    breaks: ['LIFE-04'],
    seams: (base, environment) => {
      const { clock } = environment;
      const hidden = new Map<unknown, number>();
      const work = working(() => async (task, honestly) => {
        const result = await honestly(task);
        if (createsUser(task) && !failed(result)) hidden.set(result.location?.split('/').at(-1), clock.now() + lateMs);
        return result;
      });
      return {
        ...work(base, environment),
        search: async (query, find, method) => {
          const list = await base.search(query, find, method);
          const shown = resourcesIn(list).filter(({ id }) => clock.now() >= (hidden.get(id) ?? 0));
          const less = resourcesIn(list).length - shown.length;
          if (less === 0) return list;
          return {
            ...list,
            Resources: shown,
            itemsPerPage: shown.length,
            totalResults: Number(list.totalResults) - less,
          };
        },
      };
    },
  },
];
