/** Faults in how a PATCH is applied (RFC 7644 §3.5.2): CORE-03 and, if it is asynchronous, LIFE-04. */
import { urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import type { Operation } from '../operation.js';
import type { Transaction } from '../ports.js';
import type { Fault } from './fault.js';
import { alone, applying, working } from './work.js';

export const prefixOf = (path: string): string => path.split(/[.[]/)[0] ?? '';

/** The operations of a PATCH of a user; empty for any other write. */
export const editsOf = ({ method, path, data }: Operation): readonly Json[] =>
  method === 'PATCH' && path.startsWith('/Users/') && isJson(data) && Array.isArray(data.Operations)
    ? data.Operations.filter(isJson)
    : [];

export const isOp = ({ op }: Json, name: string): boolean => typeof op === 'string' && op.toLowerCase() === name;

export const pathIn = ({ path }: Json): string => (typeof path === 'string' ? path : '');

type ChangeEdits = (edits: readonly Json[]) => readonly Json[];

export const changed = (operation: Operation, change: ChangeEdits): Operation => {
  const edits = editsOf(operation);
  if (edits.length === 0 || !isJson(operation.data)) return operation;
  return { ...operation, data: { ...operation.data, Operations: change(edits) } };
};

/** If no operation is left, the provider answers as if it had done something. */
const nothing: Json = { op: 'add', path: 'emails', value: [] };

export const orNothing = (edits: readonly Json[]): readonly Json[] => (edits.length === 0 ? [nothing] : edits);

/** A fault that changes the operations of every PATCH of a user. */
export const patching = (change: ChangeEdits): Fault['seams'] =>
  applying((apply) => (operation, transaction) => apply(changed(operation, change), transaction));

/** A fault that changes the operations of asynchronous PATCHes only. */
const patchingLater = (change: ChangeEdits): Fault['seams'] =>
  working(
    () => (task, honestly) =>
      honestly(alone(task) === undefined ? task : { ...task, operation: changed(task.operation, change) }),
  );

export const each =
  (change: (edit: Json) => Json): ChangeEdits =>
  (edits) =>
    edits.map(change);

const withoutFilter = (path: string): string => path.replace(/\[.*?\]/, '');

/** A fault that changes what is stored after an honest PATCH of a user. */
export const rewriting = (change: (attributes: Json, edits: readonly Json[], before: Json) => Json): Fault['seams'] =>
  applying((apply) => async (operation, transaction: Transaction) => {
    const edits = editsOf(operation);
    const id = operation.path.split('/')[2] ?? '';
    const before = edits.length === 0 ? undefined : await transaction.find(id);
    const applied = await apply(operation, transaction);
    const { stored } = applied;
    if (before === undefined || stored === undefined) return applied;
    const after = change(stored.attributes, edits, before.attributes);
    return { ...applied, stored: await transaction.update('User', id, () => after) };
  });

export const patchingFaults: readonly Fault[] = [
  {
    name: 'patch-ignores-remove',
    title: 'a PATCH that ignores every `remove`',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching((edits) => orNothing(edits.filter((edit) => !isOp(edit, 'remove')))),
  },
  {
    name: 'filtered-remove-removes-all',
    title: 'a `remove` of one value of a list that removes all values',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching(each((edit) => (isOp(edit, 'remove') ? { ...edit, path: withoutFilter(pathIn(edit)) } : edit))),
  },
  {
    name: 'filtered-replace-changes-all',
    title: 'a `replace` of one value of a list that changes all values',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching(each((edit) => (isOp(edit, 'replace') ? { ...edit, path: withoutFilter(pathIn(edit)) } : edit))),
  },
  {
    name: 'sub-attribute-becomes-a-member',
    title: 'a PATCH of a sub-attribute that makes a member called `name.givenName`',
    breaks: ['CORE-03'],
    entails: ['CORE-09'],
    seams: rewriting((after, edits, before) => {
      const [edit] = edits;
      return edit !== undefined && edits.length === 1 && pathIn(edit) === 'name.givenName'
        ? { ...before, 'name.givenName': edit.value }
        : after;
    }),
  },
  {
    name: 'unknown-op-replaces',
    title: 'a PATCH with an unknown `op` that is done like `replace`',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching(
      each((edit) => (['add', 'remove', 'replace'].some((op) => isOp(edit, op)) ? edit : { ...edit, op: 'replace' })),
    ),
  },
  {
    name: 'unknown-op-skipped',
    title: 'a PATCH with an unknown `op` that is answered 200 but does nothing',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching((edits) =>
      orNothing(edits.filter((edit) => ['add', 'remove', 'replace'].some((op) => isOp(edit, op)))),
    ),
  },
  {
    name: 'add-replaces-the-list',
    title: 'an `add` to a list that replaces the list',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching(
      each((edit) => (isOp(edit, 'add') && Array.isArray(edit.value) ? { ...edit, op: 'replace' } : edit)),
    ),
  },
  {
    name: 'add-keeps-a-value-twice',
    title: 'an `add` of a value that is there that keeps it twice',
    breaks: ['CORE-03', 'CORE-09'],
    seams: rewriting((after, edits, before) => {
      const [edit] = edits;
      if (edit === undefined || !isOp(edit, 'add') || !Array.isArray(edit.value) || edit.value.length === 0)
        return after;
      const old: unknown = before[pathIn(edit)];
      return {
        ...after,
        [pathIn(edit)]: [...(Array.isArray(old) ? (old as unknown[]) : []), ...(edit.value as unknown[])],
      };
    }),
  },
  {
    name: 'replace-appends-to-the-list',
    title: 'a `replace` of a list that keeps the old values',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching(
      each((edit) => (isOp(edit, 'replace') && Array.isArray(edit.value) ? { ...edit, op: 'add' } : edit)),
    ),
  },
  {
    name: 'only-the-first-edit-done',
    title: 'a PATCH of several different operations of which only the first is done',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching((edits) => (new Set(edits.map(({ op }) => op)).size > 1 ? edits.slice(0, 1) : edits)),
  },
  {
    name: 'sub-attribute-removes-the-whole',
    title: 'a `remove` of a sub-attribute that removes all of them',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching(
      each((edit) =>
        isOp(edit, 'remove') && pathIn(edit).startsWith('name.') ? { ...edit, path: prefixOf(pathIn(edit)) } : edit,
      ),
    ),
  },
  {
    name: 'patch-ignores-the-extension',
    title: 'a PATCH that ignores attributes of the enterprise extension',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching((edits) => orNothing(edits.filter((edit) => !pathIn(edit).startsWith(urn.enterpriseUser)))),
  },
  {
    name: 'asynchronous-remove-ignored',
    title: 'an asynchronous PATCH that ignores `remove`',
    breaks: ['LIFE-04'],
    seams: patchingLater((edits) => orNothing(edits.filter((edit) => !isOp(edit, 'remove')))),
  },
  {
    name: 'asynchronous-filtered-remove-removes-all',
    title: 'an asynchronous `remove` of one value of a list that removes all values',
    breaks: ['LIFE-04'],
    seams: patchingLater(
      each((edit) => (isOp(edit, 'remove') ? { ...edit, path: withoutFilter(pathIn(edit)) } : edit)),
    ),
  },
  {
    name: 'asynchronous-add-replaces-the-list',
    title: 'an asynchronous `add` to a list that replaces the list',
    breaks: ['LIFE-04'],
    seams: patchingLater(
      each((edit) => (isOp(edit, 'add') && Array.isArray(edit.value) ? { ...edit, op: 'replace' } : edit)),
    ),
  },
  {
    name: 'asynchronous-only-the-last-edit-done',
    title: 'an asynchronous PATCH of several different operations of which only the last is done',
    breaks: ['LIFE-04'],
    seams: patchingLater((edits) => (new Set(edits.map(({ op }) => op)).size > 1 ? edits.slice(-1) : edits)),
  },
];
