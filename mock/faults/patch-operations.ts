/** Faults in what single operations of a PATCH do (RFC 7644 §3.5.2), as real providers have them: CORE-09. */
import { header, urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import { answering, bodyOf, edit, on, without, withoutField } from './answers.js';
import type { Fault } from './fault.js';
import { each, editsOf, isOp, orNothing, patching, pathIn, prefixOf, rewriting } from './patching.js';
import { applying, leavingRemains } from './work.js';

/** A fault that changes the filter in the path of an operation. */
const filtering = (change: (filter: string) => string): Fault['seams'] =>
  patching(
    each((edit) =>
      pathIn(edit) === ''
        ? edit
        : { ...edit, path: pathIn(edit).replace(/\[(.*)\]/, (_, filter: string) => `[${change(filter)}]`) },
    ),
  );

const itemsOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as unknown[]).filter(isJson) : []);

/** A fault that refuses some operations on what the resource has before them. */
const refusingEdits = (why: (edit: Json, before: Json) => Problem | undefined): Fault['seams'] =>
  applying((apply) => async (operation, transaction) => {
    const before = (await transaction.find(operation.path.split('/')[2] ?? ''))?.attributes;
    for (const edit of editsOf(operation)) {
      const problem = before === undefined ? undefined : why(edit, before);
      if (problem !== undefined) throw problem;
    }
    return apply(operation, transaction);
  });

const isList = (value: unknown): boolean => Array.isArray(value);

const isPrimary = ({ primary }: Json): boolean => primary === true;

/** Values that lost `primary` to another one have it again. */
const withOldPrimary = (before: unknown, after: unknown): unknown =>
  itemsOf(after).map((item) =>
    itemsOf(before).some((old) => isPrimary(old) && old.value === item.value) ? { ...item, primary: true } : item,
  );

/** Of several values that have changed, only the first one has. */
const onlyFirstChanged = (before: unknown, after: unknown): unknown => {
  const was = itemsOf(before);
  const first = itemsOf(after).findIndex((item, place) => JSON.stringify(item) !== JSON.stringify(was[place]));
  return itemsOf(after).map((item, place) => (place > first ? (was[place] ?? item) : item));
};

const user = /^\/Users\/[^/]+$/;

const removalsFirst = (edits: readonly Json[]): Json[] => [
  ...edits.filter((each) => isOp(each, 'remove')),
  ...edits.filter((each) => !isOp(each, 'remove')),
];

/** As in a provider that keeps the operations in a map by their paths. */
const lastOfEachPath = (edits: readonly Json[]): Json[] => [
  ...new Map(edits.map((each, place) => [pathIn(each) === '' ? String(place) : pathIn(each), each] as const)).values(),
];

export const patchOperationFaults: readonly Fault[] = [
  {
    name: 'filter-reads-only-the-first-alternative',
    title: 'a filter in the path of a PATCH of which only the part before `or` is read',
    breaks: ['CORE-09'],
    seams: filtering((filter) => (filter.includes('(') ? filter : filter.replace(/ or .*$/, ''))),
  },
  {
    name: 'filter-reads-only-the-first-condition',
    title: 'a filter in the path of a PATCH of which only the part before `and` is read',
    breaks: ['CORE-09'],
    seams: filtering((filter) => filter.replace(/ and .*$/, '')),
  },
  {
    name: 'filter-ignores-not',
    title: 'a filter in the path of a PATCH whose `not` is ignored',
    breaks: ['CORE-09'],
    seams: filtering((filter) => filter.replace(/not \(/, '(')),
  },
  {
    name: 'filter-reads-parts-as-the-whole',
    title: 'a filter in the path of a PATCH in which `sw`, `ew` and `co` are read as `eq`',
    breaks: ['CORE-09'],
    seams: filtering((filter) => filter.replaceAll(/ (sw|ew|co) /g, ' eq ')),
  },
  {
    name: 'filtered-replace-changes-only-the-first',
    title: 'a `replace` of several values that a filter selects that changes only the first of them',
    breaks: ['CORE-09'],
    seams: rewriting((after, edits, before) => {
      const [one, ...others] = edits;
      if (one === undefined || others.length > 0 || !isOp(one, 'replace') || !pathIn(one).includes('[')) return after;
      const name = prefixOf(pathIn(one));
      return { ...after, [name]: onlyFirstChanged(before[name], after[name]) };
    }),
  },
  {
    name: 'other-values-stay-primary',
    title: 'a value that becomes primary while the one before it stays primary',
    breaks: ['CORE-09'],
    seams: rewriting((after, edits, before) =>
      edits.some((one) => JSON.stringify(one).includes('primary')) && isList(after.emails)
        ? { ...after, emails: withOldPrimary(before.emails, after.emails) }
        : after,
    ),
  },
  {
    name: 'operations-before-a-failure-stay',
    title: 'a PATCH whose last operation fails while those before it stay done',
    breaks: ['CORE-09', 'CORE-03'],
    seams: leavingRemains(async (operation, _cause, transaction, apply) => {
      const edits = editsOf(operation);
      if (edits.length < 2 || !isJson(operation.data)) return;
      await apply({ ...operation, data: { ...operation.data, Operations: edits.slice(0, -1) } }, transaction);
    }),
  },
  {
    name: 'replace-of-nothing-adds',
    title: 'a `replace` whose filter matches no value that adds one',
    breaks: ['CORE-09'],
    seams: patching(each((one) => (isOp(one, 'replace') && pathIn(one).includes('].') ? { ...one, op: 'add' } : one))),
  },
  {
    name: 'remove-without-a-path-skipped',
    title: 'a `remove` without a path that is answered 200 and does nothing',
    breaks: ['CORE-09'],
    seams: patching((edits) => orNothing(edits.filter((one) => !isOp(one, 'remove') || pathIn(one) !== ''))),
  },
  {
    name: 'removed-part-takes-the-whole-value',
    title: 'a `remove` of a sub-attribute of a value that removes the value',
    breaks: ['CORE-09'],
    seams: patching(each((one) => (isOp(one, 'remove') ? { ...one, path: pathIn(one).replace(/\]\..*$/, ']') } : one))),
  },
  {
    name: 'add-without-a-path-replaces-the-name',
    title: 'an `add` without a path that replaces the whole name by the sub-attributes that it adds',
    breaks: ['CORE-09'],
    seams: patching((edits) =>
      edits.flatMap((one) =>
        isOp(one, 'add') && pathIn(one) === '' && isJson(one.value) && isJson(one.value.name)
          ? [{ op: 'remove', path: 'name' }, one]
          : [one],
      ),
    ),
  },
  {
    name: 'removals-done-first',
    title: 'a PATCH that does its removals before its other operations',
    breaks: ['CORE-09'],
    seams: patching(removalsFirst),
  },
  {
    name: 'only-the-last-edit-of-a-path-done',
    title: 'a PATCH of several operations with the same path of which only the last is done',
    breaks: ['CORE-09'],
    seams: patching(lastOfEachPath),
  },
  {
    name: 'patch-answered-with-the-old-state',
    title: 'a PATCH that is answered with the resource as it was before',
    breaks: ['CORE-09', 'CORE-03', 'CORE-08'],
    seams: answering(() => {
      const seen = new Map<string, Json>();
      return (answer, request) => {
        if (answer.status !== 200 || !user.test(request.path)) return answer;
        const old = seen.get(request.path);
        if (request.method === 'GET') seen.set(request.path, bodyOf(answer));
        return request.method === 'PATCH' && old !== undefined ? { ...answer, body: old } : answer;
      };
    }),
  },
  {
    name: 'replace-needs-a-value',
    title: 'a `replace` of an attribute without a value that is refused with `noTarget`',
    breaks: ['CORE-09'],
    seams: refusingEdits((one, before) =>
      isOp(one, 'replace') && /^\w+$/.test(pathIn(one)) && before[pathIn(one)] === undefined
        ? new Problem(400, `${pathIn(one)} is not there.`, 'noTarget')
        : undefined,
    ),
  },
  {
    name: 'extension-removed-with-one-attribute',
    title: 'a `remove` of an attribute of the enterprise extension that removes all of the extension',
    breaks: ['CORE-09', 'CORE-03'],
    seams: rewriting((after, edits) => {
      if (!edits.some((one) => isOp(one, 'remove') && pathIn(one).startsWith(urn.enterpriseUser))) return after;
      return { ...without(after, urn.enterpriseUser), schemas: [urn.user] };
    }),
  },
  {
    name: 'attributes-answered-204',
    title: 'a PATCH with the query parameter `attributes` that is answered 204',
    breaks: ['CORE-09'],
    seams: edit(
      // Only an answer that was asked for some attributes lacks `meta`.
      (answer, request) => on(200, 'PATCH', user)(answer, request) && bodyOf(answer).meta === undefined,
      ({ headers }) => withoutField(header.contentType)({ status: 204, headers }),
    ),
  },
];
