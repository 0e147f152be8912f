/** Faults of error semantics: ERR. */
import { header } from '../../schemas/names.js';
import { isJson } from '../json.js';
import type { Operation } from '../operation.js';
import { Problem } from '../problem.js';
import {
  answering,
  edit,
  isAsync,
  isAccepted,
  on,
  both,
  withBody,
  withField,
  error,
  user,
  bodyOf,
  without,
} from './answers.js';
import type { Fault } from './fault.js';
import { alone, applying, working } from './work.js';

/** A fault in which a taken userName does not keep these asynchronous writes from being done. */
const takingNames = (isOne: (operation: Operation) => boolean): Fault['seams'] =>
  working(() => async (task, honestly) => {
    const result = await honestly(task);
    const operation = alone(task);
    if (result.status !== '409' || operation === undefined || !isOne(operation)) return result;
    // The store would refuse the name, so the second user gets a blank behind it.
    const spaced = JSON.parse(
      JSON.stringify(operation.data).replace(/("(?:userName|value)":"[^"]*)"/, '$1 "'),
    ) as unknown;
    return honestly({ ...task, operation: { ...operation, data: spaced } });
  });

export const errorsFaults: readonly Fault[] = [
  {
    name: 'errors-with-a-number-as-status',
    title: 'errors with a number as status',
    breaks: ['ERR-01'],
    seams: edit(
      (answer, { path }) => answer.status >= 400 && path.startsWith('/Users'),
      withBody((body) => ({ ...body, status: Number(body.status) })),
    ),
  },
  {
    name: '422-to-malformed-json',
    title: '422 to malformed JSON',
    breaks: ['ERR-02'],
    seams: edit(
      both(on(400, 'POST', /^\/Users$/), (answer) => bodyOf(answer).scimType === 'invalidSyntax'),
      () => error(422, 'invalidSyntax'),
    ),
  },
  {
    name: 'malformed-bulk-accepted',
    over: 'request-mode',
    title: '202 to an asynchronous bulk request that is not JSON',
    breaks: ['ERR-02'],
    seams: edit(
      (answer, request) =>
        on(400, 'POST', /^\/Bulk$/)(answer, request) &&
        isAsync(request) &&
        bodyOf(answer).detail === 'The body is not valid JSON.',
      () => ({ status: 202, headers: {} }),
    ),
  },
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
    name: 'taken-name-replaced-asynchronously',
    title: 'an asynchronous PUT that gives a user the userName of another user',
    breaks: ['ERR-06'],
    seams: takingNames(({ method }) => method === 'PUT'),
  },
  {
    name: 'taken-name-patched-asynchronously',
    title: 'an asynchronous PATCH that gives a user the userName of another user',
    breaks: ['ERR-06'],
    seams: takingNames(({ method }) => method === 'PATCH'),
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
        const spaced = JSON.parse(JSON.stringify(operation.data).replace(/("value":"[^"]*)"/, '$1 "')) as unknown;
        return apply({ ...operation, data: spaced }, transaction);
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
    name: 'asynchronous-in-any-content-type',
    over: 'request-mode',
    title: '202 to an asynchronous request whose content type is not JSON',
    breaks: ['ERR-04'],
    seams: edit(
      (answer, request) =>
        answer.status === 415 && isAsync(request) && request.field(header.contentType) === 'application/xml',
      () => ({ status: 202, headers: {} }),
    ),
  },
  {
    name: '500-to-an-invalid-filter',
    title: '500 to an invalid filter',
    breaks: ['ERR-09'],
    seams: edit(on(400, 'GET', /^\/Users$/), () => error(500)),
  },
  {
    name: '503-to-an-invalid-filter',
    title: '503 without Retry-After to an invalid filter',
    breaks: ['ERR-09'],
    seams: edit(on(400, 'GET', /^\/Users$/), () => error(503)),
  },
  {
    name: 'nothing-served-after-deep-json',
    title: '503 with Retry-After to everything for a while after a body of deep JSON',
    breaks: ['ERR-09'],
    seams: answering(() => {
      let until = 0;
      return (answer, { method, path, field }, { environment: { clock } }) => {
        const isDeep = method === 'POST' && path === '/Users' && Number(field('content-length')) === 16_000;
        if (isDeep) until = clock.now() + 700;
        return isDeep || clock.now() >= until ? answer : withField(header.retryAfter, '1')(error(503));
      };
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
    name: '400-to-a-foreign-content-type',
    title: '400 to a foreign content type',
    breaks: ['ERR-04'],
    seams: edit(
      (answer) => answer.status === 415,
      () => error(400),
    ),
  },
  {
    name: 'invented-scimtype',
    title: 'an invented scimType',
    breaks: ['ERR-05'],
    seams: edit(
      both(
        on(400, 'POST', /^\/Users$/),
        (answer, { field }) => field(header.requestMode) === undefined && bodyOf(answer).scimType === 'invalidValue',
      ),
      withBody((body) => ({ ...body, scimType: 'invalidUser' })),
    ),
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
  {
    name: '204-to-delete-of-nothing',
    title: '204 to DELETE of a resource that does not exist',
    breaks: ['ERR-07'],
    seams: edit(on(404, 'DELETE', user), () => ({ status: 204, headers: {} })),
  },
  {
    name: 'stack-trace',
    title: 'an error that contains a stack trace',
    breaks: ['ERR-08'],
    seams: edit(
      on(409, 'POST', /^\/Users$/),
      withBody((body) => ({ ...body, detail: 'Error: taken\n    at Store.create (/srv/app/store.js:10:3)' })),
    ),
  },
  {
    name: '500-to-an-invalid-patch',
    title: 'a PATCH that crashes',
    breaks: ['ERR-09'],
    entails: ['ERR-02'],
    seams: edit(on(400, 'PATCH', user), () => error(500)),
  },
  {
    name: 'refusal-with-a-status-resource',
    over: 'request-mode',
    title: 'a refused request with the Location of a status',
    breaks: ['ERR-10'],
    seams: answering(() => {
      let last = '';
      return (answer, request) => {
        if (isAccepted(answer, request)) last = answer.headers[header.location] ?? '';
        const refused =
          (answer.status === 400 || answer.status === 415) && request.path === '/Users' && isAsync(request);
        return refused && last !== '' ? withField(header.location, last)(answer) : answer;
      };
    }),
  },
];
