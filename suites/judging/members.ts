/** The members of groups, in representations and in PATCH requests. */
import { judgeEach, type Judgement, together } from './judge.js';
import type { TraceView } from './trace-view.js';
import { isObject, operationsIn, requestJson, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';

/** The ids of the members in a representation of a group, or in what was sent as one. */
export const memberIds = (group: unknown): string[] =>
  isObject(group) && Array.isArray(group.members)
    ? group.members.filter(isObject).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
    : [];

/** The ids of the members that a PATCH adds. */
const membersAddedBy = (patch: Answered): string[] => {
  const operations = operationsIn(requestJson(patch)).filter(isObject);
  return operations.flatMap(({ value }) => memberIds({ members: value }));
};

/**
 * The members of a group after PATCHes that added to them at the same time. Undefined if that shows nothing: the provider
 * does not return members, or an `add` replaces the members that were there before, which is another defect.
 */
const membersAfter = (read: Answered | undefined, created: Answered | undefined): readonly string[] | undefined => {
  const members = memberIds(read && responseObject(read));
  const before = memberIds(created && requestJson(created));
  return members.length === 0 || before.some((id) => !members.includes(id)) ? undefined : members;
};

/**
 * PATCHes added members to one group at the same time, and each succeeded: all members have to be in a read after them.
 * `reads`: the reads after all of them; the first one that was answered with the group counts.
 */
export const judgeAllAdded = <Code extends string>(
  trace: TraceView,
  code: Code,
  patches: readonly Answered[],
  reads: readonly Answered[],
): Judgement<Code> => {
  const read = reads.find(({ response }) => response.status === 200);
  const created = trace.answered('create').find(({ subject }) => subject === read?.subject);
  const members = membersAfter(read, created);
  if (read === undefined || members === undefined) return together();
  return judgeEach(patches, (patch) => {
    const lost = membersAddedBy(patch).find((id) => !members.includes(id));
    return lost === undefined
      ? undefined
      : {
          code,
          expected: `all ${patches.length} members that PATCHes added at the same time, each of which succeeded`,
          actual: `${lost} is missing`,
          exchanges: [patch, read],
        };
  });
};
