import { urn } from '../../../../schemas/names.js';
import type { Exchange } from '../../../../schemas/types.js';
import { core03 } from '../../../../suites/requirements/core/core-03.js';
import { asyncWrite, asyncWriteSteps } from '../../../../suites/scenarios/request-mode/async-write.js';
import {
  resourceLifecycle,
  resourceLifecycleSteps,
} from '../../../../suites/scenarios/synchronous/resource-lifecycle.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { legalPatches, openPatches, rightPatches, silentPatches, wrongPatches } from './patch-traces.js';

const subject = 'a@example.com';

const user = {
  schemas: [urn.user],
  userName: subject,
  name: { givenName: 'Ada', familyName: 'Byron' },
  displayName: 'Enchantress',
  active: true,
  emails: [{ value: subject, type: 'work' }],
};

const shown = { ...user, id: '1', meta: { resourceType: 'User' } };

const patchOf = (path: string, value: unknown) => ({
  schemas: [urn.patchOp],
  Operations: [{ op: 'replace', path, value }],
});

const { afterCreate, afterReplace, afterPatch, afterDelete } = resourceLifecycleSteps;

const lifecycle = (...exchanges: ((trace: HandMadeTrace) => Exchange)[]): HandMadeTrace =>
  describedAs([], ...exchanges);

const describedAs = (
  readOnlyAttributes: string[],
  ...exchanges: ((trace: HandMadeTrace) => Exchange)[]
): HandMadeTrace => {
  const trace = new HandMadeTrace(resourceLifecycle, 'request-mode', { readOnlyAttributes });
  for (const add of exchanges) add(trace);
  return trace;
};

const create = (trace: HandMadeTrace): Exchange =>
  trace.exchange('create', 'POST /Users', { status: 201, sent: user, body: shown, subject });

const read =
  (variant: string, status: number, body?: unknown) =>
  (trace: HandMadeTrace): Exchange =>
    trace.exchange('read', 'GET /Users/1', { status, body, variant, subject });

const replace =
  (status: number, body?: unknown) =>
  (trace: HandMadeTrace): Exchange =>
    trace.exchange('replace', 'PUT /Users/1', { status, sent: { ...user, displayName: 'Countess' }, body, subject });

const patch =
  (status: number, sent: unknown, body?: unknown) =>
  (trace: HandMadeTrace): Exchange =>
    trace.exchange('patch', 'PATCH /Users/1', { status, sent, body, subject });

const remove =
  (status: number) =>
  (trace: HandMadeTrace): Exchange =>
    trace.exchange('delete', 'DELETE /Users/1', { status, subject });

const replaced = { ...shown, displayName: 'Countess' };

const { displayName: gone, ...withoutDisplayName } = shown;

/** An asynchronous write that is answered synchronously, and the read after it. */
const atOnce = (method: 'PUT' | 'PATCH' | 'DELETE', sent: unknown, status: number, after: [number, unknown?]) => {
  const trace = new HandMadeTrace(asyncWrite, 'request-mode');
  const variant = asyncWriteSteps.write(method);
  const asked = trace.exchange('submit', `${method} /Users/1`, { status, sent, variant, subject });
  trace.submission(asked, { operations: [{ method, path: '/Users/1', expected: 'success' }] });
  read(asyncWriteSteps.after.of(method), ...after)(trace);
  return trace;
};

proveRequirement(core03, {
  right: {
    ...rightPatches,
    'each read shows what was written before it': () =>
      lifecycle(
        create,
        read(afterCreate, 200, shown),
        replace(200, replaced),
        read(afterReplace, 200, replaced),
        patch(204, patchOf('displayName', 'Ada King')),
        read(afterPatch, 200, { ...shown, displayName: 'Ada King' }),
        patch(200, patchOf('active', false), { ...shown, displayName: 'Ada King', active: false }),
        read(afterPatch, 200, { ...shown, displayName: 'Ada King', active: false }),
        remove(204),
        read(afterDelete, 404),
      ),
    'an asynchronous PUT that is done synchronously': () => atOnce('PUT', user, 200, [200, shown]),
    'an asynchronous PATCH that is done synchronously': () =>
      atOnce('PATCH', patchOf('displayName', 'Ada K'), 204, [200, { ...shown, displayName: 'Ada K' }]),
    'an asynchronous DELETE that is done synchronously': () => atOnce('DELETE', undefined, 204, [404]),
  },
  wrong: {
    ...wrongPatches,
    'not-readable-after-write': () => lifecycle(create, read(afterCreate, 404)),
    'create-not-kept': {
      active: () => lifecycle(create, read(afterCreate, 200, { ...shown, active: false })),
      'an externalId in another letter case': () => {
        const sent = { ...user, externalId: 'x1' };
        const created = (trace: HandMadeTrace): Exchange =>
          trace.exchange('create', 'POST /Users', { status: 201, sent, body: { ...shown, externalId: 'x1' }, subject });
        return lifecycle(created, read(afterCreate, 200, { ...shown, externalId: 'X1' }));
      },
    },
    'replace-status-wrong': () => lifecycle(replace(201, replaced)),
    'replace-not-kept': () => lifecycle(replace(204), read(afterReplace, 200, shown)),
    'replace-loses-attribute': {
      'a name': () =>
        lifecycle(read(afterCreate, 200, shown), replace(204), read(afterReplace, 200, withoutDisplayName)),
      'active, which is false': () => {
        const sent = { ...user, active: false };
        const locked = (trace: HandMadeTrace): Exchange =>
          trace.exchange('replace', 'PUT /Users/1', { status: 204, sent, subject });
        return lifecycle(
          read(afterPatch, 200, { ...shown, active: false }),
          locked,
          read(afterReplace, 200, { ...shown, active: undefined }),
        );
      },
    },
    'replace-answer-wrong': () => lifecycle(replace(200, { ...shown, displayName: 'Ada' })),
    'patch-status-wrong': () => lifecycle(patch(501, patchOf('displayName', 'Ada K'))),
    'patch-not-kept': () =>
      lifecycle(patch(204, patchOf('displayName', 'Ada K')), read(afterPatch, 200, { ...shown, displayName: gone })),
    'patch-answer-wrong': () => lifecycle(patch(200, patchOf('displayName', 'Ada K'), shown)),
    'patch-changes-others': () =>
      lifecycle(
        read(afterReplace, 200, shown),
        patch(204, patchOf('displayName', 'Ada K')),
        read(afterPatch, 200, { ...withoutDisplayName, emails: [], displayName: 'Ada K' }),
      ),
    'delete-status-wrong': () => lifecycle(remove(200)),
    'readable-after-delete': () => atOnce('DELETE', undefined, 204, [200, shown]),
  },
  legal: {
    ...legalPatches,
    'a displayName of its own, which /Schemas describes as read-only (RFC 7643 §7, RFC 7644 §3.3, §3.5.1)': () =>
      describedAs(
        ['displayName'],
        create,
        read(afterCreate, 200, { ...shown, displayName: 'user 17' }),
        replace(200, { ...shown, displayName: 'user 17' }),
        read(afterReplace, 200, withoutDisplayName),
      ),
    'a displayName that is the userName (RFC 7643 §4.1.1: the provider chooses)': () =>
      lifecycle(read(afterCreate, 200, { ...shown, displayName: 'a@example.com' })),
    'a displayName made of the name, other letter case, and no emails at all (RFC 7643 §4.1.1)': () =>
      lifecycle(
        create,
        read(afterCreate, 200, { ...shown, userName: 'A@example.com', displayName: 'Byron, Ada', emails: [] }),
      ),
    'names in capitals, among them one that has no capital of its own (RFC 7643 §7)': () =>
      lifecycle(
        patch(204, patchOf('displayName', 'Ada Strauß')),
        read(afterPatch, 200, {
          ...shown,
          userName: subject.toUpperCase(),
          name: { givenName: 'ADA', familyName: 'BYRON' },
          displayName: 'ADA STRAUSS',
        }),
      ),
    'active that cannot be patched': () =>
      lifecycle(patch(400, patchOf('active', false)), read(afterPatch, 200, shown)),
    'the displayName follows a PATCH of the familyName': () =>
      lifecycle(
        read(afterReplace, 200, shown),
        patch(204, patchOf('name.familyName', 'King')),
        read(afterPatch, 200, { ...shown, name: { givenName: 'Ada', familyName: 'King' }, displayName: 'Ada King' }),
      ),
    'emails in another order (RFC 7643 §2.4)': () => {
      const emails = [{ value: 'b@example.com' }, { value: 'a@example.com' }];
      return lifecycle(
        read(afterReplace, 200, { ...shown, emails }),
        patch(204, patchOf('displayName', 'Ada K')),
        read(afterPatch, 200, { ...shown, displayName: 'Ada K', emails: [...emails].reverse() }),
      );
    },
    'what was written between the write and its read': () => lifecycle(create, remove(204), read(afterCreate, 404)),
    'an answer to PATCH without the resource (RFC 7644 §3.5.2)': () =>
      lifecycle(patch(200, patchOf('displayName', 'Ada K'), {})),
  },
  open: openPatches,
  silent: {
    ...silentPatches,
    'a synchronous write that is answered 202 (MODE-02)': () => lifecycle(replace(202)),
    'a create that fails (CORE-02)': () =>
      lifecycle((trace) => trace.exchange('create', 'POST /Users', { status: 400 })),
    'an asynchronous PATCH that is not implemented': () =>
      atOnce('PATCH', patchOf('displayName', 'Ada K'), 501, [200, shown]),
    'an asynchronous PUT that is accepted': () => atOnce('PUT', user, 202, [200, shown]),
  },
});
