/** The bulk requests of a trace, and how findings about them are said. */
import type { Submission } from '../../schemas/types.js';
import type { OperationResult } from '../bindings/binding.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from '../trace/trace-view.js';
import type { Finding } from './judge.js';

export interface Bulk {
  readonly submission: Submission;
  readonly asked: Answered;
  readonly poll: Answered;
  readonly results: readonly OperationResult[];
  readonly shown: readonly OperationResult[];
}

/** The accepted bulk requests whose completion was seen. */
export const bulksOf = (trace: TraceView): Bulk[] =>
  trace
    .submissions()
    .filter(({ accepted, shape }) => accepted && shape === 'bulk')
    .flatMap((submission) => {
      const completion = trace.completion(submission);
      return completion === undefined ? [] : [{ submission, asked: trace.asking(submission), ...completion }];
    });

export const findingOf =
  ({ asked, poll }: Bulk) =>
  (expected: string, actual: string, more: readonly Answered[] = []): Finding => ({
    expected,
    actual,
    exchanges: [asked, poll, ...more],
  });

export const succeeded = ({ status }: OperationResult): boolean => Number(status) >= 200 && Number(status) < 300;
export const failed = ({ status }: OperationResult): boolean => Number(status) >= 400;

export const describe = (submission: Submission, index: number): string => {
  const operation = submission.operations[index];
  return `operation ${index} (${operation?.method ?? ''} ${operation?.path ?? ''})`;
};
