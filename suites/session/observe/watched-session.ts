/** What the parts of a session take of it: submitting, and watching what was accepted. */
import type { Exchange, Submission } from '../../../schemas/types.js';
import type { UnderWay } from '../../leftovers/cleanup.js';
import type { Learner } from '../../leftovers/learner.js';
import type { Answered, TraceEntry } from '../../trace/trace.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';

export interface WatchedSession {
  readonly context: RunContext;
  readonly learner: Learner;
  /** Gives an entry its place in the trace. */
  readonly record: <E extends TraceEntry>(entry: Omit<E, 'n'>) => E;
  /** One look at an accepted submission. Throws Blocked where there is no answer. */
  readonly look: (submission: Submission, plan: Partial<RequestPlan>) => Promise<Answered>;
  /** One exchange; where it fails, the exchange says so. */
  readonly attempt: (plan: RequestPlan) => Promise<Exchange>;
  /** One exchange. Throws Blocked where there is no answer. */
  readonly send: (plan: RequestPlan) => Promise<Answered>;
}

/** What of a submission it takes to wait for its end. */
export const underWay = ({ binding, location, operations, shape, txn }: Submission): UnderWay => ({
  binding,
  location,
  observed: { operations, shape, ...(txn === undefined ? {} : { txn }) },
});
