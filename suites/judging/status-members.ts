/** The members of a status resource, where they are of the right type: what they should be is STAT-01’s. */
import type { LooseStatus } from './trace-view.js';
import { isObject, withoutNulls } from '../trace/message.js';

export interface Counts {
  readonly total: number;
  readonly success: number;
  readonly failed: number;
  readonly pending: number;
}

/** The four counts, where they are numbers: what they should be is STAT-01's. */
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

/** The members of this profile, without those that may differ from read to read; unknown ones are ignored at any depth. */
export const profileMembers = (shown: LooseStatus): unknown => {
  // A member of null counts as absent (RFC 7643 §2.5), and may be left out by the next answer.
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
