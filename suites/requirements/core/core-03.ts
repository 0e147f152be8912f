/**
 * CORE-03. A read has to show what was written. A synchronous answer to an asynchronous write is judged here, too
 * (profile §7, clarification 15); an answer of 202 to a synchronous write is left to MODE-02.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { asyncWrite, asyncWriteSteps } from '../../scenarios/request-mode/async-write.js';
import { groupMembers, groupMembersSteps } from '../../scenarios/synchronous/group-members.js';
import { membersAtATime } from '../../scenarios/synchronous/members-at-a-time.js';
import { patchSemantics } from '../../scenarios/synchronous/patch-semantics.js';
import { resourceLifecycle, resourceLifecycleSteps } from '../../scenarios/synchronous/resource-lifecycle.js';
import { succeeded } from '../../trace/answers.js';
import { firstPatchOperation, responseObject } from '../../trace/message.js';
import type { Step } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { changedBeside, type Difference, lostByReplacing, notAsPatched, notAsWritten } from './changes/differences.js';
import { judgeDeletedMember, judgeMembers, judgeMembersAtATime, memberCodes } from './members/members-as-asked.js';
import { judgePatches, patchCodes } from './patches/patched-as-asked.js';

const codes = {
  'not-readable-after-write': 'a user that was created or replaced cannot be read',
  'create-not-kept': 'a read shows another value than the create wrote',
  'replace-status-wrong': 'PUT is answered neither 200 nor 204',
  'replace-not-kept': 'a read shows another value than PUT wrote',
  'replace-loses-attribute': 'an attribute is gone after a PUT that wrote it again',
  'replace-answer-wrong': 'the answer to PUT shows another value than it wrote',
  'patch-status-wrong': 'PATCH is answered neither 200 nor 204',
  'patch-not-kept': 'a read shows another value than PATCH wrote',
  'patch-answer-wrong': 'the answer to PATCH shows another value than it wrote',
  'patch-changes-others': 'PATCH changes an attribute that it does not name',
  ...patchCodes,
  ...memberCodes,
  'delete-status-wrong': 'DELETE is not answered 204',
  'readable-after-delete': 'a GET of a deleted user or group is not answered 404',
};

type Found = Finding<keyof typeof codes>;

const { afterCreate, afterReplace, afterPatch, afterDelete } = resourceLifecycleSteps;

const found = (
  code: keyof typeof codes,
  difference: Difference | undefined,
  exchanges: readonly Answered[],
): Found | undefined => (difference === undefined ? undefined : { code, ...difference, exchanges });

const wrongStatus = (code: keyof typeof codes, write: Answered, allowed: readonly number[]): Found | undefined =>
  allowed.includes(write.response.status)
    ? undefined
    : {
        code,
        expected: `${write.request.method} to answer ${allowed.join(' or ')}`,
        actual: `the answer is ${write.response.status}`,
        exchanges: [write],
      };

/** A read after a write that succeeded shows what was written. */
const notKept = (
  { target }: TraceView,
  code: 'create-not-kept' | 'replace-not-kept',
  write: Answered,
  read: Answered,
): Found | undefined =>
  read.response.status === 200
    ? found(code, notAsWritten(target, write, read), [write, read])
    : {
        code: 'not-readable-after-write',
        expected: `a GET after ${write.request.method} ${write.response.status} to answer 200`,
        actual: `the answer is ${read.response.status}`,
        exchanges: [write, read],
      };

/** If the answer to a write shows the resource, it has to show its state after the write (RFC 7644 §3.5). */
const wrongAnswer = (
  code: 'replace-answer-wrong' | 'patch-answer-wrong',
  write: Answered,
  compare: (write: Answered, read: Answered) => Difference | undefined,
): Found | undefined => {
  if (write.response.status !== 200 || typeof responseObject(write)?.id !== 'string') return undefined;
  const difference = compare(write, write);
  return difference && found(code, { ...difference, expected: `the answer to show ${difference.expected}` }, [write]);
};

const notGone = (write: Answered, read: Answered): Found | undefined =>
  read.response.status === 404
    ? undefined
    : {
        code: 'readable-after-delete',
        expected: 'a GET of a deleted resource to answer 404 (RFC 7644 §3.6)',
        actual: `the answer is ${read.response.status}`,
        exchanges: [write, read],
      };

/** Whether the user was written again between two exchanges: then the second need not show the effect of the first. */
const isWrittenBetween = (trace: TraceView, first: Answered, second: Answered): boolean =>
  trace
    .all()
    .some(
      ({ subject, request, n }) => subject === first.subject && request.method !== 'GET' && n > first.n && n < second.n,
    );

/** The first read of the user after a write, with no other write between them. */
const readAfter = (trace: TraceView, write: Answered, after: Step): Answered | undefined =>
  trace
    .variant(after, 'read')
    .find((read) => read.subject === write.subject && read.n > write.n && !isWrittenBetween(trace, write, read));

const lost = (trace: TraceView, write: Answered, read: Answered): Found | undefined => {
  const before = trace.answered('read').findLast(({ subject, n }) => subject === write.subject && n < write.n);
  if (before === undefined || isWrittenBetween(trace, before, write)) return undefined;
  return found('replace-loses-attribute', lostByReplacing(trace.target, before, write, read), [before, write, read]);
};

const changedOthers = (trace: TraceView, patch: Answered, read: Answered): Found | undefined => {
  const before = trace.answered('read').findLast(({ subject, n }) => subject === patch.subject && n < patch.n);
  if (before === undefined || isWrittenBetween(trace, before, patch)) return undefined;
  return found('patch-changes-others', changedBeside(trace.target, before, patch, read), [before, patch, read]);
};

/** Judges the synchronous writes of one kind, each with the read after it; a write that is answered 202 is left out. */
const judgeWrites = (
  trace: TraceView,
  purpose: 'create' | 'replace' | 'patch' | 'delete',
  after: Step,
  rule: (write: Answered, read: Answered | undefined) => Found | undefined,
): Judgement<keyof typeof codes> =>
  judgeEach(
    trace.answered(purpose).filter(
      (write) =>
        write.response.status !== 202 &&
        // A create that fails is judged by CORE-02.
        (purpose !== 'create' || succeeded(write)) &&
        // A provider may refuse to patch `active`; but it may not answer with success and leave the value unchanged.
        (purpose !== 'patch' || firstPatchOperation(write)?.path !== 'active' || succeeded(write)),
    ),
    (write) => rule(write, readAfter(trace, write, after)),
  );

const judgeDeletes = (trace: TraceView, after: Step): Judgement<keyof typeof codes> =>
  judgeWrites(
    trace,
    'delete',
    after,
    (write, read) => wrongStatus('delete-status-wrong', write, [204]) ?? (read && notGone(write, read)),
  );

const ofLifecycle = (trace: TraceView): Judgement<keyof typeof codes> =>
  together(
    judgeWrites(trace, 'create', afterCreate, (write, read) => read && notKept(trace, 'create-not-kept', write, read)),
    judgeWrites(
      trace,
      'replace',
      afterReplace,
      (write, read) =>
        wrongStatus('replace-status-wrong', write, [200, 204]) ??
        wrongAnswer('replace-answer-wrong', write, (...pair) => notAsWritten(trace.target, ...pair)) ??
        (read && (notKept(trace, 'replace-not-kept', write, read) ?? lost(trace, write, read))),
    ),
    judgeWrites(
      trace,
      'patch',
      afterPatch,
      (write, read) =>
        wrongStatus('patch-status-wrong', write, [200, 204]) ??
        wrongAnswer('patch-answer-wrong', write, notAsPatched) ??
        (read &&
          (found('patch-not-kept', notAsPatched(write, read), [write, read]) ?? changedOthers(trace, write, read))),
    ),
    judgeDeletes(trace, afterDelete),
  );

/** Asynchronous writes that should succeed and were answered synchronously. A 501 (not implemented) is not judged. */
const ofAsynchronousWrites = (trace: TraceView): Judgement<keyof typeof codes> =>
  judgeEach(
    trace
      .submissions()
      .filter(({ accepted, operations }) => !accepted && operations.every(({ expected }) => expected === 'success'))
      .map((submission) => trace.exchangeOf(submission))
      .filter(
        ({ purpose, response, request }) =>
          purpose === 'submit' && request.method !== 'POST' && response.status !== 501,
      ),
    (write) => {
      const read = trace
        .variant(asyncWriteSteps.after.of(write.request.method), 'read')
        .find((each) => each.n > write.n && each.subject === write.subject);
      switch (write.request.method) {
        case 'PUT':
          return (
            wrongStatus('replace-status-wrong', write, [200, 204]) ??
            (read && notKept(trace, 'replace-not-kept', write, read))
          );
        case 'PATCH':
          return (
            wrongStatus('patch-status-wrong', write, [200, 204]) ??
            (read && found('patch-not-kept', notAsPatched(write, read), [write, read]))
          );
        default:
          return wrongStatus('delete-status-wrong', write, [204]) ?? (read && notGone(write, read));
      }
    },
  );

export const core03 = defineRequirement({
  id: 'CORE-03',
  since: '1.0',
  level: 'MUST',
  title: 'read, replace, patch (where advertised) and delete work synchronously and agree with one another',
  source: cite('RFC 7644 §3.4–3.6'),
  needs: {},
  guide: {
    why: [
      'If a write is answered with success but is not done, the client believes that an account is changed, locked or deleted, and does not try again.',
      'A person who has left the company keeps the access.',
    ],
    tested: [
      'A user is created, replaced, patched and deleted, and read after each step.',
      'PUT and PATCH have to answer 200 or 204, DELETE 204, and the read after it 404.',
      'A read has to show what was written to `userName`, `name`, `displayName`, `externalId` and `active`; a representation in the answer to PUT or PATCH is compared as well; and a PATCH must not change attributes that it does not name.',
      'Other users get a PATCH of every kind that RFC 7644 §3.5.2 defines, and the read after it is compared with the read before it. A provider may refuse such a PATCH, but then nothing may have changed. If a `replace` without a path, or with a filter, removes sub-attributes that it does not name, that is ambiguous.',
      'Members of groups are added, removed and replaced: a few, over 200 (24 if bulk is not served), and several at the same time. When a user is deleted, a group must not lose its other members. A group that was deleted must not be readable. Members in an answer are those of the read after it.',
      'These differences are allowed: other letter case (but not of `externalId`), white space or Unicode form; an attribute (other than `userName`) or members that the provider does not keep or return at all, unless it kept it after the create and PUT wrote it again; a `displayName` that is built from the name; another value of an attribute that `/Schemas` describes as `readOnly`; a refusal to patch `active`.',
      'A synchronous answer to an asynchronous PUT, PATCH or DELETE is judged by the same rules, except a 501.',
    ],
    fix: [
      'Follow the attribute of the finding from the request to the store: usually it is mapped for a create and forgotten for PUT or PATCH.',
      'Apply a PATCH to the stored resource and save the result, so that attributes that it does not name stay unchanged. A path such as `emails[type eq "work"]` or `name.givenName` has to be parsed: it is no name of a member.',
      'Change the members of a group in one statement or with a version check: two requests that read, change and write the whole group lose a member.',
      'Read from the place where you write, or update caches and indexes before you answer.',
      'Answer 404 to reads of a deleted resource, also if the record is only marked as deleted.',
    ],
  },
  codes,
  from: [resourceLifecycle, patchSemantics, groupMembers, membersAtATime, asyncWrite],
  judge: (trace) => {
    if (trace.isOf(resourceLifecycle)) return ofLifecycle(trace);
    if (trace.isOf(patchSemantics)) return judgePatches(trace);
    if (trace.isOf(groupMembers))
      return together<keyof typeof codes>(
        judgeMembers(trace),
        judgeDeletedMember(trace),
        judgeDeletes(trace, groupMembersSteps.afterDelete),
      );
    return trace.isOf(membersAtATime) ? judgeMembersAtATime(trace) : ofAsynchronousWrites(trace);
  },
});
