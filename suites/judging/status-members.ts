/** Judges read members of a status resource only if they have the right type; STAT-01 judges the types. */
import type { LooseStatus } from './status-sightings.js';
import { isObject, withoutNulls } from '../trace/message.js';

export interface Counts {
  readonly total: number;
  readonly success: number;
  readonly failed: number;
  readonly pending: number;
}

/** The four counts, if all of them are numbers. */
export const countsOf = (status: LooseStatus): Counts | undefined => {
  const counts = status.operationsCount;
  if (!isObject(counts)) return undefined;
  const { total, success, failed, pending } = counts;
  return typeof total === 'number' &&
    typeof success === 'number' &&
    typeof failed === 'number' &&
    typeof pending === 'number'
    ? { total, success, failed, pending }
    : undefined;
};

export const booleansOf = (status: LooseStatus): { completed: boolean; success: boolean } | undefined => {
  const booleans = status.status;
  if (!isObject(booleans)) return undefined;
  const { completed, success } = booleans;
  return typeof completed === 'boolean' && typeof success === 'boolean' ? { completed, success } : undefined;
};

export const countsInWords = ({ total, success, failed, pending }: Counts): string =>
  `total ${total}, success ${success}, failed ${failed}, pending ${pending}`;

const pick = (value: unknown, ...names: string[]): unknown =>
  isObject(value) ? Object.fromEntries(names.map((name) => [name, value[name]])) : value;

const pickResult = (result: unknown): unknown => {
  const picked = pick(result, 'method', 'bulkId', 'status', 'location', 'version', 'response');
  return isObject(picked) ? { ...picked, response: pick(picked.response, 'status', 'scimType', 'id') } : picked;
};

/** The members that the profile defines, without those that may change from read to read, for comparing two reads. */
export const profileMembers = (shown: LooseStatus): unknown => {
  // A member that is null counts as absent (RFC 7643 §2.5), so the next answer may leave it out.
  const members = withoutNulls(shown);
  if (!isObject(members)) return members;
  const { id, operationsCount, status, state, Operations } = members;
  return {
    id,
    operationsCount: pick(operationsCount, 'total', 'success', 'failed', 'pending'),
    status: pick(status, 'completed', 'success'),
    state,
    Operations: Array.isArray(Operations) ? Operations.map(pickResult) : Operations,
  };
};
