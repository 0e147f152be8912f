/** A request that was pending at the end of its wait, but went on until then, is slow: nothing of it is missing or stuck yet. */
import type { Submission } from '../../schemas/types.js';
import { responseObject } from '../trace/message.js';
import { countsOf } from './status-members.js';
import type { TraceView } from './trace-view.js';

/** Whether events of the request came, or its counts changed, in the second half of a wait that ended at the deadline. */
export const isStillMoving = (trace: TraceView, submission: Submission): boolean => {
  const settlement = trace.settlement(submission);
  if (settlement?.outcome !== 'deadline') return false;
  const { at, took } = trace.exchangeOf(submission);
  const half = at + took + settlement.waited / 2;
  const pendingAt = trace
    .statusReads(submission)
    .map((read) => ({ at: read.at, pending: countsOf(responseObject(read) ?? {})?.pending }));
  const before = pendingAt.filter((read) => read.at < half).at(-1);
  return (
    trace.tokens(submission).some(({ exchange }) => trace.exchangeAt(exchange).at > half) ||
    (before !== undefined && before.pending !== pendingAt.at(-1)?.pending)
  );
};
