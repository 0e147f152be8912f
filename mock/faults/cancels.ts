/** Faults of what a cancel leaves behind, and of tokens of requests that are over: CNCL-01, TOK-01. */
import { header } from '../../schemas/names.js';
import { failed } from '../operation.js';
import { answering, bodyOf, completed, error, isAccepted, isStatusRead, member, on, withField } from './answers.js';
import type { Fault } from './fault.js';
import { working } from './work.js';

const isCancelled = on(204, 'DELETE', /\/status$/);

const jobIn = (path: string): string => path.split('/')[2] ?? '';

export const cancelFaults: readonly Fault[] = [
  {
    name: 'cancel-undoes-what-was-done',
    title: 'a cancel that deletes the users who were created before it, and whose results are 201',
    breaks: ['CNCL-01'],
    seams: (base, environment) => {
      const created = new Map<string, string[]>();
      const work = working(() => async (task, honestly) => {
        const result = await honestly(task);
        const id = result.location?.split('/').at(-1);
        const isOne = task.job.isBulk && !failed(result) && result.method === 'POST' && id !== undefined;
        if (isOne) created.set(task.job.id, [...(created.get(task.job.id) ?? []), id]);
        return result;
      });
      return {
        ...work(base, environment),
        respond: async (honest, request, ports) => {
          const answer = await base.respond(honest, request, ports);
          if (!isCancelled(answer, request)) return answer;
          for (const id of created.get(jobIn(request.path)) ?? [])
            await ports.store.transaction(async (transaction) => {
              if ((await transaction.find(id)) !== undefined) await transaction.remove('User', id);
            });
          return answer;
        },
      };
    },
  },
  {
    name: 'status-token-ends-with-its-request',
    title: 'a status token that is refused when its request is completed',
    breaks: ['TOK-01'],
    seams: answering(() => {
      const tokens = new Set<string>();
      return (answer, request) => {
        const { value } = isAccepted(answer, request) ? member(bodyOf(answer), 'statusToken') : {};
        if (typeof value === 'string') tokens.add(value);
        const isByToken = tokens.has(request.field(header.authorization)?.replace(/^Bearer /, '') ?? '');
        return isByToken && isStatusRead(answer, request) && completed(bodyOf(answer))
          ? withField(header.wwwAuthenticate, 'Bearer')(error(401))
          : answer;
      };
    }),
  },
];
