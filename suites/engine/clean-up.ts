/** Takes everything away that the run created, also after an interruption; what stays is said. */
import { setMaxListeners } from 'node:events';
import type { RunContext } from '../session/run-context.js';
import { Session } from '../session/session.js';

/** A run that was interrupted does not keep its user waiting for long. */
const patienceMs = { usual: 60_000, interrupted: 10_000 };

/** Returns what could not be deleted: URLs, and names of users that may exist. */
export const cleanUp = async (context: RunContext, width: number): Promise<string[]> => {
  // The run's own signal may have been aborted: cleaning up is bounded by time instead.
  const signal = AbortSignal.timeout(context.signal.aborted ? patienceMs.interrupted : patienceMs.usual);
  setMaxListeners(0, signal);
  const session = new Session({ ...context, signal }, undefined);
  return context.cleanup.sweep(
    {
      request: (method, url) => session.attempt({ method, url, purpose: 'cleanup' }),
      find: (endpoint, name) => session.find(name, 'cleanup', endpoint),
      findRest: (endpoint) => session.findRest(endpoint),
      awaitEnd: (request) => session.awaitEnd(request),
    },
    width,
    signal,
  );
};
