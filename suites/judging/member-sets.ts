/** The members that a group has after a write (RFC 7644 §3.5.1, §3.5.2), as a set: their order says nothing. */
import { isObject, type JsonObject, operationsIn, requestJson } from '../trace/message.js';
import type { Exchange } from '../../schemas/types.js';
import { memberIds } from './members.js';
import { readPatchPath } from './patched.js';

export type MemberSet = ReadonlySet<string>;

/**
 * What `remove` of `members` with a list as its `value` removes. RFC 7644 §3.5.2.2 gives `remove` no value, and removes all
 * values where no filter is specified; widely used clients send the members to remove as the value.
 */
export type RemoveReading = 'those in the list' | 'all';

/** What one operation does to members; undefined if it is about something else. */
interface Edit {
  readonly op: string;
  /** The ids in its value; undefined without a value. */
  readonly ids: readonly string[] | undefined;
  /** Selects members; undefined without a filter. */
  readonly selects: ((id: string) => boolean) | undefined;
}

const namesMembers = (name: string): boolean => name.toLowerCase() === 'members';

const idsIn = (value: unknown): readonly string[] | undefined =>
  value === undefined || value === null ? undefined : memberIds({ members: Array.isArray(value) ? value : [value] });

/** `unknown` if it is of a form that no scenario sends. */
const editIn = ({ op, path, value }: JsonObject): Edit | 'none' | 'unknown' => {
  if (typeof op !== 'string') return 'unknown';
  const verb = op.toLowerCase();
  if (path === undefined) {
    if (!isObject(value)) return 'unknown';
    const own = Object.entries(value).find(([name]) => namesMembers(name));
    return own === undefined ? 'none' : { op: verb, ids: idsIn(own[1]), selects: undefined };
  }
  const target = typeof path === 'string' ? readPatchPath(path) : undefined;
  if (target === undefined) return 'unknown';
  if (target.extension !== undefined || !namesMembers(target.attribute)) return 'none';
  if (target.subAttribute !== undefined) return 'unknown';
  const { selects } = target;
  return { op: verb, ids: idsIn(value), selects: selects && ((id) => selects({ value: id })) };
};

const applied = (before: MemberSet, { op, ids, selects }: Edit, reading: RemoveReading): MemberSet | undefined => {
  if (op === 'remove') {
    if (selects !== undefined) return new Set([...before].filter((id) => !selects(id)));
    return new Set(ids === undefined || reading === 'all' ? [] : [...before].filter((id) => !ids.includes(id)));
  }
  if (selects !== undefined) return undefined;
  if (op === 'add') return new Set([...before, ...(ids ?? [])]);
  return op === 'replace' ? new Set(ids) : undefined;
};

const editsOf = (write: Exchange): readonly (Edit | 'none' | 'unknown')[] => {
  const body = requestJson(write);
  if (write.request.method === 'PATCH')
    return operationsIn(body).map((each) => (isObject(each) ? editIn(each) : 'unknown'));
  return isObject(body) && Object.keys(body).some(namesMembers)
    ? [{ op: 'replace', ids: memberIds(body), selects: undefined }]
    : ['unknown'];
};

/** The members after a PUT or PATCH that is done; undefined if it has a form that no scenario sends. */
export const membersAfter = (before: MemberSet, write: Exchange, reading: RemoveReading): MemberSet | undefined =>
  editsOf(write).reduce<MemberSet | undefined>((members, edit) => {
    if (members === undefined || edit === 'unknown') return undefined;
    return edit === 'none' ? members : applied(members, edit, reading);
  }, before);

/** What a PUT or PATCH does to members: `PUT`, or the `op` of each operation that is about them. */
export const memberEditsOf = (write: Exchange): readonly string[] =>
  write.request.method === 'PATCH'
    ? editsOf(write).flatMap((edit) => (typeof edit === 'string' ? [] : [edit.op]))
    : ['PUT'];

/** The ids that a PUT or PATCH names as values, as often as it names them. */
export const idsWrittenBy = (write: Exchange): readonly string[] =>
  editsOf(write).flatMap((edit) => (typeof edit === 'string' || edit.op === 'remove' ? [] : (edit.ids ?? [])));
