/** Waits a little, during the cleanup, for the end of a pending request, so that the resources it creates are known. */
import { header } from '../../../schemas/names.js';
import { bindings } from '../../bindings/index.js';
import { resultsOf } from '../../bindings/respond-async.js';
import type { UnderWay } from '../../leftovers/cleanup.js';
import { askedToWaitMs } from '../../trace/asked-to-wait.js';
import { isUnavailable } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';
import { endOf } from '../end-of-work.js';
import { arrival } from './events.js';
import { pollMs } from './status.js';
import type { WatchedSession } from './watched-session.js';

/** Milliseconds for one request. */
const patienceMs = 5000;

/** Waits for the events of a request without a status resource. Returns whether it is known to be still pending. */
const awaitEvents = async (
  { context, learner }: WatchedSession,
  { observed, client }: UnderWay,
  until: number,
): Promise<boolean> => {
  const { clock, signal, facts, events } = context;
  while (clock.now() < until && !signal.aborted) {
    const tokens = events.inbox.of(observed.txn ?? '').map(({ token }) => token);
    const results = resultsOf(tokens, observed, facts.baseUrl);
    if (results !== undefined || events.poller === undefined) {
      learner.created(results ?? [], facts.baseUrl, client);
      return false;
    }
    await arrival(context, until - clock.now());
  }
  return true;
};

/** Returns whether the request is known to be still pending. */
export const awaitEnd = async (session: WatchedSession, request: UnderWay): Promise<boolean> => {
  const { context, learner } = session;
  const { clock, signal, facts } = context;
  const { binding, location, observed, client = 'primary' } = request;
  const until = clock.now() + patienceMs;
  if (location === undefined) return awaitEvents(session, request, until);
  while (clock.now() < until && !signal.aborted) {
    const poll = await session.attempt({
      method: 'GET',
      url: location,
      purpose: 'cleanup',
      credential: client,
      headers: [[header.accept, bindings[binding].accept]],
    });
    if (!isAnswered(poll) || (endOf(signal) !== undefined && isUnavailable(poll))) return signal.aborted;
    const observation = bindings[binding].observe(poll, observed, facts.baseUrl);
    if (observation.state === 'completed') learner.created(observation.results, location, client);
    if (observation.state !== 'pending') return false;
    const wait = Math.max(askedToWaitMs(poll, clock.date()) ?? 0, pollMs.unasked.first);
    await clock.sleep(Math.min(wait, Math.max(0, until - clock.now())), signal);
  }
  return true;
};
