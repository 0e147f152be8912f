/** CNCL-01: what the results of a cancelled request report as done has to be there. */
import type { Submission } from '../../../schemas/types.js';
import type { OperationResult } from '../../bindings/binding.js';
import { succeeded } from '../../judging/bulk-requests.js';
import { pathUnder, wordsOf } from '../../judging/history/history.js';
import type { Finding } from '../../judging/judge.js';
import { missingUser } from '../../judging/reported-create.js';
import type { Completion, TraceView } from '../../judging/trace-view.js';
import { cancelSteps } from '../../scenarios/features/cancel.js';
import { isObject, operationsIn, requestJson, responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** A DELETE that was sent while operations were pending, and what the trace holds about its request. */
export interface Cancel {
  readonly cancel: Answered;
  readonly submission: Submission;
  readonly asked: Answered;
  /** Two other requests of the same client: submitted right after the one that is cancelled, and right after the DELETE. */
  readonly others: readonly Submission[];
  /** The status right after the DELETE. */
  readonly after: Answered | undefined;
  readonly completion: Completion | undefined;
}

/** The user of a create that is reported as done is neither at the location of its result nor found by a search. */
export const findReportedNotDone = (
  trace: TraceView,
  { asked, cancel, submission, completion }: Cancel,
): Finding<'reported-but-not-done'> | undefined => {
  for (const result of (completion?.results ?? []).filter(succeeded)) {
    const { method, userName } = submission.operations[result.index] ?? {};
    if (completion === undefined || method !== 'POST' || userName === undefined) continue;
    const missing = missingUser(trace, userName, { step: cancelSteps.written, since: completion.poll.n });
    if (missing === undefined) continue;
    return {
      code: 'reported-but-not-done',
      expected: `operation ${result.index}, which is reported as ${result.status ?? ''}, to have created ${userName}`,
      actual: missing.actual,
      exchanges: [asked, cancel, completion.poll, ...missing.shown],
    };
  }
  return undefined;
};

/** The words of each operation of a bulk request that writes them. */
const wordsOfOperations = (asked: Answered): string[][] =>
  operationsIn(requestJson(asked)).map((operation) =>
    isObject(operation) && isObject(operation.data) ? wordsOf(operation.data) : [],
  );

/** What writes to one user have left: the word of an operation that is reported as done, and of none that was stopped. */
export const findWrittenByOthers = (
  trace: TraceView,
  { asked, cancel, submission, completion }: Cancel,
): Finding<'reported-but-not-done' | 'stopped-and-done'> | undefined => {
  const paths = new Set(submission.operations.map(({ method, path }) => (method === 'PUT' ? path : '')));
  const read = trace.variant(cancelSteps.written, 'read').find(({ n, response, request }) => {
    const path = pathUnder(request.url, request.url, trace.target.baseUrl) ?? '';
    return n > (completion?.poll.n ?? Infinity) && response.status === 200 && paths.has(path);
  });
  const [word, ...others] = read === undefined ? [] : wordsOf(responseObject(read) ?? {});
  if (completion === undefined || read === undefined || word === undefined || others.length > 0 || paths.size !== 1)
    return undefined;
  const words = wordsOfOperations(asked);
  const wrote = ({ index }: OperationResult): boolean => words[index]?.includes(word) === true;
  const done = completion.results.filter(succeeded);
  const stopped = completion.results.find((result) => !succeeded(result) && wrote(result));
  if (done.length === 0 || done.some(wrote)) return undefined;
  return {
    code: stopped === undefined ? 'reported-but-not-done' : 'stopped-and-done',
    expected: 'the user as one of the operations that are reported as done has written it',
    actual:
      stopped === undefined
        ? 'it is as none of them has written it'
        : `it is as operation ${stopped.index} has written it, which was stopped`,
    exchanges: [asked, cancel, completion.poll, read],
  };
};
