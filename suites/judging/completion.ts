/** Finds the first exchange that shows a submission completed, with its results: a read of its status, or the events. */
import type { Submission } from '../../schemas/types.js';
import type { OperationResult } from '../bindings/binding.js';
import { bindings } from '../bindings/index.js';
import { endsAtErrors } from '../bindings/complete-results.js';
import { resultsOf } from '../bindings/respond-async.js';
import { isObject, responseObject } from '../trace/message.js';
import { isAnswered, type Answered } from '../trace/trace.js';
import type { EntryView } from './entry-view.js';

export interface Completion {
  readonly poll: Answered;
  /** Each at the place of its operation, if the bulkIds show which one that is. */
  readonly results: readonly OperationResult[];
  /** In the order of the answer. */
  readonly shown: readonly OperationResult[];
}

const hasPending = (poll: Answered): boolean => {
  const counts = responseObject(poll)?.operationsCount;
  return isObject(counts) && typeof counts.pending === 'number' && counts.pending > 0;
};

/**
 * BULK-06 judges a wrong order; for the other judges each result belongs to the operation that its bulkId names. There are
 * fewer results than operations if `failOnErrors` ended the request.
 */
export const aligned = (results: readonly OperationResult[], submission: Submission): readonly OperationResult[] => {
  const byId = new Map(results.map((result) => [result.bulkId, result]));
  const ids = submission.operations.map(({ bulkId }) => bulkId);
  const isComplete = results.length === ids.length || endsAtErrors(results, submission);
  const areUnique = byId.size === results.length && new Set(ids).size === ids.length;
  return isComplete && areUnique && results.every(({ bulkId }) => ids.includes(bulkId))
    ? ids.flatMap((id, index) => {
        const result = byId.get(id);
        return result === undefined ? [] : [{ ...result, index }];
      })
    : results;
};

const byReads = (view: EntryView, submission: Submission): Completion | undefined => {
  const binding = bindings[submission.binding];
  for (const poll of submission.accepted ? view.statusReads(submission) : []) {
    const observation = binding.observe(poll, submission, view.target.baseUrl);
    // A completed status with something pending contradicts itself (STAT-05): its results are not used.
    if (observation.state === 'completed' && !hasPending(poll)) {
      return { poll, results: aligned(observation.results, submission), shown: observation.results };
    }
  }
  return undefined;
};

/** The completion by events that came by poll or push: at the event with which all operations have one. */
const byEvents = (view: EntryView, submission: Submission): Completion | undefined => {
  const tokens = view.tokens(submission);
  // With fewer events than operations they cannot be complete.
  for (let count = Math.max(1, submission.operations.length); count <= tokens.length; count += 1) {
    const results = resultsOf(tokens.slice(0, count), submission, view.target.baseUrl);
    const poll = view.exchangeAt(tokens[count - 1]?.exchange ?? -1);
    if (results !== undefined && isAnswered(poll)) return { poll, results, shown: results };
  }
  return undefined;
};

/** The first exchange that showed a submission completed; undefined if there is none. */
export const firstCompletion = (view: EntryView, submission: Submission): Completion | undefined => {
  const read = byReads(view, submission);
  const event = byEvents(view, submission);
  // After the events the scenario may still read the result.
  return read === undefined || (event !== undefined && event.poll.n < read.poll.n) ? event : read;
};
