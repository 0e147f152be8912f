/** ERR-03, ERR-06 and ERR-07: what became of one operation, whether it was refused at once or in its result. */
import type { Submission } from '../../../schemas/types.js';
import type { TraceView } from '../../judging/trace-view.js';
import { isObject, responseJson, responseObject } from '../../trace/message.js';
import { isStep, type Step } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

export interface OperationOutcome {
  /** HTTP status of the answer or of the result; `success` where only the counts say so; undefined where the result has none. */
  readonly status: string | undefined;
  readonly response: unknown;
  /** The first is the one that asked. */
  readonly exchanges: readonly [Answered, ...Answered[]];
}

/** Whether the operation was done. */
export const isDone = ({ status }: OperationOutcome): boolean => status === 'success' || /^2/.test(status ?? '');

/** How a single submission ended: the answer itself where it was refused at once, else the result of its operation; undefined while unknown. */
export const outcomeOf = (trace: TraceView, submission: Submission): OperationOutcome | undefined => {
  const asking = trace.asking(submission);
  if (!submission.accepted) {
    return { status: String(asking.response.status), response: responseJson(asking), exchanges: [asking] };
  }
  if (trace.settlement(submission)?.outcome !== 'completed') return undefined;
  const completion = trace.completion(submission);
  if (completion === undefined) return undefined;
  const { poll, results } = completion;
  const [result] = results;
  // Without Operations (LIFE-10 demands them) the counts say only whether it succeeded.
  const counts = responseObject(poll)?.operationsCount;
  if (result === undefined && !(isObject(counts) && counts.success === 1)) return undefined;
  return {
    status: result === undefined ? 'success' : result.status,
    response: result?.response,
    exchanges: [asking, poll],
  };
};

/**
 * Outcomes of everything that this purpose asked in this step (any, where absent), in both modes. What a provider does
 * not implement (501) it did not judge.
 */
export const outcomes = (
  trace: TraceView,
  purpose: 'refusal' | 'duplicate' | 'unknown-resource',
  only?: Step,
): readonly OperationOutcome[] => {
  const submissions = trace.submissions();
  const asked = new Set(submissions.map(({ exchange }) => exchange));
  const isWanted = (exchange: Answered): boolean =>
    exchange.purpose === purpose && (only === undefined || isStep(exchange, only));
  const synchronous = trace
    .answered(purpose)
    // A 202 that nobody asked for is MODE-02's.
    .filter((exchange) => isWanted(exchange) && !asked.has(exchange.n) && exchange.response.status !== 202)
    .map((exchange): OperationOutcome => ({
      status: String(exchange.response.status),
      response: responseJson(exchange),
      exchanges: [exchange],
    }));
  const asynchronous = submissions
    .filter((submission) => isWanted(trace.asking(submission)))
    .flatMap((submission) => outcomeOf(trace, submission) ?? []);
  return [...synchronous, ...asynchronous].filter(({ status }) => status !== '501');
};
