/** When a submission was first seen completed, and with which results: by a look at it, or by the events that came. */
import type { Submission } from '../../schemas/types.js';
import type { OperationResult } from '../bindings/binding.js';
import { bindings } from '../bindings/index.js';
import { resultsOf } from '../bindings/respond-async.js';
import { isObject, responseObject } from '../trace/message.js';
import { isAnswered, type Answered } from '../trace/trace.js';
import type { EntryView } from './entry-view.js';

export interface Completion {
  readonly poll: Answered;
  /** Each at the place of its operation, where bulkIds tell which that is. */
  readonly results: readonly OperationResult[];
  /** In the order of the answer. */
  readonly shown: readonly OperationResult[];
}

const hasPending = (poll: Answered): boolean => {
  const counts = responseObject(poll)?.operationsCount;
  return isObject(counts) && typeof counts.pending === 'number' && counts.pending > 0;
};

/** A wrong order is BULK-06's finding: the other judges read each result as that of the operation that it names. */
const aligned = (results: readonly OperationResult[], { operations }: Submission): readonly OperationResult[] => {
  const byId = new Map(results.map((result) => [result.bulkId, result]));
  const ids = operations.map(({ bulkId }) => bulkId);
  const telling = results.length === ids.length && byId.size === ids.length && ids.every((id) => byId.has(id));
  return telling ? ids.flatMap((id, index) => ({ ...byId.get(id), index })) : results;
};

const byLooks = (view: EntryView, submission: Submission): Completion | undefined => {
  const binding = bindings[submission.binding];
  for (const poll of submission.accepted ? view.statusReads(submission) : []) {
    const observation = binding.observe(poll, submission, view.target.baseUrl);
    // Completed with something pending contradicts itself (STAT-05), and says nothing of the results.
    if (observation.state === 'completed' && !hasPending(poll)) {
      return { poll, results: aligned(observation.results, submission), shown: observation.results };
    }
  }
  return undefined;
};

/** Completion events that came by poll or push: the one with which they are complete. */
const byEvents = (view: EntryView, submission: Submission): Completion | undefined => {
  const tokens = view.tokens(submission);
  // Before there are as many as operations, they cannot be complete.
  for (let count = Math.max(1, submission.operations.length); count <= tokens.length; count += 1) {
    const results = resultsOf(tokens.slice(0, count), submission, view.target.baseUrl);
    const poll = view.exchangeAt(tokens[count - 1]?.exchange ?? -1);
    if (results !== undefined && isAnswered(poll)) return { poll, results, shown: results };
  }
  return undefined;
};

/** The first exchange that showed a submission completed; undefined where none did. */
export const firstCompletion = (view: EntryView, submission: Submission): Completion | undefined => {
  const looked = byLooks(view, submission);
  const told = byEvents(view, submission);
  // Who was told by an event may look at the result long afterwards.
  return looked === undefined || (told !== undefined && told.poll.n < looked.poll.n) ? told : looked;
};
