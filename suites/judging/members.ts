/** The members of groups, in representations and in PATCH requests. */
import { isObject, operationsIn, requestJson, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';

/** The ids of the members in a representation of a group, or in what was sent as one. */
export const memberIds = (group: unknown): string[] =>
  isObject(group) && Array.isArray(group.members)
    ? group.members.filter(isObject).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
    : [];

/** The ids of the members that a PATCH adds. */
export const membersAddedBy = (patch: Answered): string[] => {
  const operations = operationsIn(requestJson(patch)).filter(isObject);
  return operations.flatMap(({ value }) => memberIds({ members: value }));
};

/**
 * The members of a group after PATCHes that added to them at the same time. Undefined if that shows nothing: the provider
 * does not return members, or an `add` replaces the members that were there before, which is another defect.
 */
export const membersAfter = (
  read: Answered | undefined,
  created: Answered | undefined,
): readonly string[] | undefined => {
  const members = memberIds(read && responseObject(read));
  const before = memberIds(created && requestJson(created));
  return members.length === 0 || before.some((id) => !members.includes(id)) ? undefined : members;
};
