/** Deletes everything that the run created, also after an interruption, and reports what could not be deleted. */
import { setMaxListeners } from 'node:events';
import type { Deadline } from '../client/clock.js';
import { mostTogether, deleteTogether } from '../leftovers/delete-together.js';
import type { Listing } from '../leftovers/cleanup-client.js';
import type { Endpoint } from '../leftovers/cleanup.js';
import { listOwnOf, findOwner } from '../leftovers/own-resources.js';
import { markOf } from '../leftovers/ownership.js';
import { endOf } from '../session/end-of-work.js';
import type { RunContext } from '../session/run-context.js';
import { Session } from '../session/session.js';
import { WaitsInVain } from '../session/waits-in-vain.js';
import { remainder } from '../leftovers/remainder.js';
import { sweep, sweepEarly, type SweepOptions } from '../leftovers/sweep.js';

/**
 * Cleaning up after an interruption is short, so that the user does not wait long. In any case it ends if the target gives
 * no useful answer for a while.
 */
const patienceMs = { usual: 60_000, makingRoom: 20_000, interrupted: 10_000, inVain: 30_000 };

/** The run's own signal may have been aborted: cleaning up is bounded by time instead. `usual` gives milliseconds. */
export const cleanUpWithin =
  (usual: () => number) =>
  ({ signal, clock }: RunContext): Deadline =>
    clock.deadline(endOf(signal)?.code === 'run-interrupted' ? patienceMs.interrupted : usual());

/** Returns what could not be deleted: URLs, names of users that may exist, and errors of the clean-up itself. */
export const cleanUp = async (
  context: RunContext,
  width: number,
  within: (context: RunContext) => Deadline = cleanUpWithin(() => patienceMs.usual),
): Promise<string[]> => {
  let deadline: Deadline | undefined;
  try {
    deadline = within(context);
    const webhooks = await deleteWebhooks(context, deadline);
    return [...webhooks, ...(await sweep(sweepOf(context, width, deadline)))];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      `cleaning up failed (${why}): what begins with ${markOf(context.run)} may be left`,
      ...remainder(context.cleanup),
    ];
  } finally {
    deadline?.cancel();
  }
};

/** Deletes the webhooks that scenarios left, and returns those that are still there. */
const deleteWebhooks = async (context: RunContext, { signal }: Deadline): Promise<string[]> => {
  const { webhooks } = context.cleanup;
  const waits = new WaitsInVain({ total: Infinity, atOnce: patienceMs.inVain }, () => undefined);
  const session = new Session({ ...context, signal, waits }, undefined);
  for (const url of webhooks) {
    const answer = await session.attempt({ method: 'DELETE', url, purpose: 'cleanup' }).catch(() => undefined);
    const status = answer?.response?.status ?? 0;
    if ((status >= 200 && status < 300) || status === 404 || status === 410) webhooks.delete(url);
  }
  return [...webhooks];
};

/**
 * Deletes what the run has created so far and does not need any more: a provider whose lists are long may be slow, and a
 * burst is followed by a time in which nothing can be deleted. What stays is deleted at the end of the run.
 */
export const makeRoom = async (context: RunContext, width: number): Promise<void> => {
  const deadline = context.clock.deadline(patienceMs.makingRoom);
  try {
    await sweepEarly(
      sweepOf(context, width, { ...deadline, signal: AbortSignal.any([deadline.signal, context.signal]) }),
    );
  } finally {
    deadline.cancel();
  }
};

const sweepOf = (context: RunContext, width: number, deadline: Deadline): SweepOptions => {
  const inVain = new AbortController();
  const over = AbortSignal.any([deadline.signal, inVain.signal]);
  // Every exchange and every wait adds a listener to it.
  setMaxListeners(0, over);
  const waits = new WaitsInVain({ total: Infinity, atOnce: patienceMs.inVain }, () => inVain.abort());
  const within = (signal: AbortSignal): Session => new Session({ ...context, signal, waits }, undefined);
  const session = within(over);
  const most = mostTogether(context.facts);
  const { creators } = context.cleanup;
  const list = (endpoint: Endpoint, how: 'by filter' | 'by reading all'): Promise<Listing | undefined> =>
    listOwnOf(session, context.run, { endpoint, how, clients: creators.clients });
  return {
    cleanup: context.cleanup,
    client: {
      delete: (url) => session.attempt({ method: 'DELETE', url, purpose: 'cleanup', credential: creators.of(url) }),
      ...(most < 2
        ? {}
        : {
            together: {
              most,
              delete: (urls) =>
                deleteTogether(
                  session,
                  urls.filter((url) => creators.of(url) === 'primary'),
                ),
            },
          }),
      findOwner: (url) => findOwner(session, context.run, url, creators.of(url)),
      find: (endpoint, name) => session.find(name, 'cleanup', endpoint),
      findRest: (endpoint) => list(endpoint, 'by filter'),
      readAll: async (endpoint) => (context.facts.capabilities.filter ? undefined : list(endpoint, 'by reading all')),
      awaitEnd: (request, signal) => within(signal).awaitEnd(request),
    },
    width,
    patience: { signal: over, left: () => deadline.left(), clock: context.clock },
  };
};
