/** ERR-01 to ERR-10: how a provider refuses. */
import { urn } from '../../../schemas/names.js';
import type { Submission } from '../../../schemas/types.js';
import { operationResults } from '../../bindings/operation-result.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf } from '../../security-events/security-event-token.js';
import { isObject, responseJson, responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

interface OperationOutcome {
  readonly status: string | undefined;
  readonly response: unknown;
  readonly exchanges: Answered[];
}

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
  // Without Operations (LIFE-10 wants them) the counts say only whether it succeeded.
  const counts = responseObject(poll)?.operationsCount;
  if (result === undefined && !(isObject(counts) && counts.success === 1)) return undefined;
  return { status: result?.status ?? 'success', response: result?.response, exchanges: [asking, poll] };
};

/** Outcomes of everything that this purpose asked, synchronously or not. What a provider does not implement (501) it did not judge. */
export const outcomes = (
  trace: TraceView,
  purpose: 'refusal' | 'duplicate' | 'unknown-resource',
  variant?: string,
): OperationOutcome[] => {
  const submissions = trace.submissions();
  const asked = new Set(submissions.map(({ exchange }) => exchange));
  const wanted = (exchange: Answered): boolean =>
    exchange.purpose === purpose && (variant === undefined || exchange.variant === variant);
  const synchronous = trace
    .answered(purpose)
    // A 202 that nobody asked for is MODE-02's.
    .filter((exchange) => wanted(exchange) && !asked.has(exchange.n) && exchange.response.status !== 202)
    .map((exchange) => ({
      status: String(exchange.response.status),
      response: responseJson(exchange),
      exchanges: [exchange],
    }));
  const asynchronous = submissions
    .filter((submission) => wanted(trace.asking(submission)))
    .flatMap((submission) => outcomeOf(trace, submission) ?? []);
  return [...synchronous, ...asynchronous].filter(({ status }) => status !== '501');
};

/** SCIM errors that an answer holds: itself, or those in results of operations. */
export const errorsIn = (trace: TraceView, exchange: Answered): Record<string, unknown>[] => {
  const body = responseObject(exchange);
  const nested = body === undefined ? [] : operationResults(body).map(({ response }) => response);
  const inEvents = trace
    .tokensBy(exchange)
    .map(({ claims }) => completionOf(claims))
    .map((payload) => (isObject(payload) ? payload.response : undefined));
  return [body, ...nested, ...inEvents]
    .filter(isObject)
    .filter(({ schemas }) => Array.isArray(schemas) && schemas.includes(urn.error));
};
