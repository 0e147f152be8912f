/** Faults in how members of groups are written in the forms of clients, in large groups, and at the same time: CORE-10. */
import { isJson, type Json } from '../json.js';
import type { Operation } from '../operation.js';
import type { Apply } from '../resources/apply.js';
import type { Transaction } from '../ports.js';
import type { Fault } from './fault.js';
import { applying } from './work.js';

const isGroupPatch = ({ method, path }: Operation): boolean => method === 'PATCH' && path.startsWith('/Groups/');

const idIn = (path: string): string => path.split('/')[2] ?? '';

const membersOf = (attributes: Json): readonly unknown[] =>
  Array.isArray(attributes.members) ? attributes.members : [];

const idsIn = (values: unknown): readonly string[] =>
  (Array.isArray(values) ? values : []).flatMap((each: unknown) =>
    isJson(each) && typeof each.value === 'string' ? [each.value] : [],
  );

const editsOf = ({ data }: Operation): readonly Json[] =>
  isJson(data) && Array.isArray(data.Operations) ? data.Operations.filter(isJson) : [];

const withEdits = (operation: Operation, edits: readonly Json[]): Operation => ({
  ...operation,
  data: { ...(isJson(operation.data) ? operation.data : {}), Operations: edits },
});

const keep = (transaction: Transaction, id: string, members: readonly unknown[]) =>
  transaction.update('Group', id, (attributes) => ({
    ...attributes,
    members: members.length === 0 ? undefined : members,
  }));

/** The id that a filter such as `members[value eq "1"]` names. */
const filteredId = ({ op, path }: Json): string | undefined =>
  op === 'remove' && typeof path === 'string' ? /^members\[value eq "([^"]+)"\]$/.exec(path)?.[1] : undefined;

const isValueList = ({ op, path, value }: Json): boolean =>
  op === 'remove' && path === 'members' && Array.isArray(value);

/** A fault that changes the operations of every PATCH of a group. */
const patchingGroups = (change: (edits: readonly Json[]) => readonly Json[]): Fault['seams'] =>
  applying(
    (apply) => (operation, transaction) =>
      apply(isGroupPatch(operation) ? withEdits(operation, change(editsOf(operation))) : operation, transaction),
  );

type Patch = (
  operation: Operation,
  transaction: Transaction,
  apply: Apply,
  members: readonly unknown[],
) => ReturnType<Apply>;

/** A fault in PATCHes of groups, which gets the members before the PATCH. */
const patching = (make: () => Patch): Fault['seams'] =>
  applying((apply) => {
    const patch = make();
    return async (operation, transaction) => {
      const group = isGroupPatch(operation) ? await transaction.find(idIn(operation.path)) : undefined;
      return group === undefined
        ? apply(operation, transaction)
        : patch(operation, transaction, apply, membersOf(group.attributes));
    };
  });

/** A PATCH that removes by a filter somebody who is no member. */
const removesAbsent = (operation: Operation, members: readonly unknown[]): string | undefined => {
  const [edit, ...more] = editsOf(operation);
  const id = edit === undefined || more.length > 0 ? undefined : filteredId(edit);
  return id === undefined || idsIn(members).includes(id) ? undefined : id;
};

/** Milliseconds in which two writes of a group count as at the same time. */
const besideMs = 3;

export const memberFormFaults: readonly Fault[] = [
  {
    name: 'member-list-remove-ignored',
    title: 'a `remove` of members with a list as its value that is answered with success and removes nobody',
    breaks: ['CORE-10'],
    seams: patchingGroups((edits) =>
      edits.map((edit) => (isValueList(edit) ? { op: 'add', path: 'members', value: [] } : edit)),
    ),
  },
  {
    name: 'only-the-first-of-a-member-list-removed',
    title: 'a `remove` of members with a list as its value that removes only the first in the list',
    breaks: ['CORE-10'],
    seams: patchingGroups((edits) =>
      edits.map((edit) =>
        isValueList(edit) && Array.isArray(edit.value) ? { ...edit, value: edit.value.slice(0, 1) } : edit,
      ),
    ),
  },
  {
    name: 'pathless-member-add-replaces-members',
    title: 'an `add` of members without a path that replaces the other members',
    breaks: ['CORE-10'],
    seams: patchingGroups((edits) =>
      edits.map((edit) => (edit.op === 'add' && edit.path === undefined ? { ...edit, op: 'replace' } : edit)),
    ),
  },
  {
    name: 'only-the-first-operation-of-a-group-patch-done',
    title: 'a PATCH of a group of which only the first operation is done',
    breaks: ['CORE-10', 'CORE-09'],
    seams: patchingGroups((edits) => edits.slice(0, 1)),
  },
  {
    name: 'only-twenty-operations-of-a-group-patch-done',
    title: 'a PATCH of a group of which only the first twenty operations are done',
    breaks: ['CORE-10'],
    seams: patchingGroups((edits) => edits.slice(0, 20)),
  },
  {
    name: 'replace-of-members-with-none-ignored',
    title: 'a `replace` of the members of a group with an empty list that changes nothing',
    breaks: ['CORE-10'],
    seams: patchingGroups((edits) =>
      edits.map((edit) =>
        edit.op === 'replace' && Array.isArray(edit.value) && edit.value.length === 0 ? { ...edit, op: 'add' } : edit,
      ),
    ),
  },
  {
    name: 'absent-member-remove-empties-the-group',
    title: 'a `remove` of somebody who is no member that removes all members',
    breaks: ['CORE-10'],
    seams: patching(
      () => (operation, transaction, apply, members) =>
        apply(
          removesAbsent(operation, members) === undefined
            ? operation
            : withEdits(operation, [{ op: 'remove', path: 'members' }]),
          transaction,
        ),
    ),
  },
  {
    name: 'absent-member-remove-adds-the-member',
    title: 'a `remove` of somebody who is no member that adds this one',
    breaks: ['CORE-10'],
    seams: patching(() => (operation, transaction, apply, members) => {
      const id = removesAbsent(operation, members);
      const edits = [{ op: 'add', path: 'members', value: [{ value: id }] }];
      return apply(id === undefined ? operation : withEdits(operation, edits), transaction);
    }),
  },
  {
    name: 'removed-member-cannot-be-added-again',
    title: 'an `add` of a member that was removed before, which is answered with success and adds nobody',
    breaks: ['CORE-10'],
    seams: patching(() => {
      const removed = new Set<string>();
      return async (operation, transaction, apply) => {
        const edits = editsOf(operation);
        const isBlocked = (value: unknown): boolean =>
          isJson(value) && removed.has(`${operation.path} ${String(value.value)}`);
        const allowed = edits.map((edit) =>
          edit.op === 'add' && edit.path === 'members' && Array.isArray(edit.value)
            ? { ...edit, value: edit.value.filter((value) => !isBlocked(value)) }
            : edit,
        );
        const applied = await apply(withEdits(operation, allowed), transaction);
        for (const edit of edits) {
          const id = filteredId(edit);
          if (id !== undefined) removed.add(`${operation.path} ${id}`);
        }
        return applied;
      };
    }),
  },
  {
    name: 'refused-group-patch-half-done',
    title: 'a PATCH of a group that is refused, although its first operation is done',
    breaks: ['CORE-10'],
    seams: (base, environment) => ({
      ...patching(() => async (operation, transaction, apply) => {
        const edits = editsOf(operation);
        try {
          return await transaction.attempt(() => apply(operation, transaction));
        } catch (problem) {
          if (edits.length > 1) await apply(withEdits(operation, edits.slice(0, 1)), transaction);
          throw problem;
        }
      })(base, environment),
      atomically: (_transaction, write) => write(),
    }),
  },
  {
    name: 'large-group-loses-members-by-removes',
    title: 'a `remove` from a group of more than a hundred members that leaves only the first hundred',
    breaks: ['CORE-10'],
    seams: patching(() => async (operation, transaction, apply, members) => {
      const applied = await apply(operation, transaction);
      if (members.length <= 100 || applied.stored === undefined) return applied;
      if (!editsOf(operation).some(({ op }) => op === 'remove')) return applied;
      const left = membersOf(applied.stored.attributes).slice(0, 100);
      return { ...applied, stored: await keep(transaction, applied.stored.id, left) };
    }),
  },
  {
    name: 'members-back-after-patches-beside',
    title: 'a PATCH of a group that brings back a member whom another one removes at the same time',
    breaks: ['CORE-10'],
    seams: applying((apply, { clock }) => {
      /** What was removed from a group last, and when. */
      const last = new Map<string, { readonly member: unknown; readonly at: number }>();
      return async (operation, transaction) => {
        const group = isGroupPatch(operation) ? await transaction.find(idIn(operation.path)) : undefined;
        if (group === undefined) return apply(operation, transaction);
        const before = last.get(group.id);
        const members = membersOf(group.attributes);
        const applied = await apply(operation, transaction);
        const kept = membersOf(applied.stored?.attributes ?? {});
        const ids = new Set(idsIn(kept));
        const gone = members.find((each) => idsIn([each]).some((id) => !ids.has(id)));
        if (gone !== undefined) last.set(group.id, { member: gone, at: clock.now() });
        const isBeside = before !== undefined && clock.now() - before.at < besideMs;
        if (!isBeside || idsIn([before.member]).some((id) => ids.has(id))) return applied;
        last.delete(group.id);
        return { ...applied, stored: await keep(transaction, group.id, [...kept, before.member]) };
      };
    }),
  },
  {
    name: 'member-of-a-request-twice',
    title: 'an `add` that names a member twice and adds it twice',
    breaks: ['CORE-10'],
    seams: patching(() => async (operation, transaction, apply, members) => {
      const applied = await apply(operation, transaction);
      const [edit] = editsOf(operation);
      const added = edit?.op === 'add' && Array.isArray(edit.value) ? edit.value.filter(isJson) : [];
      const known = new Set(idsIn(members));
      const ids = idsIn(added);
      const again = added.filter(
        ({ value }, place) => typeof value === 'string' && !known.has(value) && ids.indexOf(value) < place,
      );
      if (again.length === 0 || applied.stored === undefined) return applied;
      const kept = membersOf(applied.stored.attributes);
      const once = kept.filter((each, place) => idsIn(kept).indexOf(idsIn([each])[0] ?? '') === place);
      return { ...applied, stored: await keep(transaction, applied.stored.id, [...once, ...again]) };
    }),
  },
];
