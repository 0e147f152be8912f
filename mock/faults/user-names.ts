/** Faults of userNames that are missing or taken: ERR-03, ERR-06. */
import { isJson } from '../json.js';
import type { Operation } from '../operation.js';
import { Problem } from '../problem.js';
import { edit, on, both, error, bodyOf, without } from './answers.js';
import type { Fault } from './fault.js';
import { spaced, takingNames } from './taken-names.js';
import { alone, applying, working } from './work.js';

/** A fault in which a taken userName does not keep these asynchronous writes from being done. */
const takingNamesAlone = (isOne: (operation: Operation) => boolean): Fault['seams'] =>
  takingNames((task) => {
    const operation = alone(task);
    return operation !== undefined && isOne(operation);
  });

export const userNameFaults: readonly Fault[] = [
  {
    name: 'null-accepted-as-user-name',
    title: 'a user whose userName is null',
    breaks: ['ERR-03'],
    seams: applying((apply, { newId }) => (operation, transaction) => {
      const { data, method } = operation;
      if (method !== 'POST' || !isJson(data) || data.userName !== null || data.externalId === undefined) {
        return apply(operation, transaction);
      }
      return apply({ ...operation, data: { ...data, userName: `unnamed-${newId()}` } }, transaction);
    }),
  },
  {
    name: 'put-without-a-user-name-removes-it',
    title: 'a PUT without userName that leaves a user without one',
    breaks: ['ERR-03'],
    seams: applying((apply) => async (operation, transaction) => {
      const { data, method, path } = operation;
      if (method !== 'PUT' || !path.startsWith('/Users/') || !isJson(data) || 'userName' in data)
        return apply(operation, transaction);
      const user = await transaction.get('User', path.split('/')[2] ?? '');
      const applied = await apply({ ...operation, data: { ...data, userName: user.attributes.userName } }, transaction);
      const stored = await transaction.update('User', user.id, (attributes) => without(attributes, 'userName'));
      return { ...applied, stored };
    }),
  },
  {
    name: 'user-names-compared-with-case',
    title: 'a userName that can be used again with other capitalisation',
    breaks: ['ERR-06'],
    seams: applying((apply) => async (operation, transaction) => {
      const { data, method } = operation;
      const name = isJson(data) && method === 'POST' ? data.userName : undefined;
      if (!isJson(data) || typeof name !== 'string' || name !== name.toUpperCase())
        return apply(operation, transaction);
      const users = await transaction.list('User');
      if (users.some(({ attributes }) => attributes.userName === name)) return apply(operation, transaction);
      // The store would refuse the name, so the second user gets a prefix.
      return apply({ ...operation, data: { ...data, userName: `capital-${name}` } }, transaction);
    }),
  },
  {
    name: 'addresses-compared-in-place-of-user-names',
    title: 'a userName that can be used again with another e-mail address',
    breaks: ['ERR-06'],
    seams: applying((apply) => async (operation, transaction) => {
      const { data, method } = operation;
      const [email] = isJson(data) && Array.isArray(data.emails) ? (data.emails as unknown[]) : [];
      try {
        return await apply(operation, transaction);
      } catch (cause) {
        const isOne = isJson(data) && isJson(email) && email.value !== data.userName && method === 'POST';
        if (!(cause instanceof Problem) || cause.status !== 409 || !isOne) throw cause;
        // The store would refuse the name, so the second user gets a blank behind it.
        return apply({ ...operation, data: { ...data, userName: `${String(data.userName)} ` } }, transaction);
      }
    }),
  },
  {
    name: 'taken-name-replaced-asynchronously',
    title: 'an asynchronous PUT that gives a user the userName of another user',
    breaks: ['ERR-06'],
    seams: takingNamesAlone(({ method }) => method === 'PUT'),
  },
  {
    name: 'taken-name-patched-asynchronously',
    title: 'an asynchronous PATCH that gives a user the userName of another user',
    breaks: ['ERR-06'],
    seams: takingNamesAlone(({ method }) => method === 'PATCH'),
  },
  {
    name: 'taken-name-patched',
    title: 'a PATCH that gives a user the userName of another user',
    breaks: ['ERR-06'],
    seams: applying((apply) => async (operation, transaction) => {
      try {
        return await apply(operation, transaction);
      } catch (cause) {
        if (!(cause instanceof Problem) || cause.status !== 409 || operation.method !== 'PATCH') throw cause;
        return apply(spaced(operation), transaction);
      }
    }),
  },
  {
    name: 'asynchronous-replace-with-a-taken-name-is-500',
    title: 'status 500 for an asynchronous PUT with a taken userName',
    // In the respond-async binding the events show the same.
    breaks: ['ERR-06'],
    seams: working(() => async (task, honestly, { failure }) => {
      const result = await honestly(task);
      const operation = alone(task);
      return operation?.method === 'PUT' && result.status === '409'
        ? failure(operation, new Problem(500, 'Internal error.'))
        : result;
    }),
  },
  {
    name: 'users-without-username',
    title: 'a create of a user without userName that succeeds',
    breaks: ['BULK-01', 'ERR-03'],
    seams: applying((apply, { newId }) => (operation, transaction) => {
      const { data, method } = operation;
      if (method !== 'POST' || !isJson(data) || !Array.isArray(data.schemas) || data.userName !== undefined)
        return apply(operation, transaction);
      return apply({ ...operation, data: { ...data, userName: `unnamed-${newId()}` } }, transaction);
    }),
  },
  {
    name: '400-to-a-duplicate',
    title: '400 to a duplicate',
    breaks: ['ERR-06'],
    seams: edit(
      both(on(409, 'POST', /^\/Users$/), (answer) => bodyOf(answer).scimType === 'uniqueness'),
      () => error(400, 'uniqueness'),
    ),
  },
];
