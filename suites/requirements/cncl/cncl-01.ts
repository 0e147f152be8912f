/**
 * CNCL-01. Operations that are running may finish, so it is enough that one operation was stopped. If none was, the operations
 * may all have been running when the cancel came, unless they have to run one after another.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { booleansOf, countsOf, countsInWords } from '../../judging/status-members.js';
import type { TraceView } from '../../judging/trace-view.js';
import { cancel, cancelSteps } from '../../scenarios/features/cancel.js';
import { responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { type Cancel, findReportedNotDone, findWrittenByOthers } from './done-as-reported.js';

const codes = {
  'status-gone-after-cancel': 'the status of a cancelled request cannot be read any more',
  'stopped-left-pending': 'operations that a cancel stopped stay pending',
  'cancel-refused': 'DELETE on a pending status resource is refused',
  'nothing-stopped': 'a cancel is answered with success and stops nothing',
  'other-request-stopped': 'a cancel stops operations of another request',
  'stopped-name-taken': 'the userName of a create that was stopped is answered 409, although no user has it',
  'stopped-and-done': 'an operation that counts as stopped was done',
  'reported-but-not-done': 'an operation of a cancelled request is reported as done, and was not done',
};

type Code = keyof typeof codes;

const findCancel = (trace: TraceView, cancel: Answered): Cancel | undefined => {
  const submissions = trace.submissions();
  const place = submissions.findIndex(({ n }) => n === cancel.submission);
  const submission = submissions[place];
  if (submission === undefined) return undefined;
  const before = trace.sightings(submission).findLast(({ exchange }) => exchange.n < cancel.n);
  const pending = before === undefined ? 0 : (countsOf(before.status)?.pending ?? 0);
  if (pending === 0) return undefined;
  return {
    cancel,
    submission,
    asked: trace.exchangeOf(submission),
    others: submissions.slice(place + 1, place + 3),
    after: trace.variant(cancelSteps.afterCancel, 'status-read').find((read) => read.submission === submission.n),
    completion: trace.completion(submission),
  };
};

/** The cancel was answered with success, and the request was never seen completed. */
const judgeNeverCompleted = (trace: TraceView, { cancel, submission, asked, after }: Cancel): Judgement<Code> => {
  if (after !== undefined && after.response.status >= 400) {
    return judgeEach([after], () => ({
      code: 'status-gone-after-cancel',
      expected: 'the status of a cancelled request to stay readable, with its stopped operations counted as failed',
      actual: `a GET of it is answered ${after.response.status}`,
      exchanges: [asked, cancel, after],
    }));
  }
  const last = trace.statusReads(submission).at(-1);
  return judgeEach(trace.settlement(submission)?.outcome === 'deadline' ? [cancel] : [], () => ({
    code: 'stopped-left-pending',
    expected: 'stopped operations to count as failed, so that the cancelled request completes',
    actual: 'the request is still pending at the deadline',
    exchanges: [asked, cancel, ...(last === undefined ? [] : [last])],
  }));
};

/** Whether the DELETE came when all operations were already done. */
const wasAlreadyDone = ({ after }: Cancel): boolean =>
  after !== undefined && booleansOf(responseObject(after) ?? {})?.success === true;

/** Whether every operation was done although the cancel was answered with success. */
const isAllDone = ({ completion }: Cancel): boolean =>
  completion !== undefined && countsOf(responseObject(completion.poll) ?? {})?.failed === 0;

/**
 * The first status after the cancel that shows operations that had certainly not run: all write one resource, so that they
 * run in the request's order (BULK-07), some are done, and more than one is pending. Undefined if there is none.
 */
const showsNotRun = (trace: TraceView, { cancel, submission }: Cancel): Answered | undefined => {
  const paths = new Set(submission.operations.map(({ method, path }) => (method === 'POST' ? undefined : path)));
  if (paths.size !== 1 || paths.has(undefined)) return undefined;
  return trace.sightings(submission).find(({ exchange, status }) => {
    const { success = 0, pending = 0 } = countsOf(status) ?? {};
    return exchange.at >= cancel.at + cancel.took && success > 0 && pending > 1;
  })?.exchange;
};

const nothingStopped = (trace: TraceView, seen: Cancel): Finding<Code> | undefined => {
  const { asked, cancel, completion } = seen;
  const notRun = showsNotRun(trace, seen);
  if (completion === undefined || notRun === undefined || !isAllDone(seen)) return undefined;
  const counts = countsOf(responseObject(completion.poll) ?? {});
  return {
    code: 'nothing-stopped',
    expected: 'operations that had not run to be stopped, and to count as failed',
    actual: counts === undefined ? 'all of them are done' : countsInWords(counts),
    exchanges: [asked, cancel, notRun, completion.poll],
  };
};

const otherStopped = (trace: TraceView, { cancel, others }: Cancel): Finding<Code> | undefined => {
  const hit = others
    .map((other) => ({ other, completion: trace.completion(other) }))
    // A 5xx is the operation's own failure.
    .find(({ completion }) => completion?.results.some(({ status }) => /^4/.test(status ?? '')));
  return hit?.completion === undefined
    ? undefined
    : {
        code: 'other-request-stopped',
        expected: 'another request of the same client to continue',
        actual: 'operations of it have failed, too',
        exchanges: [trace.exchangeOf(hit.other), cancel, hit.completion.poll],
      };
};

const nameTaken = (trace: TraceView, { cancel, completion }: Cancel): Finding<Code> | undefined => {
  const create = trace.variant(cancelSteps.createOfStopped, 'create').find(({ n }) => n > cancel.n);
  const found = trace.answered('search').find(({ subject, n }) => subject === create?.subject && n < (create?.n ?? 0));
  return create?.response.status !== 409 || found === undefined || countFound(found) !== 0
    ? undefined
    : {
        code: 'stopped-name-taken',
        expected: 'a create with the name of a stopped operation not to be answered 409, because nobody has the name',
        actual: 'the answer is 409',
        exchanges: [cancel, ...(completion === undefined ? [] : [completion.poll]), found, create],
      };
};

const stoppedAndDone = (
  trace: TraceView,
  { asked, cancel, submission, completion }: Cancel,
): Finding<Code> | undefined => {
  const stopped = (completion?.results ?? []).filter((result) => Number(result.status) >= 400);
  const places = new Map(stopped.map(({ index }) => [submission.operations[index]?.userName, index]));
  const search = trace.answered('search').find((each) => places.has(each.subject) && (countFound(each) ?? 0) > 0);
  return search === undefined
    ? undefined
    : {
        code: 'stopped-and-done',
        expected: `operation ${places.get(search.subject) ?? ''}, which was stopped, to have no effect`,
        actual: 'its user exists',
        exchanges: [asked, cancel, ...(completion === undefined ? [] : [completion.poll]), search],
      };
};

const judgeCancel = (trace: TraceView, seen: Cancel): Judgement<Code> => {
  const { asked, cancel, after, completion } = seen;
  const { status } = cancel.response;
  if (status < 300 && completion === undefined) return judgeNeverCompleted(trace, seen);
  // A refusal is right if all was done already; that is unknown if the status after it was too long to be kept.
  if (status >= 400 && (wasAlreadyDone(seen) || (after === undefined && trace.hasCut()))) return together();
  const found =
    status >= 300
      ? undefined
      : (nothingStopped(trace, seen) ??
        otherStopped(trace, seen) ??
        stoppedAndDone(trace, seen) ??
        nameTaken(trace, seen) ??
        findReportedNotDone(trace, seen) ??
        findWrittenByOthers(trace, seen));
  // All operations may have been running when the cancel came: then there was nothing to stop.
  if (status < 300 && found === undefined && isAllDone(seen) && !wasAlreadyDone(seen)) return together();
  return judgeEach([cancel], () =>
    status >= 300
      ? {
          code: 'cancel-refused',
          expected: 'DELETE on a pending status resource to succeed',
          actual: `the answer is ${status}`,
          exchanges: [asked, cancel, ...(completion === undefined ? [] : [completion.poll])],
        }
      : found,
  );
};

export const cncl01 = defineRequirement({
  id: 'CNCL-01',
  since: '1.0',
  level: 'MUST',
  title: 'DELETE on a pending status resource stops what has not run; those operations count as failed',
  source: cite('P-D'),
  needs: { binding: 'request-mode', feature: 'cancel' },
  guide: {
    why: [
      'A person who sees that an import goes wrong wants to stop it.',
      'If the cancel is answered with success but nothing stops, or the other operations stay pending, nobody can know what was done.',
    ],
    tested: [
      'DELETE is sent to the status of a bulk request of 120 creates (and to one of 480, if all of the 120 were done by then), once immediately and once when some operations are done. Another request of the same client runs at the same time, and one is sent right after the DELETE.',
      'DELETE has to be answered with success; the request has to complete; stopped operations must have no effect, and their names are free; no operation of the other requests may fail with a 4xx; and the status has to stay readable.',
      'The same is done with 120 replaces of one user, which have to run one after another: if some are pending after the DELETE, at least one has to count as failed. If all of several creates are done, they may all have been running, and nothing is judged.',
      'Of the operations that are reported as done, the first and the last five are read: their users have to exist. The user of the replaces has to be as one of those that are reported as done has written it.',
      'A refusal is right if the request was already done; if nothing is pending when the DELETE is sent, it is not judged.',
      'Judged only if `features` lists `cancel`.',
    ],
    fix: [
      'Mark the request as cancelled, and let the workers check the mark before each operation.',
      'Write a result with `"status": "424"` for every operation that has not begun, and add it to `failed`, so that `pending` reaches 0; operations that are running may finish.',
      'Report an operation that has not run as failed: a client believes in the user of a result of 201.',
      'Stop only the request with this id, not everything that the client has in the queue; do not delete the status resource.',
    ],
  },
  codes,
  from: [cancel],
  judge: (trace) =>
    together(
      ...trace
        .answered('cancel')
        .filter((exchange) => !isStep(exchange, cancelSteps.whenCompleted))
        .map((exchange): Judgement<Code> => {
          const seen = findCancel(trace, exchange);
          return seen === undefined ? together() : judgeCancel(trace, seen);
        }),
    ),
});
