/** CKPT-01: what came of the operations of a request that a restart interrupted, as its results, searches and reads show. */
import type { Submission } from '../../../schemas/types.js';
import type { OperationResult } from '../../bindings/binding.js';
import { describe, isNotImplemented, succeeded } from '../../judging/bulk-requests.js';
import { wordsOf } from '../../judging/history/history.js';
import type { Finding } from '../../judging/judge.js';
import { countsOf } from '../../judging/status-members.js';
import type { Completion, TraceView } from '../../judging/trace-view.js';
import { restartSteps } from '../../scenarios/features/restart.js';
import { isNotFound } from '../../trace/answers.js';
import { isObject, operationsIn, requestJson, responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';

export type EffectCode = 'effect-lost' | 'done-twice' | 'failed-by-restart';

/** What the request wrote, in the order of its operations. */
const bodiesOf = ({ shape }: Submission, asked: Answered): readonly unknown[] => {
  const body = requestJson(asked);
  if (shape === 'single') return [body];
  return operationsIn(body).map((operation) => (isObject(operation) ? operation.data : undefined));
};

const nameIn = (body: unknown): string | undefined => {
  const name = isObject(body) ? (body.userName ?? body.displayName) : undefined;
  return typeof name === 'string' ? name : undefined;
};

/** The search for what a create has made, and how many resources it found. */
const foundOf = (trace: TraceView, body: unknown): { search: Answered; count: number } | undefined => {
  const name = nameIn(body);
  const search = trace.answered('search').findLast(({ subject }) => subject === name);
  const count = name === undefined || search === undefined ? undefined : countFound(search);
  return search === undefined || count === undefined ? undefined : { search, count };
};

/** The read of what a PUT or PATCH has changed, if it does not show the change; a provider may show no names at all. */
const unchangedAt = (trace: TraceView, path: string): { read: Answered; shown: string } | undefined => {
  const read = trace
    .answered('read')
    .find((each) => each.subject === path && restartSteps.written.valueOf(each) !== undefined);
  if (read === undefined) return undefined;
  if (isNotFound(read)) return { read, shown: `a GET of it is answered ${read.response.status}` };
  const words = read.response.status === 200 ? wordsOf(responseObject(read) ?? {}) : [];
  const word = restartSteps.written.valueOf(read) ?? '';
  return words.length === 0 || words.includes(word) ? undefined : { read, shown: `its names are ${words.join(', ')}` };
};

export const effectsAfterRestart = (
  trace: TraceView,
  submission: Submission,
  { poll, results }: Completion,
  /** Whether operations may fail for another reason than the restart. */
  mayFail: boolean,
): Finding<EffectCode>[] => {
  const asked = trace.exchangeOf(submission);
  const bodies = bodiesOf(submission, asked);
  const counts = countsOf(responseObject(poll) ?? {});
  const areAllDone = results.length === 0 && counts !== undefined && counts.success === submission.operations.length;
  const findingsOf = (index: number, result: OperationResult | undefined): Finding<EffectCode>[] => {
    const { method = '', path = '' } = submission.operations[index] ?? {};
    const found = method === 'POST' ? foundOf(trace, bodies[index]) : undefined;
    const about = describe(submission, index);
    const shown = [asked, poll, ...(found === undefined ? [] : [found.search])];
    const status = result?.status ?? '';
    if (result === undefined ? areAllDone : succeeded(result)) {
      if (found !== undefined && found.count !== 1)
        return [
          {
            code: found.count === 0 ? 'effect-lost' : 'done-twice',
            expected: `one resource that ${about} has created`,
            actual: found.count === 0 ? 'it is not found' : `${found.count} of its name are found`,
            exchanges: shown,
          },
        ];
      const unchanged = method === 'POST' ? undefined : unchangedAt(trace, path);
      if (unchanged === undefined) return [];
      const { read, shown: actual } = unchanged;
      const expected = `the effect of ${about}, which is reported as a success`;
      return [{ code: 'effect-lost', expected, actual, exchanges: [asked, poll, read] }];
    }
    if (status === '409' && found?.count === 1) {
      const actual = 'its status is "409", and its resource exists: it was done, and then tried again';
      return [{ code: 'done-twice', expected: `${about} to be done once`, actual, exchanges: shown }];
    }
    if (mayFail || !(Number(status) >= 500) || isNotImplemented(result)) return [];
    const expected = `${about} to succeed after the restart, because it is valid`;
    return [{ code: 'failed-by-restart', expected, actual: `its status is "${status}"`, exchanges: [asked, poll] }];
  };
  const findings = submission.operations.flatMap((_, index) =>
    findingsOf(
      index,
      results.find((result) => result.index === index),
    ),
  );
  // One of each kind is enough.
  return [...new Map(findings.toReversed().map((finding) => [finding.code, finding])).values()];
};
