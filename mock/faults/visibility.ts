/** Faults of when reads see the effects of writes: LIFE-04, LIFE-08, LIFE-09. */
import { header } from '../../schemas/names.js';
import { isCompleted } from '../job.js';
import { isJson } from '../json.js';
import type { Answer } from '../http/answer.js';
import type { RequestSummary } from '../http/http-seams.js';
import type { Ports } from '../ports.js';
import { error, withField } from './answers.js';
import type { Fault } from './fault.js';
import { foundFor } from './late-effects.js';
import { createsUser, working } from './work.js';

/** The path under the base URL of the user in a URL or path; undefined if it is none. */
const userPathIn = (location: unknown): string | undefined =>
  typeof location === 'string' ? /\/Users\/[^/]+$/.exec(location)?.[0] : undefined;

/** The displayName that a write sets, if it is in a PUT or in the first operation of a PATCH. */
const displayNameIn = (method: string, data: unknown): unknown => {
  if (!isJson(data)) return undefined;
  if (method === 'PUT') return data.displayName;
  const first: unknown = Array.isArray(data.Operations) ? data.Operations[0] : undefined;
  return isJson(first) && first.path === 'displayName' ? first.value : undefined;
};

/** The ids of large bulk requests that may be pending, and where to look. */
interface Beside {
  readonly large: Set<string>;
  readonly ports: Ports;
}

/** A fault in the answers to other requests while bulk requests of about a hundred operations are pending. */
const besideLarge =
  (change: (answer: Answer, request: RequestSummary, beside: Beside) => Promise<Answer>): Fault['seams'] =>
  (base) => {
    const large = new Set<string>();
    return {
      isQueued: (head) => {
        if (head.operations.length >= 90 && head.operations.length <= 100) large.add(head.id);
        return base.isQueued(head);
      },
      respond: async (honest, request, ports) =>
        change(await base.respond(honest, request, ports), request, { large, ports }),
    };
  };

/** 503 instead of one of these answers to these methods, while a large asynchronous request is pending. */
const refusedMeanwhile = (methods: readonly string[], statuses: readonly number[]): Fault['seams'] =>
  besideLarge(async (answer, request, { large, ports }) => {
    if (!methods.includes(request.method) || !statuses.includes(answer.status)) return answer;
    for (const id of large) {
      const job = await ports.jobs.find(id);
      if (job !== undefined && !isCompleted(job)) return withField(header.retryAfter, '1')(error(503));
      large.delete(id);
    }
    return answer;
  });

export const visibilityFaults: readonly Fault[] = [
  {
    name: 'completed-before-the-effect-is-visible',
    title: 'a status that is completed before reads show the effect',
    breaks: ['LIFE-04'],
    entails: ['LIFE-11'],
    seams: (base, environment) => {
      const { clock } = environment;
      const staleMs = 800;
      const staleUntil = new Map<string, number>();
      const created = new Set<string>();
      const before = new Map<string, Answer>();
      const hide = (path: string): void => void staleUntil.set(path, clock.now() + staleMs);
      const work = working(() => async (task, honestly) => {
        const result = await honestly(task);
        const path = task.job.isBulk ? undefined : userPathIn(result.location);
        if (path === undefined) return result;
        hide(path);
        if (createsUser(task)) created.add(path);
        return result;
      });
      return {
        ...work(base, environment),
        // Events may be read much later than the write, so the delay starts again when the token is made.
        claimsOf: (claims, context) => {
          const path = isJson(claims.sub_id) ? userPathIn(claims.sub_id.uri) : undefined;
          if (context.job?.isBulk === false && path !== undefined) hide(path);
          return base.claimsOf(claims, context);
        },
        respond: async (honest, request, ports) => {
          const answer = await base.respond(honest, request, ports);
          if (request.method !== 'GET' || !request.path.startsWith('/Users/')) return answer;
          // A user that was never read before is hidden only if it was just created.
          const unseen = created.has(request.path) ? error(404) : answer;
          if (clock.now() < (staleUntil.get(request.path) ?? 0)) return before.get(request.path) ?? unseen;
          before.set(request.path, answer);
          return answer;
        },
      };
    },
  },
  {
    name: 'deleted-user-found',
    title: 'a search that still finds a user for some seconds after an asynchronous DELETE',
    breaks: ['LIFE-04'],
    seams: foundFor(3000),
  },
  {
    name: 'replaced-by-delete-and-insert',
    title: 'a PUT in a large bulk request that makes the user disappear for a moment',
    breaks: ['LIFE-08'],
    seams: (base, environment) => {
      const hidden = new Set<string>();
      const work = working(() => async (task, honestly, { clock }) => {
        const { method, path } = task.operation;
        const result = await honestly(task);
        if (method !== 'PUT' || task.job.operations.length < 10) return result;
        hidden.add(path);
        await clock.sleep(8);
        hidden.delete(path);
        return result;
      });
      return {
        ...work(base, environment),
        respond: async (honest, request, ports) => {
          const answer = await base.respond(honest, request, ports);
          return request.method === 'GET' && hidden.has(request.path) ? error(404) : answer;
        },
      };
    },
  },
  {
    name: 'group-emptied-for-a-moment',
    title: 'a PUT in a large bulk request that removes the members of a group before it writes the new ones',
    breaks: ['LIFE-08'],
    seams: working(() => async (task, honestly, { clock, ports: { store } }) => {
      const { method, path } = task.operation;
      const id = /^\/Groups\/([^/:]+)$/.exec(path)?.[1];
      if (method !== 'PUT' || id === undefined || task.job.operations.length < 10) return honestly(task);
      await store.transaction(async (transaction) => {
        if ((await transaction.find(id))?.type !== 'Group') return;
        await transaction.update('Group', id, (attributes) => ({ ...attributes, members: undefined }));
      });
      await clock.sleep(8);
      return honestly(task);
    }),
  },
  {
    name: 'half-a-write-visible',
    title: 'a write that another request can read half-finished',
    breaks: ['LIFE-08'],
    entails: ['LIFE-12', 'CORE-12'],
    seams: working(() => async (task, honestly, { ports: { store } }) => {
      const { method, path, data } = task.operation;
      const id = /^\/Users\/([^/:]+)$/.exec(path)?.[1];
      const displayName = displayNameIn(method, data);
      if (id === undefined || typeof displayName !== 'string' || task.hopeless !== undefined) return honestly(task);
      await store.transaction(async (transaction) => {
        if ((await transaction.find(id))?.type !== 'User') return;
        await transaction.update('User', id, (attributes) => ({ ...attributes, displayName }));
      });
      return honestly(task);
    }),
  },
  {
    name: 'synchronous-writes-refused-meanwhile',
    title: '503 with Retry-After to synchronous writes while a large asynchronous request is pending',
    breaks: ['LIFE-09'],
    options: { operationMillis: 40 },
    seams: refusedMeanwhile(['PUT', 'POST'], [200, 201]),
  },
  {
    name: 'deletes-refused-meanwhile',
    title: '503 with Retry-After to synchronous deletes while a large asynchronous request is pending',
    breaks: ['LIFE-09'],
    options: { operationMillis: 40 },
    // The user is gone all the same, so that whoever asks again would be told 404.
    seams: refusedMeanwhile(['DELETE'], [204, 404]),
  },
  {
    name: 'synchronous-held-up',
    title: 'synchronous writes that wait until large asynchronous requests are done',
    breaks: ['LIFE-09'],
    options: { operationMillis: 20, workers: 8 },
    seams: besideLarge(async (answer, request, { large, ports }) => {
      if (request.method !== 'PUT' || answer.status !== 200) return answer;
      for (const id of large) {
        await ports.jobs.completed(id, new AbortController().signal);
        large.delete(id);
      }
      return answer;
    }),
  },
];
