/** PATCH (RFC 7644 §3.5.2). It works on a copy, so that a failed PATCH leaves the resource unchanged. */
import { isDeepStrictEqual } from 'node:util';
import type { PatchOperation } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import { Problem } from '../problem.js';
import { acceptItem, acceptResource, acceptValue, assigned, isUnassigned } from './accept.js';
import { applyEdits, unassigns, valuesIn, type Change, type Edit } from './patch-change.js';
import { Pace, type Pause } from '../pace.js';
import { readPath, type Target } from './patch-path.js';
import { isJson, type Json } from '../json.js';
import type { ResourceType } from './resource-type.js';

const acceptChange = ({ first, rest }: Target, op: Change['op'], sent: unknown): Change => {
  const { attribute, filter } = rest.at(-1) ?? first;
  const isWholeList = attribute.multiValued === true && filter === undefined;
  if (isUnassigned(sent) || (op === 'remove' && !isWholeList)) return { op, value: null };
  // A single value of a list may be sent without an array.
  if (isWholeList) return { op, value: assigned(acceptValue(attribute, Array.isArray(sent) ? sent : [sent])) };
  return { op, value: acceptItem(attribute, sent) };
};

const verbs: Record<string, Change['op'] | undefined> = { add: 'add', remove: 'remove' };

/** The edits of one operation. Without a path there is one edit for each attribute. Throws a Problem of 400. */
const editsOf = (type: ResourceType, { op, path, value }: PatchOperation, id: string | undefined): Edit[] => {
  if (path === undefined) {
    if (!isJson(value)) throw new Problem(400, 'Without a path the value is an object of attributes.', 'invalidValue');
    return Object.entries(value).flatMap(([name, member]) => editsOf(type, { op, path: name, value: member }, id));
  }
  // What is unchanged is no change: some clients send the id along.
  if (id !== undefined && path.toLowerCase() === 'id' && op.toLowerCase() !== 'remove' && value === id) return [];
  const target = readPath(type, path);
  const change = acceptChange(target, verbs[op.toLowerCase()] ?? 'replace', value);
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
    edits.push(...editsOf(type, operation, id));
    await pace.worked(valuesIn(operation.value));
  }
  return async (attributes) => {
    const patched = await applyEdits(attributes, edits, pace);
    const accepted = acceptResource(type, patched);
    await pace.worked(Math.max(...Object.values(accepted).map(valuesIn)));
    // Passwords are not stored and cannot be compared, so a new password always counts as a change.
    return isDeepStrictEqual(accepted, attributes) && !('password' in patched) ? attributes : accepted;
  };
};
