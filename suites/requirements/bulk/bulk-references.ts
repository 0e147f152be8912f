/** BULK-02 and BULK-05: operations of a bulk request that refer to one another by bulkId. */
import { urn } from '../../../schemas/names.js';
import { memberIds } from '../../judging/members.js';
import { isObject, operationsIn, requestJson, type JsonObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** The `data` of one operation, as it was sent. */
const dataOf = (asked: Answered, index: number): unknown => {
  const operation = operationsIn(requestJson(asked))[index];
  return isObject(operation) ? operation.data : undefined;
};

/** The id of the manager in a representation of a user (RFC 7643 §4.3). */
export const managerIn = (user: unknown): string | undefined => {
  const extension = isObject(user) ? user[urn.enterpriseUser] : undefined;
  const manager = isObject(extension) ? extension.manager : undefined;
  return isObject(manager) && typeof manager.value === 'string' ? manager.value : undefined;
};

/** What a representation refers to: the members of a group, and the manager of a user. */
export const linksIn = (resource: unknown): string[] => [
  ...memberIds(resource),
  ...[managerIn(resource)].filter((id) => id !== undefined),
];

/** The same of one operation of a PATCH request. */
const linksInPatch = ({ path, value }: JsonObject): string[] =>
  path === 'members' ? memberIds({ members: value }) : linksIn(value);

/** What the data of an operation refer to, as it was sent. */
export const linksSent = (asked: Answered, index: number): string[] => {
  const data = dataOf(asked, index);
  const patches = operationsIn(data).filter(isObject);
  return patches.length > 0 ? patches.flatMap(linksInPatch) : linksIn(data);
};
