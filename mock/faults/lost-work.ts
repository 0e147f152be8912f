/**
 * Faults in which accepted requests are lost, run twice, or interfere with each other: LIFE-01, LIFE-06, LIFE-07,
 * ERR-06.
 */
import { urn } from '../../schemas/names.js';
import { isJson } from '../json.js';
import type { OperationResult } from '../operation.js';
import { Problem } from '../problem.js';
import type { Fault } from './fault.js';
import { alone, applying, createsUser, working } from './work.js';

const nameOf = (data: unknown): string | undefined =>
  isJson(data) && typeof data.userName === 'string' ? data.userName : undefined;

export const lostWorkFaults: readonly Fault[] = [
  {
    name: 'one-job-in-forty-lost',
    title: 'one accepted request in forty that never runs',
    breaks: ['LIFE-01'],
    seams: ({ isQueued }) => {
      let accepted = 0;
      return {
        isQueued: (head) => {
          // Bulk requests are never lost, because a synchronous one would never be answered.
          if (!head.isBulk) accepted += 1;
          return isQueued(head) && (head.isBulk || accepted % 40 !== 0);
        },
      };
    },
  },
  {
    name: 'applied-twice-under-concurrency',
    title: 'a group that is created twice while other requests run',
    breaks: ['LIFE-06'],
    seams: working(() => {
      let busy = 0;
      return async (task, honestly) => {
        busy += 1;
        const crowded = busy > 1;
        try {
          const result = await honestly(task);
          if (crowded && alone(task)?.path === '/Groups' && result.status === '201') await honestly(task);
          return result;
        } finally {
          busy -= 1;
        }
      };
    }),
  },
  {
    name: 'one-create-in-forty-forgotten',
    title: 'one create in forty that is reported as successful and never runs',
    breaks: ['LIFE-06'],
    // In the respond-async binding this requirement shows it as well.
    entails: ['EVT-02'],
    seams: (base, environment) => {
      const { newId } = environment;
      return working(() => {
        let creates = 0;
        return async (task, honestly) => {
          if (createsUser(task)) creates += 1;
          if (!createsUser(task) || creates % 40 !== 0) return honestly(task);
          return { method: 'POST', status: '201', location: `/scim/v2/Users/${newId()}`, version: 'W/"1"' };
        };
      })(base, environment);
    },
  },
  {
    name: 'lost-update',
    title: 'a PATCH that writes back old values and loses concurrent changes',
    breaks: ['LIFE-06'],
    seams: working(() => async (task, honestly, { ports: { store }, clock }) => {
      const { method, path = '', data } = alone(task) ?? {};
      const id = path.split('/')[2] ?? '';
      const found = method === 'PATCH' ? await store.find(id) : undefined;
      const before = found?.type === 'User' ? found.attributes.name : undefined;
      const result = await honestly(task);
      const patched = JSON.stringify(data ?? null);
      if (!isJson(before) || patched.includes('"name')) return result;
      await clock.sleep(40);
      await store.transaction(async (transaction) => {
        if ((await transaction.find(id)) === undefined) return;
        await transaction.update('User', id, (attributes) => ({ ...attributes, name: before }));
      });
      return result;
    }),
  },
  {
    name: 'results-swapped',
    title: 'two concurrent requests that get each other’s results',
    breaks: ['LIFE-07'],
    seams: working(() => {
      let waiting: { result: OperationResult; give: (other: OperationResult) => void } | undefined;
      let busy = 0;
      return async (task, honestly, { clock }) => {
        if (!createsUser(task)) return honestly(task);
        busy += 1;
        const crowded = busy > 3;
        const result = await honestly(task);
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
      };
    }),
  },
  {
    name: 'concurrent-creates-of-one-name',
    title: 'two concurrent creates of one userName that both succeed',
    breaks: ['ERR-06'],
    // Also within a bulk request that uses a taken name twice.
    entails: ['BULK-01'],
    options: { operationMillis: 20, workers: 16 },
    seams: (base, environment) => {
      const inWork = new Map<string, number>();
      const raced = new Set<string>();
      const race = working(() => async (task, honestly) => {
        const { method, data } = task.operation;
        const name = method === 'POST' ? nameOf(data) : undefined;
        if (name === undefined) return honestly(task);
        inWork.set(name, (inWork.get(name) ?? 0) + 1);
        if ((inWork.get(name) ?? 0) > 1) raced.add(name);
        const result = await honestly(task);
        inWork.set(name, (inWork.get(name) ?? 1) - 1);
        return result;
      });
      const lose = applying((apply) => async (operation, transaction) => {
        try {
          return await apply(operation, transaction);
        } catch (cause) {
          const name = nameOf(operation.data);
          const isRaced = cause instanceof Problem && cause.status === 409 && name !== undefined && raced.has(name);
          if (!isRaced || operation.method !== 'POST' || !isJson(operation.data)) throw cause;
          // The store would refuse the name, so the second user gets a prefix.
          return apply({ ...operation, data: { ...operation.data, userName: `second-${name}` } }, transaction);
        }
      });
      return { ...race(base, environment), ...lose(base, environment) };
    },
  },
  {
    name: 'own-name-in-capitals-refused',
    title: 'an asynchronous PUT that fails with 409 if it changes the letter case of the userName only',
    breaks: ['LIFE-06'],
    seams: working(() => async (task, honestly, { ports, failure }) => {
      const { method, path, data } = alone(task) ?? {};
      const before = method === 'PUT' ? await ports.store.find(path?.split('/')[2] ?? '') : undefined;
      const [old, name] = [before === undefined ? undefined : nameOf(before.attributes), nameOf(data)];
      const isSame = old !== name && old?.toLowerCase() === name?.toLowerCase();
      return isSame
        ? failure(task.operation, new Problem(409, 'The userName is taken.', 'uniqueness'))
        : honestly(task);
    }),
  },
  {
    name: 'path-with-the-urn-of-users-refused',
    title: 'an asynchronous PATCH that fails with 400 if a path begins with the URN of the core schema',
    breaks: ['LIFE-06'],
    seams: working(() => (task, honestly, { failure }) => {
      const { method, data } = alone(task) ?? {};
      const isNamed = method === 'PATCH' && JSON.stringify(data ?? null).includes(`"path":"${urn.user}:`);
      return isNamed
        ? Promise.resolve(failure(task.operation, new Problem(400, 'There is no such attribute.', 'invalidPath')))
        : honestly(task);
    }),
  },
];
