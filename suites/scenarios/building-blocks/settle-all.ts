/** Follows several accepted requests to their ends at a time: each waits as long as it is asked to. */
import type { Session, Submitted } from '../../session/session.js';

/**
 * What was not accepted is left out. Throws what the first of them throws, when all have ended. The first look comes
 * at once, or when a request may be done (`settleWhenDone`).
 */
export const settleAll = async (
  session: Session,
  submitted: readonly Submitted[],
  firstLook: 'at once' | 'when done' = 'at once',
): Promise<void> => {
  const accepted = submitted.filter(({ submission }) => submission.accepted);
  const ends = await Promise.allSettled(
    accepted.map((each) => (firstLook === 'at once' ? session.settle(each) : session.settleWhenDone(each))),
  );
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};
