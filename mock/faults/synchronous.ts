/** Faults of synchronous SCIM: CORE. */
import { header, urn } from '../../schemas/names.js';
import { isJson } from '../json.js';
import { config, edit, on, user, withBody, withField, withOperations, withoutField, withoutMember } from './answers.js';
import type { Fault } from './fault.js';
import { applying, working } from './work.js';

/** A fault in which every PATCH removes this attribute. */
const patchLosing = (attribute: string): Fault['seams'] =>
  applying((apply) => async (operation, transaction) => {
    const applied = await apply(operation, transaction);
    const { stored } = applied;
    if (operation.method !== 'PATCH' || stored === undefined) return applied;
    const kept = await transaction.update(stored.type, stored.id, (attributes) => ({
      ...attributes,
      [attribute]: undefined,
    }));
    return { ...applied, stored: kept };
  });

export const synchronousFaults: readonly Fault[] = [
  {
    name: 'config-without-patch',
    title: 'ServiceProviderConfig without patch',
    breaks: ['CORE-01'],
    seams: edit(config, withoutMember('patch')),
  },
  {
    name: '201-without-location',
    title: '201 without Location',
    breaks: ['CORE-02'],
    seams: edit(on(201, 'POST', /^\/Users$/), withoutField(header.location)),
  },
  {
    name: 'meta-location-of-an-inner-host',
    title: 'meta.location of a create names the host behind the proxy',
    breaks: ['CORE-02'],
    seams: edit(
      on(201, 'POST', /^\/Users$/),
      withBody((body) => {
        const meta = isJson(body.meta) ? body.meta : {};
        const inner = new URL(String(meta.location));
        inner.protocol = 'https:';
        inner.host = 'scim.internal.example:8443';
        return { ...body, meta: { ...meta, location: inner.href } };
      }),
    ),
  },
  {
    name: 'put-ignores-the-body',
    title: 'a PUT that stores fixed attributes instead of the body',
    breaks: ['CORE-03', 'CORE-18'],
    seams: applying((apply) => (operation, transaction) => {
      const { method, data } = operation;
      if (method !== 'PUT' || !isJson(data)) return apply(operation, transaction);
      const forgotten = { schemas: [urn.user], userName: data.userName, displayName: 'Nobody' };
      return apply({ ...operation, data: forgotten }, transaction);
    }),
  },
  {
    name: 'delete-keeps-the-user',
    title: 'a DELETE that does not remove the user',
    breaks: ['CORE-03', 'ERR-07'],
    // Among concurrent writes the suite cannot tell a lost DELETE from a user that another write brought back.
    entails: ['LIFE-06'],
    seams: (base, environment) => {
      // Only the first synchronous DELETE of a user is lost, so that the suite can clean up.
      const heard = new Set<string>();
      const work = working(() => (task, honestly) => {
        heard.add(task.operation.path);
        return honestly(task);
      });
      return {
        ...work(base, environment),
        apply: async (operation, transaction) => {
          if (operation.method !== 'DELETE' || heard.has(operation.path)) return base.apply(operation, transaction);
          heard.add(operation.path);
          return { status: 204 };
        },
      };
    },
  },
  {
    name: 'patch-removes-external-id',
    title: 'a PATCH of any attribute that removes externalId',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patchLosing('externalId'),
  },
  {
    name: 'put-drops-emails',
    title: 'a PUT that drops the emails that it contains',
    breaks: ['CORE-03', 'CORE-18'],
    seams: applying((apply) => (operation, transaction) => {
      const { method, data } = operation;
      const isPut = method === 'PUT' && isJson(data);
      return apply(isPut ? { ...operation, data: { ...data, emails: undefined } } : operation, transaction);
    }),
  },
  {
    name: 'put-drops-active-if-false',
    title: 'a PUT that takes `false` for nothing',
    breaks: ['CORE-03'],
    seams: applying((apply) => (operation, transaction) => {
      const { method, data } = operation;
      const isFalse = method === 'PUT' && isJson(data) && data.active === false;
      return apply(isFalse ? { ...operation, data: { ...data, active: undefined } } : operation, transaction);
    }),
  },
  {
    name: 'patch-removes-emails',
    title: 'a PATCH of another attribute that removes the emails of a user',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patchLosing('emails'),
  },
  {
    name: 'deactivation-ignored',
    title: 'a PATCH of active to false that is answered 200 but does nothing',
    breaks: ['CORE-03'],
    seams: applying((apply) => async (operation, transaction) => {
      const { method, path, data } = operation;
      const operations: unknown[] = isJson(data) && Array.isArray(data.Operations) ? data.Operations : [];
      const [first] = operations;
      const id = path.split('/')[2] ?? '';
      const isIgnored = method === 'PATCH' && isJson(first) && first.path === 'active' && first.value === false;
      return isIgnored ? { status: 200, stored: await transaction.get('User', id) } : apply(operation, transaction);
    }),
  },
  {
    name: 'user-in-application-json',
    title: 'a user with the content type application/json',
    breaks: ['CORE-04'],
    seams: edit(on(200, 'GET', user), withField(header.contentType, 'application/json; charset=utf-8')),
  },
  {
    name: 'bulk-response-without-its-last-result',
    title: 'a bulk response without its last result',
    breaks: ['CORE-05'],
    seams: edit(
      on(200, 'POST', /^\/Bulk$/),
      withBody((body) => ({ ...body, Operations: (body.Operations as unknown[]).slice(0, -1) })),
    ),
  },
  {
    name: 'totalresults-one-too-high',
    title: 'totalResults one too high',
    breaks: ['CORE-06', 'CORE-13'],
    seams: edit(
      on(200, 'GET', /^\/Users$/),
      withBody((body) => ({ ...body, totalResults: Number(body.totalResults) + 1 })),
    ),
  },
  {
    name: 'plus-sign-in-a-filter-is-a-blank',
    title: 'a search that reads the plus sign of a userName as a blank',
    breaks: ['CORE-06'],
    seams: edit(
      on(200, 'GET', /^\/Users$/),
      withBody((body) => {
        const found = Array.isArray(body.Resources) ? body.Resources.filter(isJson) : [];
        const isTagged = found.length === 1 && String(found[0]?.userName).includes('+');
        return isTagged ? { ...body, totalResults: 0, Resources: [] } : body;
      }),
    ),
  },
  {
    name: 'password-shown',
    title: 'a GET of a user that shows the password',
    breaks: ['CORE-11'],
    seams: (base, environment) => {
      const passwords = new Map<unknown, unknown>();
      const keeping = applying((apply) => async (operation, transaction) => {
        const applied = await apply(operation, transaction);
        const { method, data } = operation;
        if (method !== 'PATCH' && isJson(data)) passwords.set(applied.stored?.id, data.password);
        return applied;
      });
      const showing = edit(
        on(200, 'GET', user),
        withBody((body) => ({ ...body, password: passwords.get(body.id) })),
      );
      return { ...keeping(base, environment), ...showing(base, environment) };
    },
  },
  {
    name: 'password-masked-in-bulk-results',
    title: 'a result of a bulk request that shows the password as asterisks',
    breaks: ['CORE-11'],
    seams: edit(
      on(200, 'POST', /^\/Bulk$/),
      withOperations((operation) =>
        operation.status === '201'
          ? { ...operation, response: { schemas: [urn.user], password: '********' } }
          : operation,
      ),
    ),
  },
];
