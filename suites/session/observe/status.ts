/** Waits for the end of an accepted request by polling its status resource, no faster than the target asks. */
import { bindings } from '../../bindings/index.js';
import type { CredentialName } from '../../redaction/vault.js';
import { askedToWaitMs } from '../../trace/asked-to-wait.js';
import type { Settled, Submitted } from '../submitting.js';
import type { WatchedSession } from './watched-session.js';

/** Waits between polls if the target does not say how long to wait (`unasked`), or says 0 (`zero`). */
export const pollMs = {
  unasked: { first: 100, factor: 1.5, longest: 2000 },
  zero: { first: 10, factor: 1.5, longest: 200 },
};

/** Milliseconds before the next poll. `waits`: number of waits before. `asked` is undefined if the target did not say. */
const waitBefore = (asked: number | undefined, waits: number): number => {
  if (asked !== undefined && asked > 0) return asked;
  const { first, factor, longest } = asked === 0 ? pollMs.zero : pollMs.unasked;
  return Math.min(first * factor ** waits, longest);
};

interface PollPlan {
  readonly credential: CredentialName;
  /** A time of the clock. */
  readonly deadline: number;
  /** Milliseconds from the acceptance to the first poll. */
  readonly firstPollMs: number;
}

export const pollStatus = async (
  { context: { clock, signal, facts, startedAt }, readStatus }: WatchedSession,
  { submission, exchange: accepted }: Submitted,
  { credential, deadline, firstPollMs }: PollPlan,
): Promise<Settled> => {
  const binding = bindings[submission.binding];
  const firstPollAt = startedAt + accepted.at + accepted.took + firstPollMs;
  let previous = accepted;
  for (let polls = 0; ; polls += 1) {
    const wait = polls === 0 ? firstPollAt - clock.now() : waitBefore(askedToWaitMs(previous, clock.date()), polls - 1);
    if (wait > 0) await clock.sleep(Math.min(wait, Math.max(0, deadline - clock.now())), signal);
    const poll = await readStatus(submission, { purpose: 'poll', credential });
    const observation = binding.observe(poll, submission, facts.baseUrl);
    if (observation.state === 'completed') return { outcome: 'completed', results: observation.results, last: poll };
    if (observation.state === 'unreadable') return { outcome: 'unreadable', results: [], last: poll };
    if (clock.now() > deadline) return { outcome: 'deadline', results: [], last: poll };
    previous = poll;
  }
};
