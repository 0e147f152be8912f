/** Follows several accepted requests to their ends at the same time, because each has its own Retry-After. */
import { allEnded } from '../../concurrency/all-ended.js';
import type { Session, Submitted } from '../../session/session.js';

/**
 * Leaves out requests that were not accepted. If some fail, throws the error of the first one after all have ended.
 * `firstPoll` says whether the first poll is sent at once, or when the request may be done (`settleWhenDone`).
 */
export const settleAll = async (
  session: Session,
  submitted: readonly Submitted[],
  firstPoll: 'at once' | 'when done' = 'at once',
): Promise<void> => {
  const accepted = submitted.filter(({ submission }) => submission.accepted);
  await allEnded(
    accepted.map((each) => (firstPoll === 'at once' ? session.settle(each) : session.settleWhenDone(each))),
  );
};
