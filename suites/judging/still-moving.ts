/** A request that was pending at the end of its wait, but went on until then, is slow: nothing of it is missing or stuck yet. */
import type { Submission } from '../../schemas/types.js';
import { dateOf } from '../trace/answers.js';
import { responseObject } from '../trace/message.js';
import { countsOf } from './status-members.js';
import type { TraceView } from './trace-view.js';

/** Whether some event was issued in the second half of the wait, by the clock of the provider: a feed may bring it later. */
const isTold = (trace: TraceView, submission: Submission, waited: number): boolean => {
  const begun = dateOf(trace.exchangeOf(submission));
  return trace.tokens(submission).some(({ claims }) => Number(claims?.iat) * 1000 > begun + waited / 2);
};

/** Whether events of the request were issued, or its counts changed, in the second half of a wait that ended at the deadline. */
export const isStillMoving = (trace: TraceView, submission: Submission): boolean => {
  const settlement = trace.settlement(submission);
  if (settlement?.outcome !== 'deadline') return false;
  const { waited } = settlement;
  const { at, took } = trace.exchangeOf(submission);
  const half = at + took + waited / 2;
  const pendingAt = trace
    .statusReads(submission)
    .map((read) => ({ at: read.at, pending: countsOf(responseObject(read) ?? {})?.pending }));
  const before = pendingAt.filter((read) => read.at < half).at(-1);
  return isTold(trace, submission, waited) || (before !== undefined && before.pending !== pendingAt.at(-1)?.pending);
};
