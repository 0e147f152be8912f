/** The part of a session that submitting and waiting for accepted requests use. */
import type { Exchange, Submission } from '../../../schemas/types.js';
import type { UnderWay } from '../../leftovers/cleanup.js';
import type { Learner } from '../../leftovers/learner.js';
import type { Answered, TraceEntry } from '../../trace/trace.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';

export interface WatchedSession {
  readonly context: RunContext;
  readonly learner: Learner;
  /** Adds an entry to the trace. */
  readonly record: <E extends TraceEntry>(entry: Omit<E, 'n'>) => E;
  /** Reads the status resource of an accepted submission once. Throws Blocked if there is no answer. */
  readonly readStatus: (submission: Submission, plan: Partial<RequestPlan>) => Promise<Answered>;
  /** Makes one exchange; if it fails, the exchange holds the failure. */
  readonly attempt: (plan: RequestPlan) => Promise<Exchange>;
  /** Makes one exchange. Throws Blocked if there is no answer. */
  readonly send: (plan: RequestPlan) => Promise<Answered>;
}

/** The fields of a submission that are needed to wait for its end. */
export const underWay = ({ binding, location, operations, shape, txn, failOnErrors }: Submission): UnderWay => ({
  binding,
  location,
  observed: {
    operations,
    shape,
    ...(txn === undefined ? {} : { txn }),
    ...(failOnErrors === undefined ? {} : { failOnErrors }),
  },
});
