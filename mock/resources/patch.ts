/** PATCH (RFC 7644 §3.5.2). It works on a copy, so that a failed PATCH leaves the resource unchanged. */
import { isDeepStrictEqual } from 'node:util';
import type { PatchOperation } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import { Problem } from '../problem.js';
import { acceptItem, acceptList, acceptResource, isUnassigned } from './accept.js';
import { applyEdits, unassigns, type Change, type Edit } from './patch-change.js';
import { Pace, type Pause } from '../pace.js';
import { readPath, type Target } from './patch-path.js';
import { isJson, type Json } from '../json.js';
import { attributesOf, type ResourceType } from './resource-type.js';

const acceptChange = async ({ first, rest }: Target, op: Change['op'], sent: unknown, pace: Pace): Promise<Change> => {
  const { attribute, filter } = rest.at(-1) ?? first;
  const isWholeList = attribute.multiValued === true && filter === undefined;
  if (isUnassigned(sent) || (op === 'remove' && !isWholeList)) return { op, value: null };
  // A single value of a list may be sent without an array.
  if (isWholeList) return { op, value: await acceptList(attribute, Array.isArray(sent) ? sent : [sent], pace) };
  return { op, value: acceptItem(attribute, sent) };
};

const verbs: Record<string, Change['op'] | undefined> = { add: 'add', remove: 'remove' };

/** What a PATCH request is applied to. */
interface Patched {
  readonly type: ResourceType;
  readonly id: string | undefined;
}

/** The edits of one operation. Without a path there is one edit for each attribute. Rejects with a Problem of 400. */
const editsOf = async (patched: Patched, { op, path, value }: PatchOperation, pace: Pace): Promise<Edit[]> => {
  const { type, id } = patched;
  if (path === undefined) {
    if (!isJson(value)) throw new Problem(400, 'Without a path the value is an object of attributes.', 'invalidValue');
    const edits: Edit[] = [];
    for (const [name, member] of Object.entries(value))
      edits.push(...(await editsOf(patched, { op, path: name, value: member }, pace)));
    return edits;
  }
  // What is unchanged is no change: some clients send the id along.
  if (id !== undefined && path.toLowerCase() === 'id' && op.toLowerCase() !== 'remove' && value === id) return [];
  const target = readPath(type, path);
  const change = await acceptChange(target, verbs[op.toLowerCase()] ?? 'replace', value, pace);
  const { attribute } = target.first;
  // RFC 7644 §3.5.2.2.
  if (attribute.required === true && unassigns(attribute, change))
    throw new Problem(400, `${attribute.name} is required.`, 'mutability');
  return [{ target, change }];
};

const lacksTarget = (operation: unknown): boolean =>
  isJson(operation) &&
  typeof operation.op === 'string' &&
  operation.op.toLowerCase() === 'remove' &&
  operation.path === undefined;

const readRequest = (sent: unknown): readonly PatchOperation[] => {
  const validation = validate('scim/patch-op', sent);
  if (validation.valid) return validation.value.Operations;
  // RFC 7644 §3.5.2.2.
  if (isJson(sent) && Array.isArray(sent.Operations) && sent.Operations.some(lacksTarget))
    throw new Problem(400, 'What is removed needs a path.', 'noTarget');
  const [first] = validation.violations;
  throw new Problem(400, `Not a valid PATCH request: ${first?.path ?? ''} ${first?.message ?? ''}.`, 'invalidSyntax');
};

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The attributes to store, as acceptResource returns them, with pauses. Rejects with a Problem of 400. */
const acceptPatched = async (type: ResourceType, patched: Json, pace: Pace): Promise<Json> => {
  const lists: Json = {};
  for (const attribute of attributesOf(type)) {
    const value = patched[attribute.name];
    if (attribute.name !== 'schemas' && attribute.multiValued === true && isArray(value))
      lists[attribute.name] = await acceptList(attribute, value, pace);
  }
  const others = Object.fromEntries(Object.entries(patched).filter(([name]) => !(name in lists)));
  const kept = Object.entries(lists).filter(([, values]) => values !== null);
  return { ...acceptResource(type, others), ...Object.fromEntries(kept) };
};

/** Whether two resources are deeply equal, compared with pauses. */
const isSame = async (one: Json, other: Json, pace: Pace): Promise<boolean> => {
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  for (const name of names) {
    const [mine, theirs] = [one[name], other[name]];
    if (!isArray(mine) || !isArray(theirs)) {
      if (!isDeepStrictEqual(mine, theirs)) return false;
      continue;
    }
    if (mine.length !== theirs.length) return false;
    for (const [index, value] of mine.entries()) {
      if (!isDeepStrictEqual(value, theirs[index])) return false;
      await pace.each(index);
    }
  }
  return true;
};

/**
 * Resolves with a function that applies the PATCH request to attributes. If nothing changes, that function resolves with
 * the same object (RFC 7644 §3.5.2.1). Both reject with a Problem of 400. `id`: of the resource.
 */
export const preparePatch = async (
  type: ResourceType,
  sent: unknown,
  pause: Pause,
  id?: string,
): Promise<(attributes: Json) => Promise<Json>> => {
  const pace = new Pace(pause);
  const edits: Edit[] = [];
  for (const operation of readRequest(sent)) {
    edits.push(...(await editsOf({ type, id }, operation, pace)));
    await pace.worked(1);
  }
  return async (attributes) => {
    const patched = await applyEdits(attributes, edits, pace);
    const accepted = await acceptPatched(type, patched, pace);
    // Passwords are not stored and cannot be compared, so a new password always counts as a change.
    return (await isSame(accepted, attributes, pace)) && !('password' in patched) ? attributes : accepted;
  };
};
