import { urn } from '../../../../schemas/names.js';
import { core05 } from '../../../../suites/requirements/core/core-05.js';
import {
  synchronousBulkChanges,
  synchronousBulkChangesSteps as steps,
} from '../../../../suites/scenarios/synchronous/synchronous-bulk-changes.js';
import {
  groupBulkIds,
  synchronousBulkGroups,
  synchronousBulkGroupsSteps,
} from '../../../../suites/scenarios/synchronous/synchronous-bulk-groups.js';
import { synchronousBulk, synchronousBulkSteps } from '../../../../suites/scenarios/synchronous/synchronous-bulk.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const sent = {
  schemas: [urn.bulkRequest],
  Operations: ['a', 'b'].map((bulkId) => ({ method: 'POST', path: '/Users', bulkId, data: {} })),
};

const created = (bulkId: string) => ({ method: 'POST', bulkId, status: '201', location: `/Users/${bulkId}` });

const failed = (bulkId: string) => ({
  method: 'POST',
  bulkId,
  status: '400',
  response: { schemas: [urn.error], status: '400', scimType: 'invalidValue' },
});

const answered =
  (status: number, ...Operations: readonly unknown[]) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(synchronousBulk, 'request-mode');
    trace.exchange('bulk', 'POST /Bulk', { status, sent, body: { schemas: [urn.bulkResponse], Operations } });
    return trace;
  };

const userName = 'scimc-1@example.com';

/** A create that is reported as 201, the answer to a read of its location, and the users that a search finds. */
const looked = (status: number | undefined, found?: readonly string[]) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(synchronousBulk, 'request-mode');
  const one = {
    schemas: [urn.bulkRequest],
    Operations: [{ method: 'POST', path: '/Users', bulkId: 'a', data: { userName } }],
  };
  const body = { schemas: [urn.bulkResponse], Operations: [created('a')] };
  trace.exchange('bulk', 'POST /Bulk', { status: 200, sent: one, body });
  const variant = synchronousBulkSteps.created;
  if (status !== undefined) trace.exchange('read', 'GET /Users/a', { status, subject: userName, variant });
  const list = { schemas: [urn.listResponse], Resources: found?.map((name) => ({ userName: name })) };
  if (found !== undefined)
    trace.exchange('search', 'GET /Users?filter=…', { status: 200, subject: userName, body: list });
  return trace;
};

const user = (word: string) => ({ userName, displayName: word, emails: [{ value: userName }] });

const inDepartment = (word: string) => ({ ...user(word), [urn.enterpriseUser]: { department: word } });

const patchOf = (value: string) => ({
  schemas: [urn.patchOp],
  Operations: [{ op: 'replace', path: 'displayName', value }],
});

interface Changed {
  /** What the reads after the writes alone and after the bulk request show. */
  readonly alone?: unknown;
  readonly created?: unknown;
  readonly replaced?: unknown;
  readonly patched?: unknown;
  /** The user with a word that is sent. */
  readonly written?: (word: string) => Record<string, unknown>;
  /** Whether the created user is not there. */
  readonly isGone?: boolean;
  readonly goneAlone?: number;
  readonly gone?: number;
  readonly status?: string;
}

/** A bulk request with every method, and the same writes alone, that all write a word of their own. */
const changed =
  ({
    written = user,
    isGone = false,
    alone = user('Worda'),
    created: isCreated = isGone ? undefined : user('Wordb'),
    replaced = user('Wordb'),
    patched = user('Wordb'),
    goneAlone = 404,
    gone = 404,
    status = '200',
  }: Changed) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(synchronousBulkChanges, 'request-mode');
    const read = (variant: string, body: unknown): unknown =>
      trace.exchange('read', 'GET /Users/1', { status: 200, body, variant });
    trace.exchange('create', 'POST /Users', { status: 201, sent: written('Worda') });
    read(steps.created, alone);
    trace.exchange('replace', 'PUT /Users/1', { status: 200, sent: written('Worda') });
    read(steps.replaced, alone);
    trace.exchange('patch', 'PATCH /Users/1', { status: 200, sent: patchOf('Worda') });
    read(steps.patched, alone);
    const Operations = [
      { method: 'POST', path: '/Users', bulkId: 'new', data: written('Wordb') },
      { method: 'PUT', path: '/Users/2', data: written('Wordb') },
      { method: 'DELETE', path: '/Users/3' },
      { method: 'PATCH', path: '/Users/4', data: patchOf('Wordb') },
    ];
    const results = Operations.map(({ method, bulkId }) => ({ method, status, ...(bulkId && { bulkId }) }));
    trace.exchange('bulk', 'POST /Bulk', {
      ...{ status: 200, variant: steps.bulk, sent: { schemas: [urn.bulkRequest], Operations } },
      body: { schemas: [urn.bulkResponse], Operations: results },
    });
    const about = { variant: steps.bulkCreated, subject: userName };
    if (isCreated === undefined) {
      trace.exchange('read', 'GET /Users/9', { status: 404, ...about });
      trace.exchange('search', 'GET /Users', {
        status: 200,
        subject: userName,
        body: { schemas: [urn.listResponse], totalResults: 0 },
      });
    } else read(steps.bulkCreated, isCreated);
    read(steps.bulkReplaced, replaced);
    trace.exchange('read', 'GET /Users/3', { status: gone, variant: steps.bulkDeleted });
    read(steps.bulkPatched, patched);
    trace.exchange('delete', 'DELETE /Users/1', { status: 204 });
    trace.exchange('read', 'GET /Users/1', { status: goneAlone, variant: steps.deleted });
    return trace;
  };

const displayOnly = { userName, displayName: 'Wordb' };

const groupOf = (ids: readonly string[]) => ({
  schemas: [urn.group],
  id: 'g',
  members: ids.map((value) => ({ value })),
});

interface Grouped {
  /** Members that reads show after the writes alone, and after the bulk request. */
  readonly alone?: readonly string[] | undefined;
  readonly created?: readonly string[] | undefined;
  readonly referring?: readonly string[] | undefined;
  readonly replaced?: readonly string[];
  readonly patched?: readonly string[];
  readonly gone?: number;
  /** Status of each result, and of that of the create with a reference. */
  readonly status?: string;
  readonly referred?: string;
  readonly isSynchronousOnly?: boolean;
}

/** A bulk request that writes groups, and the same writes alone. */
const grouped = (changes: Grouped) => (): HandMadeTrace => {
  const { replaced = ['2', '3'], patched = ['3', '2'], gone = 404, status = '200', isSynchronousOnly } = changes;
  const referred = changes.referred ?? status;
  const [created, referring] = ['created' in changes ? changes.created : ['1', '2'], changes.referring ?? ['9']];
  const trace = new HandMadeTrace(
    synchronousBulkGroups,
    'request-mode',
    isSynchronousOnly === true ? { bindings: {} } : {},
  );
  const at = synchronousBulkGroupsSteps;
  const read = (variant: string, ids: readonly string[], subject = 'g'): unknown =>
    trace.exchange('read', 'GET /Groups/g', { status: 200, body: groupOf(ids), variant, subject });
  const aloneOr = (ids: readonly string[]): readonly string[] => changes.alone ?? ids;
  trace.exchange('create', 'POST /Groups', { status: 201, sent: groupOf(['1', '2']), subject: 'g' });
  read(at.created, aloneOr(['1', '2']));
  trace.exchange('patch', 'PATCH /Groups/g', { status: 200, sent: {}, subject: 'g' });
  read(at.patched, aloneOr(['2', '3']));
  trace.exchange('replace', 'PUT /Groups/g', { status: 200, sent: groupOf(['2', '3']), subject: 'g' });
  read(at.replaced, aloneOr(['2', '3']));
  trace.exchange('delete', 'DELETE /Groups/g', { status: 204, subject: 'g' });
  trace.exchange('read', 'GET /Groups/g', { status: 404, variant: at.deleted, subject: 'g' });
  const { group, user: newUser, referring: withReference } = groupBulkIds;
  const Operations = [
    { method: 'POST', path: '/Groups', bulkId: group, data: groupOf(['1', '2']) },
    { method: 'PUT', path: '/Groups/b', data: groupOf(['2', '3']) },
    { method: 'DELETE', path: '/Groups/c' },
    { method: 'PATCH', path: '/Groups/d', data: {} },
    { method: 'POST', path: '/Users', bulkId: newUser, data: {} },
    { method: 'POST', path: '/Groups', bulkId: withReference, data: groupOf([`bulkId:${newUser}`]) },
  ];
  const results = Operations.map(({ method, bulkId }) => ({
    method,
    status: bulkId === withReference ? referred : status,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(bulkId === newUser ? { location: '/Users/9' } : {}),
  }));
  trace.exchange('bulk', 'POST /Bulk', {
    ...{ status: 200, variant: at.bulk, sent: { schemas: [urn.bulkRequest], Operations } },
    body: { schemas: [urn.bulkResponse], Operations: results },
  });
  if (created === undefined) {
    trace.exchange('read', 'GET /Groups/a', { status: 404, variant: at.bulkCreated, subject: 'a' });
    const body = { schemas: [urn.listResponse], totalResults: 0 };
    trace.exchange('search', 'GET /Groups?filter=…', { status: 200, subject: 'a', body });
  } else read(at.bulkCreated, created, 'a');
  read(at.bulkReferring, referring, 'r');
  read(at.bulkReplaced, replaced, '/Groups/b');
  trace.exchange('read', 'GET /Groups/c', { status: gone, variant: at.bulkDeleted });
  read(at.bulkPatched, patched, '/Groups/d');
  return trace;
};

proveRequirement(core05, {
  right: {
    'every method in a bulk request': changed({}),
    'every write of a group in a bulk request': grouped({}),
    'a success and a failure beside each other': answered(200, created('a'), failed('b')),
    'a user who was created and is there': looked(200),
  },
  wrong: {
    'bulk-not-200': answered(400, failed('a'), failed('b')),
    'bulk-response-invalid': {
      'a status that is a number': answered(200, { ...created('a'), status: 201 }, created('b')),
      'a status that is an object without a code': answered(200, { ...created('a'), status: {} }, created('b')),
      'a failure without its error, whose status is an object': answered(200, created('a'), {
        ...created('b'),
        status: { code: '400' },
      }),
    },
    'result-count-wrong': answered(200, created('a')),
    'bulk-create-not-kept': {
      'names are lost': changed({ created: displayOnly }),
      'the extension is lost': changed({
        written: inDepartment,
        alone: inDepartment('Worda'),
        created: user('Wordb'),
        replaced: inDepartment('Wordb'),
      }),
      'nothing is there': changed({ isGone: true }),
    },
    'bulk-replace-not-done': changed({ replaced: user('Before') }),
    'bulk-patch-not-done': changed({ patched: user('Before') }),
    'bulk-delete-not-done': changed({ gone: 200 }),
    'bulk-group-create-not-kept': {
      'without members': grouped({ created: [] }),
      'with one member of two': grouped({ created: ['1'] }),
      'nothing is there': grouped({ created: undefined }),
    },
    'bulk-group-replace-not-done': grouped({ replaced: ['1', '2'] }),
    'bulk-group-patch-not-done': {
      'nothing is done': grouped({ patched: ['1', '2'] }),
      'only the first operation is done': grouped({ patched: ['1', '2', '3'] }),
    },
    'bulk-group-delete-not-done': grouped({ gone: 200 }),
    'bulk-reference-not-resolved': {
      'it is kept as text': grouped({ referring: ['bulkId:user-to-refer-to'] }),
      'the member is dropped': grouped({ referring: [] }),
      'the member is another': grouped({ referring: ['1'] }),
      'it is refused': grouped({ referred: '400' }),
    },
    'bulk-ids-wrong': answered(200, created('a'), created('a')),
    'created-not-there': {
      'at its location, nor in a search': looked(404, []),
      'in a search, without a location that can be read': looked(undefined, []),
      'at its location, and nothing can be searched': looked(410),
    },
  },
  legal: {
    'attributes that a create alone does not keep either': changed({
      ...{ alone: { userName, displayName: 'Worda' }, created: displayOnly, replaced: displayOnly },
    }),
    'names that are changed alone, too': changed({
      ...{ alone: user('Wordc'), created: user('Wordd'), replaced: user('Wordd'), patched: user('Wordd') },
    }),
    'members in another order, and one of them twice (RFC 7643 §2.4)': grouped({ created: ['2', '1', '2'] }),
    'groups whose members are not shown (RFC 7643 §7), and whose delete is done': grouped({
      ...{ alone: [], created: [], referring: [], replaced: [], patched: [] },
    }),
    'a write of a group that is done otherwise alone, too (CORE-03)': grouped({
      ...{ alone: ['1'], created: ['1'], replaced: ['1'], patched: ['1'] },
    }),
    'a create with a reference that has no result yet (RFC 6585 §4)': grouped({ referred: '429' }),
    'a reference of a target without an asynchronous binding (BULK-02)': grouped({
      ...{ isSynchronousOnly: true, referring: ['bulkId:user-to-refer-to'] },
    }),
    'another letter case (RFC 7643 §2.2)': changed({ created: user('WORDB') }),
    'a DELETE that keeps the user alone, too (CORE-03)': changed({ goneAlone: 200, gone: 200 }),
    'the user is at another location, which is that of the client (CORE-02)': looked(404, [userName.toUpperCase()]),
    'reads that are refused (RFC 9110 §15.5.4)': looked(403, []),
    'results in another order (profile CORE-05; RFC 7644 §3.7 names none)': answered(200, failed('b'), created('a')),
    'every operation failed (RFC 7644 §3.7.3)': answered(200, failed('a'), failed('b')),
    'a version that is null (RFC 7643 §2.5)': answered(200, { ...created('a'), version: null }, created('b')),
  },
  open: {
    'a status that is an object (RFC 7644 §3.7.2, §3.7.3)': answered(
      200,
      { ...created('a'), status: { code: '201' } },
      { ...failed('b'), status: { code: '400' } },
    ),
  },
  silent: {
    'operations that are refused in bulk requests': changed({ status: '501', gone: 200 }),
    'writes of groups that are refused in bulk requests': grouped({ status: '501', gone: 200, replaced: ['1', '2'] }),
    'a 202 of a provider that serves an asynchronous binding (MODE-02)': answered(202),
  },
});
