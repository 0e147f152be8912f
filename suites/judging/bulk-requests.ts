/** The judges of bulk requests share how they find these in a trace, and how they build findings. */
import type { Submission } from '../../schemas/types.js';
import type { Bulk } from './bulk.js';
import type { OperationResult } from '../bindings/binding.js';
import type { Finding } from './judge.js';
import type { TraceView } from './trace-view.js';
import { responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { countsOf } from './status-members.js';
import { isStillMoving } from './still-moving.js';
import { synchronousBulksOf } from './synchronous-bulks.js';

export type { Bulk } from './bulk.js';

/** The accepted bulk requests whose completion was seen; of a target without an asynchronous binding, the synchronous ones. */
export const bulksOf = (trace: TraceView): Bulk[] => [...acceptedBulksOf(trace), ...synchronousBulksOf(trace)];

const acceptedBulksOf = (trace: TraceView): Bulk[] =>
  trace
    .submissions()
    .filter(({ accepted, shape }) => accepted && shape === 'bulk')
    .flatMap((submission) => {
      const completion = trace.completion(submission);
      return completion === undefined ? [] : [{ submission, asked: trace.exchangeOf(submission), ...completion }];
    });

/**
 * The last read of a bulk request that reached failOnErrors, but was not completed within the deadline, and does not go on:
 * operations that were not run are still pending. Undefined for all other requests.
 */
export const leftPending = (trace: TraceView, submission: Submission): Answered | undefined => {
  if (
    submission.shape !== 'bulk' ||
    trace.settlement(submission)?.outcome !== 'deadline' ||
    isStillMoving(trace, submission)
  )
    return undefined;
  const limit = submission.failOnErrors;
  const last = trace.statusReads(submission).at(-1);
  const counts = last === undefined ? undefined : countsOf(responseObject(last) ?? {});
  return limit !== undefined && counts !== undefined && counts.failed >= limit ? last : undefined;
};

export const findingOf =
  ({ asked, poll }: Bulk) =>
  <Code extends string>(
    code: Code,
    expected: string,
    actual: string,
    more: readonly Answered[] = [],
  ): Finding<Code> => ({
    code,
    expected,
    actual,
    // A synchronous request shows its results in its own answer.
    exchanges: [asked, ...(poll === asked ? [] : [poll]), ...more],
  });

export const succeeded = ({ status }: OperationResult): boolean => Number(status) >= 200 && Number(status) < 300;

export const failed = ({ status }: OperationResult): boolean => Number(status) >= 400;

/** Whether a provider says that it does not do such an operation in a bulk request (profile §7, clarification 14). */
export const isNotImplemented = (result: OperationResult | undefined): boolean => result?.status === '501';

export const describe = (submission: Submission, index: number): string => {
  const operation = submission.operations[index];
  return `operation ${index} (${operation?.method ?? ''} ${operation?.path ?? ''})`;
};
