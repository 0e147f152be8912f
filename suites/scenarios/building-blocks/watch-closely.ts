/**
 * Reads a status resource more often than Retry-After asks, which a small sample may do (profile §7, clarification 11): a
 * job that changes a completed status shows only if the status was read before and after it.
 */
import type { Submission } from '../../../schemas/types.js';
import type { Session } from '../../session/session.js';
import { isObject, responseObject } from '../../trace/message.js';

/** Milliseconds before each read while the request is pending. */
const pausesWhilePending = [0, 20, 40, 80, 160];

/** Milliseconds before each read of the completed status. */
const pausesAfterwards = [400, 1200];

/** Reads the status of an accepted request from the beginning, until it is completed or all pauses are used up. */
export const watchClosely = async (session: Session, submission: Submission): Promise<void> => {
  for (const pause of pausesWhilePending) {
    await session.pause(pause);
    const status = responseObject(await session.readStatus(submission))?.status;
    if (!isObject(status) || status.completed !== false) return;
  }
};

/** Reads a completed status again, a little and a while later. */
export const readLater = async (session: Session, submission: Submission): Promise<void> => {
  for (const pause of pausesAfterwards) {
    await session.pause(pause);
    await session.readStatus(submission);
  }
};
