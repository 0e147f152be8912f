/** The rules of CORE-03 for the members of groups: a group has exactly those that creates, PUTs and PATCHes say. */
import { pathSegment } from '../../../bindings/locations.js';
import { type Finding, judgeEach, type Judgement, together } from '../../../judging/judge.js';
import { judgeAllAdded, memberIds } from '../../../judging/members.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { groupMembersSteps } from '../../../scenarios/synchronous/group-members.js';
import { membersAtATimeSteps } from '../../../scenarios/synchronous/members-at-a-time.js';
import { succeeded } from '../../../trace/answers.js';
import { isObject, requestJson, responseObject, type JsonObject } from '../../../trace/message.js';
import { changesOf, exchangesOf, firstDifference, keptNames, type Change } from '../changes/changes.js';
import { judgePatches, type PatchCode } from '../patches/patched-as-asked.js';

export const memberCodes = {
  'members-not-as-created': 'the members of a group are not those with which it was created',
  'members-not-as-replaced': 'the members of a group are not those that PUT wrote',
  'members-lost-with-another': 'a group loses other members than the user who was deleted',
  'members-in-answer-wrong': 'the answer to a PUT or PATCH of a group shows other members than a read after it',
  'member-lost-at-the-same-time': 'a PATCH of a group loses the member that another one adds at the same time',
};

type MemberCode = keyof typeof memberCodes;

const bodyOf = ({ write }: Change): JsonObject => {
  const sent = requestJson(write);
  return isObject(sent) ? sent : {};
};

/** A create or PUT that succeeded: what it wrote to attributes that the provider keeps has to be there, and nothing else. */
const asWritten = (change: Change): Finding<MemberCode> | undefined => {
  const { was, is, write } = change;
  const body = bodyOf(change);
  const names = keptNames(change).filter((name) => name in body);
  const difference = firstDifference(change, { wanted: { ...was, ...body }, shown: is, names });
  if (difference === undefined || difference.kind === 'twice') return undefined;
  return {
    code: write.request.method === 'PUT' ? 'members-not-as-replaced' : 'members-not-as-created',
    expected: `${difference.expected}, as ${write.request.method} wrote`,
    actual: difference.actual,
    exchanges: exchangesOf(change),
  };
};

/** Members above which a provider may show only some of them in an answer. */
const few = 50;

/** An answer of 200 shows the group as it is after the write (RFC 7644 §3.5.1, §3.5.2); members that it leaves out are no finding. */
const wrongAnswer = (change: Change): Finding<MemberCode> | undefined => {
  const { write, after, is } = change;
  const [answered, read] = [memberIds(responseObject(write)), memberIds(is)];
  const isSame = read.every((id) => answered.includes(id)) && answered.every((id) => read.includes(id));
  if (isSame || answered.length === 0 || Math.max(answered.length, read.length) > few) return undefined;
  return {
    code: 'members-in-answer-wrong',
    expected: `the answer to ${write.request.method} to show the members ${read.join(', ')}, as the read after it`,
    actual: `they are ${answered.join(', ')}`,
    exchanges: [write, after],
  };
};

export const judgeMembers = (trace: TraceView): Judgement<MemberCode | PatchCode> =>
  together<MemberCode | PatchCode>(
    judgeEach(
      changesOf(trace, 'create', 'replace').filter(
        (change) =>
          succeeded(change.write) && change.write.response.status !== 202 && keptNames(change).includes('members'),
      ),
      asWritten,
    ),
    judgeEach(
      changesOf(trace, 'replace', 'patch').filter(
        // A provider may show members in answers to writes only (RFC 7643 §7, `returned` is request).
        (change) => change.write.response.status === 200 && keptNames(change).includes('members'),
      ),
      wrongAnswer,
    ),
    judgePatches(trace),
  );

/** After the DELETE of a user, groups have all their other members; whether they still name that one is left open. */
export const judgeDeletedMember = (trace: TraceView): Judgement<MemberCode> => {
  const deletes = trace.variant(groupMembersSteps.memberDeleted, 'delete').filter(succeeded);
  const [after] = trace.variant(groupMembersSteps.memberDeleted, 'read').filter(succeeded);
  const before = trace
    .answered('read')
    .filter((read) => read.subject === after?.subject && read.n < (after?.n ?? 0) && succeeded(read))
    .at(-1);
  if (after === undefined || before === undefined) return together();
  const kept = memberIds(responseObject(after));
  return judgeEach(deletes, (deletion) => {
    const lost = memberIds(responseObject(before)).find(
      (id) => !kept.includes(id) && !deletion.request.url.endsWith(`/${pathSegment(id)}`),
    );
    return lost === undefined
      ? undefined
      : {
          code: 'members-lost-with-another',
          expected: 'a group to keep its other members when one of them is deleted',
          actual: `${lost} is missing`,
          exchanges: [before, deletion, after],
        };
  });
};

/** After PATCHes at the same time, all members are there that one of them added and that was answered with success. */
export const judgeMembersAtATime = (trace: TraceView): Judgement<MemberCode> => {
  // LIFE-06 judges the same with asynchronous PATCHes.
  if (trace.submissions().length > 0) return together();
  const patches = trace
    .variant(membersAtATimeSteps.atTheSameTime, 'patch')
    .filter((patch) => succeeded(patch) && patch.response.status !== 202);
  const reads = trace.variant(membersAtATimeSteps.afterwards, 'read');
  return judgeAllAdded(trace, 'member-lost-at-the-same-time', patches, reads);
};
