/** Faults in what the path of a PATCH operation leads to: CORE-09. */
import { urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import type { Fault } from './fault.js';
import { changed, editsOf, isOp, orNothing, patching, pathIn, rewriting } from './patching.js';
import { applying } from './work.js';

const listsIn = (value: Json, isList: boolean): Json =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => Array.isArray(member) === isList));

/** A `replace` without a path as two operations, of which the one with lists is an `add`. */
const listsAdded = (edit: Json): readonly Json[] =>
  isOp(edit, 'replace') && edit.path === undefined && isJson(edit.value)
    ? [
        { op: 'replace', value: listsIn(edit.value, false) },
        { op: 'add', value: listsIn(edit.value, true) },
      ].filter(({ value }) => Object.keys(value).length > 0)
    : [edit];

const equality = /^(\w+)\[(\w+) eq "([^"]*)"\](?:\.(\w+))?$/;

const itemsOf = (attributes: Json, name: string): readonly Json[] => {
  const list: unknown = attributes[name];
  return Array.isArray(list) ? list.filter(isJson) : [];
};

/** Whether the filter of the path, if it is a single `eq`, finds a value in these attributes. */
const finds = (edit: Json, attributes: Json): boolean => {
  const [, list, name, text] = equality.exec(pathIn(edit)) ?? [];
  if (list === undefined || name === undefined) return true;
  return itemsOf(attributes, list).some((item) => item[name] === text);
};

/** Before a `replace` of the name by its path, a `remove` of it. */
const nameReplacedWhole = (edit: Json): readonly Json[] =>
  isOp(edit, 'replace') && edit.path === 'name' && isJson(edit.value) ? [{ op: 'remove', path: 'name' }, edit] : [edit];

export const patchPathFaults: readonly Fault[] = [
  {
    name: 'replace-of-a-complex-attribute-drops-the-rest',
    title: 'a `replace` with the path `name` that removes the sub-attributes that it does not name',
    breaks: ['CORE-03', 'CORE-09'],
    seams: patching((edits) => edits.flatMap(nameReplacedWhole)),
  },
  {
    name: 'pathless-replace-of-a-list-adds',
    title: 'a `replace` without a path that adds values to a list',
    breaks: ['CORE-09'],
    seams: patching((edits) => edits.flatMap(listsAdded)),
  },
  {
    name: 'path-with-the-core-urn-ignored',
    title: 'a PATCH that ignores paths with the URN of the core schema, and is answered with success',
    breaks: ['CORE-09'],
    seams: patching((edits) => orNothing(edits.filter((edit) => !pathIn(edit).startsWith(`${urn.user}:`)))),
  },
  {
    name: 'filters-find-what-was-there-before',
    title: 'a PATCH whose filters do not find what an operation before them wrote',
    breaks: ['CORE-09'],
    seams: applying((apply) => async (operation, transaction) => {
      const edits = editsOf(operation);
      const before = edits.length < 2 ? undefined : await transaction.find(operation.path.split('/')[2] ?? '');
      if (before === undefined) return apply(operation, transaction);
      const [first, ...others] = edits;
      const kept = others.filter((edit) => finds(edit, before.attributes));
      return apply(
        changed(operation, () => (first === undefined ? kept : [first, ...kept])),
        transaction,
      );
    }),
  },
  {
    name: 'add-through-a-filter-adds-a-value',
    title: 'an `add` of a sub-attribute of a value that a filter selects, which adds a value beside it',
    breaks: ['CORE-09'],
    seams: rewriting((after, edits, before) => {
      const [edit] = edits;
      const [, list, name, text, sub] = equality.exec(edit === undefined ? '' : pathIn(edit)) ?? [];
      if (edit === undefined || edits.length > 1 || !isOp(edit, 'add') || !finds(edit, before)) return after;
      if (list === undefined || name === undefined || sub === undefined) return after;
      return { ...after, [list]: [...itemsOf(before, list), { [name]: text, [sub]: edit.value }] };
    }),
  },
  {
    name: 'filtered-remove-removes-one',
    title: 'a `remove` of several values that a filter selects, which removes only one of them',
    breaks: ['CORE-09'],
    seams: rewriting((after, edits, before) => {
      const [edit] = edits;
      const [list = ''] = pathIn(edit ?? {}).split('[');
      if (edit === undefined || edits.length > 1 || !isOp(edit, 'remove') || !pathIn(edit).endsWith(']')) return after;
      const left = itemsOf(after, list);
      const removed = itemsOf(before, list).slice(left.length > 0 ? 1 : 0);
      return itemsOf(before, list).length - left.length < 2 ? after : { ...after, [list]: removed };
    }),
  },
];
