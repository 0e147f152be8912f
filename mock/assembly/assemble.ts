/** Puts the stages together: http → policy → jobs → resources → events, on top of the ports. */
import { setMaxListeners } from 'node:events';
import type { FastifyInstance } from 'fastify';
import type { Environment } from '../environment.js';
import type { PushTarget, Settings } from '../options.js';
import { createEventing } from './eventing.js';
import { createServing } from './serving.js';
import { setUp, type AssembleOptions } from './setup.js';
import { createWorking } from './working.js';

export type PushOrder = (PushTarget | { readonly url?: undefined }) & { readonly client?: 'primary' | 'second' };

/** What a mock holds now, in numbers. */
export interface Snapshot {
  readonly users: number;
  readonly groups: number;
  readonly statuses: number;
  /** Operations that are not finished. */
  readonly pending: number;
}

/** A provider that nothing leads to yet. */
export interface Assembly {
  readonly app: FastifyInstance;
  readonly clock: Environment['clock'];
  readonly settings: Settings;
  readonly tokens: { readonly primary: string; readonly second: string };
  readonly snapshot: () => Promise<Snapshot>;
  /** Pushes the tokens that are made from now on to this receiver (RFC 8935); without `url` to none any more. */
  readonly pushTo: (target: PushOrder) => void;
  /** Resolves when all that is being answered now is answered. */
  readonly answered: () => Promise<unknown>;
  /** Nobody is waited for any more. */
  readonly hurry: () => void;
  /** Ends the work behind the answers. */
  readonly end: () => Promise<void>;
}

/** Milliseconds for which a request that has begun to arrive is waited for when the mock stops. */
export const stopGrace = 1000;

/** Throws UnknownFault. The base URL is asked for with the first request. */
export const assemble = (options: AssembleOptions, baseUrl: () => string): Assembly => {
  const setup = setUp(options, baseUrl);
  const { environment, settings, ports, primary, second, push } = setup;
  const stopping = new AbortController();
  // Every request that waits listens to it.
  setMaxListeners(0, stopping.signal);
  const eventing = createEventing(setup);
  const working = createWorking(setup, eventing);
  const { app, answered } = createServing(setup, eventing, working, stopping.signal);
  const { pushers } = eventing;
  if (push !== undefined) pushers.to(primary.name, push);
  return {
    app,
    clock: environment.clock,
    settings,
    tokens: { primary: primary.token, second: second.token },
    snapshot: async () => ({
      users: await ports.store.count('User'),
      groups: await ports.store.count('Group'),
      ...(await ports.jobs.count()),
    }),
    pushTo: ({ client = 'primary', ...target }) =>
      pushers.to({ primary, second }[client].name, target.url === undefined ? undefined : target),
    answered,
    hurry: () => stopping.abort(),
    end: async () => {
      working.workers.stop();
      await pushers.stop();
    },
  };
};
