/** ERR-03, ERR-06 and ERR-07 judge how an operation ended, whether it was refused at once or in its result. */
import type { Submission } from '../../../schemas/types.js';
import type { TraceView } from '../../judging/trace-view.js';
import { isObject, responseJson, responseObject } from '../../trace/message.js';
import { isStep, type Step } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

export interface OperationOutcome {
  /** HTTP status of the answer or of the result; `success` if only the counts show it; undefined if the result has none. */
  readonly status: string | undefined;
  readonly response: unknown;
  /** The first one submitted the operation. */
  readonly exchanges: readonly [Answered, ...Answered[]];
}

/** Whether the operation was done. */
export const isDone = ({ status }: OperationOutcome): boolean => status === 'success' || /^2/.test(status ?? '');

/** How a single submission ended: the answer itself if it was refused at once, else the result of its operation; undefined if unknown. */
export const outcomeOf = (trace: TraceView, submission: Submission): OperationOutcome | undefined => {
  const exchange = trace.exchangeOf(submission);
  if (!submission.accepted) {
    return { status: String(exchange.response.status), response: responseJson(exchange), exchanges: [exchange] };
  }
  if (trace.settlement(submission)?.outcome !== 'completed') return undefined;
  const completion = trace.completion(submission);
  if (completion === undefined) return undefined;
  const { poll, results } = completion;
  const [result] = results;
  // Without Operations (LIFE-10 demands them) the counts show only whether the operation succeeded.
  const counts = responseObject(poll)?.operationsCount;
  if (result === undefined && !(isObject(counts) && counts.success === 1)) return undefined;
  return {
    status: result === undefined ? 'success' : result.status,
    response: result?.response,
    exchanges: [exchange, poll],
  };
};

/**
 * How a request ended that should be refused at once. Over respond-async, an error that a 202 hides may be reported in the
 * completion event (RFC 9967 §2.5.1.3). Undefined if the end was not seen.
 */
export const endOf = (trace: TraceView, exchange: Answered): OperationOutcome | undefined => {
  const submission = trace.submissions().find((each) => each.exchange === exchange.n);
  return submission?.accepted === true && submission.binding === 'respond-async'
    ? outcomeOf(trace, submission)
    : { status: String(exchange.response.status), response: responseJson(exchange), exchanges: [exchange] };
};

/**
 * Outcomes of all operations of this purpose and step (every step if absent), in both modes. A 501 is left out: a
 * provider does not check an operation that it does not implement.
 */
export const outcomes = (
  trace: TraceView,
  purpose: 'refusal' | 'duplicate' | 'unknown-resource',
  only?: Step,
): readonly OperationOutcome[] => {
  const submissions = trace.submissions();
  const submitted = new Set(submissions.map(({ exchange }) => exchange));
  const isWanted = (exchange: Answered): boolean =>
    exchange.purpose === purpose && (only === undefined || isStep(exchange, only));
  const synchronous = trace
    .answered(purpose)
    // MODE-02 judges a 202 to a synchronous request.
    .filter((exchange) => isWanted(exchange) && !submitted.has(exchange.n) && exchange.response.status !== 202)
    .map((exchange): OperationOutcome => ({
      status: String(exchange.response.status),
      response: responseJson(exchange),
      exchanges: [exchange],
    }));
  const asynchronous = submissions
    .filter((submission) => isWanted(trace.exchangeOf(submission)))
    .flatMap((submission) => outcomeOf(trace, submission) ?? []);
  return [...synchronous, ...asynchronous].filter(({ status }) => status !== '501');
};
