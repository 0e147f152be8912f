/** Faults that show for a few hundredths of a second: LIFE-02, LIFE-04, LIFE-08. */
import { isJson } from '../json.js';
import type { Answer } from '../http/answer.js';
import { error } from './answers.js';
import type { Fault } from './fault.js';
import { alone, working, type ChangeWork } from './work.js';

/** Milliseconds for which each of these faults shows. */
const momentMs = 40;

/** The path of the user that a request writes, if it is not a bulk request. */
const writtenAlone = (task: Parameters<ChangeWork>[0]): string | undefined => {
  const { method, path } = alone(task) ?? {};
  return (method === 'PUT' || method === 'PATCH') && path?.startsWith('/Users/') === true ? path : undefined;
};

/** A fault in how GETs of users are answered, for a moment after each asynchronous PUT or PATCH or before its result. */
const reading = (
  when: 'before the result' | 'after the result',
  change: (answer: Answer, before: Answer | undefined) => Answer,
): Fault['seams'] => {
  return (base, environment) => {
    const { clock } = environment;
    const until = new Map<string, number>();
    const before = new Map<string, Answer>();
    const work = working(() => async (task, honestly) => {
      const path = writtenAlone(task);
      if (path === undefined) return honestly(task);
      if (when === 'before the result') {
        until.set(path, clock.now() + momentMs);
        await clock.sleep(momentMs);
        return honestly(task);
      }
      const result = await honestly(task);
      until.set(path, clock.now() + momentMs);
      return result;
    });
    return {
      ...work(base, environment),
      respond: async (honest, request, ports) => {
        const answer = await base.respond(honest, request, ports);
        if (request.method !== 'GET' || !request.path.startsWith('/Users/')) return answer;
        if (clock.now() < (until.get(request.path) ?? 0)) return change(answer, before.get(request.path));
        before.set(request.path, answer);
        return answer;
      },
    };
  };
};

export const momentFaults: readonly Fault[] = [
  {
    name: 'effect-visible-a-moment-late',
    title: `reads that show the old values for ${momentMs} ms after a PUT or PATCH is completed`,
    breaks: ['LIFE-04'],
    seams: reading('after the result', (answer, before) => before ?? answer),
  },
  {
    name: 'gone-for-a-moment',
    title: `reads that answer 404 for ${momentMs} ms while a user is replaced or patched`,
    breaks: ['LIFE-08'],
    seams: reading('before the result', () => error(404)),
  },
  {
    name: 'half-a-write-for-a-moment',
    title: `a PUT or PATCH of which reads show only the displayName for ${momentMs} ms`,
    breaks: ['LIFE-08'],
    // The half is written although If-Match does not hold.
    entails: ['LIFE-12'],
    seams: working(() => async (task, honestly, { ports: { store }, clock }) => {
      const id = writtenAlone(task)?.split('/')[2];
      const { data } = task.operation;
      const [edit] = isJson(data) && Array.isArray(data.Operations) ? (data.Operations as unknown[]) : [data];
      const displayName = isJson(edit) ? (edit.path === 'displayName' ? edit.value : edit.displayName) : undefined;
      if (id === undefined || typeof displayName !== 'string' || task.hopeless !== undefined) return honestly(task);
      await store.transaction(async (transaction) => {
        if ((await transaction.find(id))?.type !== 'User') return;
        await transaction.update('User', id, (attributes) => ({ ...attributes, displayName }));
      });
      await clock.sleep(momentMs);
      return honestly(task);
    }),
  },
  {
    name: 'counts-fall-back-on-a-retry',
    over: 'request-mode',
    title: `a bulk request whose counts are 0 again for ${momentMs} ms when half of it is done`,
    breaks: ['LIFE-02'],
    seams: (base, { clock }) => {
      const since = new Map<string, number>();
      return {
        viewStatus: (job, baseUrl) => {
          const view = base.viewStatus(job, baseUrl);
          const { total, pending } = view.operationsCount;
          if (total < 20 || pending === 0 || pending > total / 2) return view;
          const begun = since.get(job.id) ?? clock.now();
          since.set(job.id, begun);
          if (clock.now() - begun > momentMs) return view;
          return { ...view, operationsCount: { total, success: 0, failed: 0, pending: total } };
        },
      };
    },
  },
];
