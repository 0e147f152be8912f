/** ROLL-01. How the provider undoes what it did is its own affair: versions and dates of the resources are not compared. */
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describe, failed, succeeded } from '../../judging/bulk-requests.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { countsInWords, countsOf } from '../../judging/status-members.js';
import { isStillMoving } from '../../judging/still-moving.js';
import { isRefused } from '../../judging/refused-options.js';
import type { Completion, TraceView } from '../../judging/trace-view.js';
import { rollback, rollbackSteps } from '../../scenarios/features/rollback.js';
import { responseObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { findEffects } from './not-undone.js';

const codes = {
  'options-refused': 'a valid bulk request with rollbackOnError is refused',
  'undone-without-a-failure': 'operations of a bulk request with rollbackOnError fail, although all of them are valid',
  'left-pending': 'operations that were undone or not run stay pending, so that the request never completes',
  'counted-as-success': 'an operation counts as success, although the request was undone',
  'create-not-undone': 'a resource exists that an operation of an undone request created',
  'replace-not-undone': 'a resource is not as it was before an undone request replaced it',
  'patch-not-undone': 'a resource is not as it was before an undone request patched it',
  'delete-not-undone': 'a resource is gone that an operation of an undone request deleted',
  'members-not-undone': 'a group does not have the members that it had before an undone request changed them',
  'name-stays-taken': 'the userName of a create that was undone is answered 409, although no user has it',
  'undone-without-424': 'the result of an operation that was undone or not run has a status other than 424',
};

type Code = keyof typeof codes;

/** Whether some operation is reported as failed. */
const hasFailed = ({ poll, results }: Completion): boolean =>
  results.some(failed) || (countsOf(responseObject(poll) ?? {})?.failed ?? 0) > 0;

const judgeValid = (trace: TraceView, submission: Submission): Judgement<Code> => {
  const asked = trace.exchangeOf(submission);
  const { status } = asked.response;
  if (!submission.accepted)
    return judgeEach(isRefused(asked) ? [asked] : [], () => ({
      code: 'options-refused',
      expected: 'a bulk request with rollbackOnError to be accepted, because `features` lists `rollback`',
      actual: `the answer is ${status}`,
      exchanges: [asked],
    }));
  const completion = trace.completion(submission);
  return judgeEach(completion === undefined ? [] : [completion], (seen) => {
    const wrong = seen.results.find(failed);
    return hasFailed(seen)
      ? {
          code: 'undone-without-a-failure',
          expected: 'every operation to succeed, because all of them are valid',
          actual: wrong === undefined ? 'some count as failed' : `the status of one is "${wrong.status ?? ''}"`,
          exchanges: [asked, seen.poll],
        }
      : undefined;
  });
};

const judgeNeverCompleted = (trace: TraceView, submission: Submission): Judgement<Code> => {
  const last = trace.statusReads(submission).at(-1);
  const counts = last === undefined ? undefined : countsOf(responseObject(last) ?? {});
  const isStuck =
    trace.settlement(submission)?.outcome === 'deadline' &&
    !isStillMoving(trace, submission) &&
    (counts?.failed ?? 0) > 0 &&
    (counts?.pending ?? 0) > 0;
  return judgeEach(isStuck && last !== undefined && counts !== undefined ? [{ last, counts }] : [], (seen) => ({
    code: 'left-pending',
    expected: 'operations that are undone or not run to count as failed, so that the request completes',
    actual: `at the deadline it has ${countsInWords(seen.counts)}`,
    exchanges: [trace.exchangeOf(submission), seen.last],
  }));
};

const findSuccess = (submission: Submission, asked: Answered, { poll, results }: Completion): Finding<Code>[] => {
  const done = results.find(succeeded);
  const counts = countsOf(responseObject(poll) ?? {});
  // Other requirements judge counts that contradict the request (STAT-04) or the results (BULK-01).
  const counted = results.length === 0 && counts?.total === submission.operations.length ? counts.success : 0;
  if (done === undefined && counted === 0) return [];
  return [
    {
      code: 'counted-as-success',
      expected: 'no operation to count as success, because one of them has failed',
      actual:
        done === undefined
          ? `the counts are ${counts === undefined ? 'unknown' : countsInWords(counts)}`
          : `the status of ${describe(submission, done.index)} is "${done.status ?? ''}"`,
      exchanges: [asked, poll],
    },
  ];
};

/** Only of the plain creates it is certain that they did not fail by themselves. */
const findOtherStatus = (submission: Submission, asked: Answered, { poll, results }: Completion): Finding<Code>[] => {
  const other = results.find((result) => {
    const { method, expected } = submission.operations[result.index] ?? {};
    return method === 'POST' && expected === 'success' && result.status !== '424';
  });
  if (other === undefined) return [];
  return [
    {
      code: 'undone-without-424',
      level: 'SHOULD',
      expected: `status "424" for ${describe(submission, other.index)}, which was undone or not run`,
      actual: `it is "${other.status ?? ''}"`,
      exchanges: [asked, poll],
    },
  ];
};

const judgeFailed = (trace: TraceView, submission: Submission): Judgement<Code> => {
  const asked = trace.exchangeOf(submission);
  if (!submission.accepted) {
    // Then nothing may have been done.
    return isRefused(asked) ? { exercised: 1, findings: findEffects(trace, submission, [asked]) } : together();
  }
  const completion = trace.completion(submission);
  if (completion === undefined) return judgeNeverCompleted(trace, submission);
  // An invalid operation that succeeds is judged by ERR.
  if (!hasFailed(completion)) return together();
  const findings: Finding<Code>[] = [
    ...findEffects(trace, submission, [asked, completion.poll]),
    ...findSuccess(submission, asked, completion),
  ];
  return { exercised: 1, findings: findings.length > 0 ? findings : findOtherStatus(submission, asked, completion) };
};

export const roll01 = defineRequirement({
  id: 'ROLL-01',
  since: '1.0',
  level: 'MUST',
  title:
    'a bulk with `rollbackOnError: true` in its options, one of whose operations fails, leaves every resource as it was, and no operation counts as success',
  source: cite('P-Use A, C'),
  needs: { binding: 'request-mode', feature: 'rollback' },
  guide: {
    why: [
      'A client that asks for a rollback wants either the whole bulk request or nothing, and never half of it.',
      'It does not look for what was left behind: an account that should have come with its groups exists without them, and a user who was deleted only as part of a move is gone.',
    ],
    tested: [
      'Bulk requests with `rollbackOnError: true` create two users, and replace, patch and delete a user each and add a member to a group (as far as the provider serves this); one more operation cannot succeed, at the beginning, in the middle or at the end: a user without `userName`, a `userName` that is taken, a PUT of a user who is not there, a reference that leads to nothing.',
      'When the request is completed, or refused with a 4xx, every resource is read and has to be as before: the names of users, the members of the group. Versions and dates are not compared, so a provider may also undo its writes one by one. No user that was created may be found, and a create of the same name must not be answered 409.',
      'No operation may count as success, and the request has to complete. The results of operations that were undone or not run should have `"status": "424"`; another status is a warning.',
      'A request with valid operations alone has to succeed. Judged only if `features` lists `rollback`; if the operation that cannot succeed succeeds, nothing is judged.',
    ],
    fix: [
      'Read `rollbackOnError` from the bulk options, run all operations in one transaction, and roll it back when one of them fails.',
      'Write the results outside of that transaction: the operation that failed with its own error, all others with `"status": "424"`, and count all of them as `failed`, so that `pending` reaches 0.',
      'If there is no transaction over all resources, remember the state before each write, and restore creates, replaces, patches, deletes and members in reverse order; a deleted resource comes back with its `id`.',
      'Release names that were reserved for creates.',
    ],
  },
  codes,
  from: [rollback],
  judge: (trace) =>
    together(
      ...trace
        .submissions()
        .filter(({ shape }) => shape === 'bulk')
        .map((submission): Judgement<Code> =>
          isStep(trace.exchangeOf(submission), rollbackSteps.allValid)
            ? judgeValid(trace, submission)
            : judgeFailed(trace, submission),
        ),
    ),
});
