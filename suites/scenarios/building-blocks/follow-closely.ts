/**
 * Polls a request every few milliseconds until its completion is seen, more often than Retry-After asks, which a small sample
 * may do (profile §7, clarification 11): an effect that comes a moment after the completion shows in no later look.
 */
import type { OperationResult } from '../../bindings/binding.js';
import { bindings } from '../../bindings/index.js';
import type { Session, Submitted } from '../../session/session.js';

/** Milliseconds between two polls. */
const pauseMs = 5;

/** The largest number of polls; a request that takes longer is followed as usual. */
const most = 40;

/** The results of the completed request; undefined if it does not complete. Throws Blocked if there is no answer. */
export const followClosely = async (
  session: Session,
  submitted: Submitted,
): Promise<readonly OperationResult[] | undefined> => {
  const { submission } = submitted;
  const { baseUrl, observation } = session.facts;
  const isByEvents = submission.binding === 'respond-async' && (observation === 'poll' || observation === 'push');
  for (let polls = 0; polls < most && !isByEvents; polls += 1) {
    const poll = await session.readStatus(submission);
    const seen = bindings[submission.binding].observe(poll, submission, baseUrl);
    if (seen.state === 'completed') return seen.results;
    if (seen.state === 'unreadable') break;
    await session.pause(pauseMs);
  }
  const { outcome, results } = await session.settle(submitted);
  return outcome === 'completed' ? results : undefined;
};
