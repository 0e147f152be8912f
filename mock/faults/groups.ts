/** Faults in what happens to the members of groups: CORE-03 and, if the write is asynchronous, LIFE-04 and LIFE-06. */
import { isJson, type Json } from '../json.js';
import type { Operation } from '../operation.js';
import type { Fault } from './fault.js';
import { alone, applying, working } from './work.js';

const isGroup = ({ path }: Operation): boolean => path.startsWith('/Groups');

const idIn = (path: string): string => path.split('/')[2] ?? '';

const membersOf = (attributes: Json): unknown[] => (Array.isArray(attributes.members) ? attributes.members : []);

const editsOf = ({ data }: Operation): readonly Json[] =>
  isJson(data) && Array.isArray(data.Operations) ? data.Operations.filter(isJson) : [];

const withEdits = (operation: Operation, change: (edit: Json) => Json): Operation =>
  operation.method === 'PATCH' && isGroup(operation) && isJson(operation.data)
    ? { ...operation, data: { ...operation.data, Operations: editsOf(operation).map(change) } }
    : operation;

const pathIn = ({ path }: Json): string => (typeof path === 'string' ? path : '');

/** A fault that changes the operations of every PATCH of a group. */
const patchingGroups = (change: (edit: Json) => Json): Fault['seams'] =>
  applying((apply) => (operation, transaction) => apply(withEdits(operation, change), transaction));

/** A fault that changes the operations of asynchronous PATCHes of groups only. */
const patchingGroupsLater = (change: (edit: Json) => Json): Fault['seams'] =>
  working(() => (task, honestly) => {
    const operation = alone(task);
    return honestly(operation === undefined ? task : { ...task, operation: withEdits(operation, change) });
  });

/** A fault that changes the stored members of a group after every write of these methods. */
const keepingMembers = (
  methods: readonly Operation['method'][],
  change: (members: readonly unknown[], operation: Operation) => readonly unknown[],
): Fault['seams'] =>
  applying((apply) => async (operation, transaction) => {
    const applied = await apply(operation, transaction);
    const { stored } = applied;
    if (stored?.type !== 'Group' || !methods.includes(operation.method)) return applied;
    const members = change(membersOf(stored.attributes), operation);
    const attributes = { ...stored.attributes, members: members.length === 0 ? undefined : members };
    return { ...applied, stored: await transaction.update('Group', stored.id, () => attributes) };
  });

const namesMembers = (operation: Operation): boolean =>
  editsOf(operation).some(
    (edit) => pathIn(edit).startsWith('members') || (isJson(edit.value) && 'members' in edit.value),
  );

const replacesMembers = (operation: Operation): boolean =>
  operation.method === 'PATCH' &&
  isGroup(operation) &&
  editsOf(operation).some((edit) => edit.op === 'replace' && pathIn(edit) === 'members');

/** Milliseconds in which two synchronous writes of a group come so close that they have read the same state. */
const besideMs = 3;

export const groupFaults: readonly Fault[] = [
  {
    name: 'group-patch-empties-members',
    title: 'a PATCH of the name of a group that removes its members',
    breaks: ['CORE-03'],
    seams: keepingMembers(['PATCH'], (members, operation) => (namesMembers(operation) ? members : [])),
  },
  {
    name: 'groups-of-a-deleted-user-emptied',
    title: 'a DELETE of a user that removes all members from the groups of the user',
    breaks: ['CORE-03'],
    seams: applying((apply) => async (operation, transaction) => {
      const applied = await apply(operation, transaction);
      const id = idIn(operation.path);
      if (operation.method !== 'DELETE' || isGroup(operation)) return applied;
      for (const { id: group, attributes } of await transaction.list('Group')) {
        const isMember = membersOf(attributes).some((member) => isJson(member) && member.value === id);
        if (isMember) await transaction.update('Group', group, (kept) => ({ ...kept, members: undefined }));
      }
      return applied;
    }),
  },
  {
    name: 'group-put-loses-members',
    title: 'a PUT of a group that stores no members',
    breaks: ['CORE-03'],
    seams: keepingMembers(['PUT'], () => []),
  },
  {
    name: 'group-put-keeps-old-members',
    title: 'a PUT of a group that adds its members to the old ones',
    breaks: ['CORE-03'],
    seams: applying((apply) => async (operation, transaction) => {
      const isPut = operation.method === 'PUT' && isGroup(operation) && isJson(operation.data);
      const before = isPut ? await transaction.find(idIn(operation.path)) : undefined;
      if (before === undefined || !isJson(operation.data)) return apply(operation, transaction);
      const members = [...membersOf(before.attributes), ...membersOf(operation.data)];
      const unique = [...new Map(members.map((each) => [isJson(each) ? each.value : each, each])).values()];
      return apply({ ...operation, data: { ...operation.data, members: unique } }, transaction);
    }),
  },
  {
    name: 'only-the-first-of-two-filters-used',
    title: 'a `remove` of members that one of two filters selects, of which only the first is used',
    breaks: ['CORE-03'],
    seams: patchingGroups((edit) =>
      edit.op === 'remove' ? { ...edit, path: pathIn(edit).replace(/ or [^\]]*/, '') } : edit,
    ),
  },
  {
    name: 'member-remove-empties-the-group',
    title: 'a `remove` of one member that removes all members',
    breaks: ['CORE-03'],
    seams: patchingGroups((edit) =>
      edit.op === 'remove' && pathIn(edit).startsWith('members[') ? { ...edit, path: 'members' } : edit,
    ),
  },
  {
    name: 'member-add-replaces-members',
    title: 'an `add` of a member that replaces the other members',
    breaks: ['CORE-03'],
    seams: patchingGroups((edit) => (edit.op === 'add' ? { ...edit, op: 'replace' } : edit)),
  },
  {
    name: 'member-replace-adds-members',
    title: 'a `replace` of the members that keeps the old ones',
    breaks: ['CORE-03'],
    seams: patchingGroups((edit) =>
      edit.op === 'replace' && pathIn(edit) === 'members' ? { ...edit, op: 'add' } : edit,
    ),
  },
  {
    name: 'only-ten-members-kept',
    title: 'a group that keeps its first ten members',
    breaks: ['CORE-03'],
    seams: keepingMembers(['POST', 'PUT', 'PATCH'], (members) => members.slice(0, 10)),
  },
  {
    name: 'only-a-hundred-members-kept',
    title: 'a group that keeps its first hundred members',
    breaks: ['CORE-03'],
    seams: keepingMembers(['POST', 'PUT', 'PATCH'], (members) => members.slice(0, 100)),
  },
  {
    name: 'replace-removes-only-a-hundred-members',
    title: 'a `replace` of the members that removes only the first hundred of the old ones',
    breaks: ['CORE-03'],
    entails: ['CORE-10'],
    seams: applying((apply) => async (operation, transaction) => {
      const group = replacesMembers(operation) ? await transaction.find(idIn(operation.path)) : undefined;
      const left = membersOf(group?.attributes ?? {}).slice(100);
      const applied = await apply(operation, transaction);
      const { stored } = applied;
      if (stored === undefined || left.length === 0) return applied;
      const members = [...membersOf(stored.attributes), ...left];
      const attributes = { ...stored.attributes, members };
      return { ...applied, stored: await transaction.update('Group', stored.id, () => attributes) };
    }),
  },
  {
    name: 'only-one-member-of-a-patch-added',
    title: 'a PATCH that adds only the first of several members',
    breaks: ['CORE-03'],
    seams: patchingGroups((edit) =>
      edit.op === 'add' && Array.isArray(edit.value) ? { ...edit, value: edit.value.slice(0, 1) } : edit,
    ),
  },
  {
    name: 'members-lost-between-patches',
    title: 'a synchronous PATCH of a group that loses the members that another one adds at the same time',
    breaks: ['CORE-03'],
    // The asynchronous PATCHes of the mock use the same code.
    entails: ['LIFE-06'],
    seams: applying((apply, { clock }) => {
      /** The members that a PATCH of a group has read, and when. */
      const read = new Map<string, { readonly members: readonly unknown[]; readonly at: number }>();
      return async (operation, transaction) => {
        if (operation.method !== 'PATCH' || !isGroup(operation)) return apply(operation, transaction);
        const id = idIn(operation.path);
        const current = await transaction.find(id);
        const last = read.get(id);
        const isBeside = last !== undefined && clock.now() - last.at < besideMs;
        const members = isBeside ? last.members : membersOf(current?.attributes ?? {});
        read.set(id, { members, at: clock.now() });
        if (isBeside && current !== undefined) {
          const stale = members.length === 0 ? undefined : members;
          await transaction.update('Group', id, (attributes) => ({ ...attributes, members: stale }));
        }
        return apply(operation, transaction);
      };
    }),
  },
  {
    name: 'asynchronous-members-lost-between-patches',
    title: 'an asynchronous PATCH of a group that loses the members that others add while it runs',
    breaks: ['LIFE-06'],
    seams: working(() => async (task, honestly, { ports: { store }, clock }) => {
      const { method, path = '' } = alone(task) ?? {};
      const id = idIn(path);
      const before = method === 'PATCH' && path.startsWith('/Groups/') ? await store.find(id) : undefined;
      if (before === undefined) return honestly(task);
      await clock.sleep(20);
      await store.transaction(async (transaction) => {
        const now = await transaction.find(id);
        if (now?.type !== 'Group') return;
        await transaction.update('Group', id, (attributes) => ({ ...attributes, members: before.attributes.members }));
      });
      return honestly(task);
    }),
  },
  {
    name: 'asynchronous-group-put-empties-members',
    title: 'an asynchronous PUT of a group that stores no members',
    breaks: ['LIFE-04'],
    seams: working(() => (task, honestly) => {
      const { method, path, data } = alone(task) ?? {};
      if (method !== 'PUT' || path?.startsWith('/Groups/') !== true || !isJson(data)) return honestly(task);
      return honestly({ ...task, operation: { ...task.operation, data: { ...data, members: [] } } });
    }),
  },
  {
    name: 'asynchronous-member-remove-empties-the-group',
    title: 'an asynchronous `remove` of one member that removes all members',
    breaks: ['LIFE-04'],
    seams: patchingGroupsLater((edit) =>
      edit.op === 'remove' && pathIn(edit).startsWith('members[') ? { ...edit, path: 'members' } : edit,
    ),
  },
  {
    name: 'asynchronous-member-add-replaces-members',
    title: 'an asynchronous `add` of a member that replaces the other members',
    breaks: ['LIFE-04'],
    seams: patchingGroupsLater((edit) => (edit.op === 'add' ? { ...edit, op: 'replace' } : edit)),
  },
];
