/** Creates all parts of a mock and connects them: http → policy → jobs → resources → events, on top of the ports. */
import { setMaxListeners } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { waitFor } from '../clock.js';
import type { Environment } from '../environment.js';
import type { PushTarget, Settings } from '../options.js';
import type { Ports } from '../ports.js';
import { createEventing } from './eventing.js';
import { createReceiver } from './receiving.js';
import { createServing } from './serving.js';
import { setUp, type AssembleOptions } from './setup.js';
import { createWorking } from './working.js';

export type PushOrder = (PushTarget | { readonly url?: undefined }) & { readonly client?: 'primary' | 'second' };

/** Numbers of what the mock holds at the moment. */
export interface Snapshot {
  readonly users: number;
  readonly groups: number;
  readonly statuses: number;
  /** Unfinished operations. */
  readonly pending: number;
}

/** A complete mock that does not yet receive requests. */
export interface Assembly {
  readonly app: FastifyInstance;
  readonly clock: Environment['clock'];
  readonly settings: Settings;
  readonly tokens: { readonly primary: string; readonly second: string };
  readonly snapshot: () => Promise<Snapshot>;
  /** Pushes new events of a client to this receiver (RFC 8935); without `url`, stops pushing them. */
  readonly pushTo: (target: PushOrder) => void;
  readonly ports: Ports;
  readonly clients: NonNullable<AssembleOptions['clients']>;
  /** Begins to take messages from the broker, if there is one. Rejects with an AmqpError if it cannot be used. */
  readonly receive: () => Promise<void>;
  /** Resolves when all requests in progress are answered. */
  readonly answered: () => Promise<unknown>;
  /** Ends all waiting, such as long polls, so that requests in progress are answered soon. */
  readonly endWaiting: () => void;
  /** After `end`: resolves when the operations that were running have finished, or after a second. */
  readonly workEnded: () => Promise<void>;
  /** Stops the workers, the pushing of events, the deliveries to webhooks and the taking of messages. */
  readonly end: () => Promise<void>;
}

/** When the mock stops, milliseconds for which it waits for requests that have only arrived in part. */
export const stopGrace = 1000;

/** `baseUrl` is first called when a request arrives. Rejects with UnknownFault, a StoreError or an AmqpError. */
export const assemble = async (options: AssembleOptions, baseUrl: () => string): Promise<Assembly> => {
  const setup = await setUp(options, baseUrl);
  const { environment, settings, ports, clients, primary, second, push, evaluator } = setup;
  const stopping = new AbortController();
  // Each waiting request adds a listener.
  setMaxListeners(0, stopping.signal);
  const eventing = createEventing(setup);
  const working = createWorking(setup, eventing);
  const { app, answered } = createServing(setup, eventing, working, stopping.signal);
  const receiver = createReceiver(setup, working);
  const { pushers, deliverers } = eventing;
  const workEnded = (): Promise<void> => waitFor(environment.clock, stopGrace, () => working.workers.ended(), []);
  if (push !== undefined) pushers.to(primary.name, push);
  return {
    app,
    clock: environment.clock,
    settings,
    ports,
    clients,
    tokens: { primary: primary.token, second: second.token },
    snapshot: async () => ({
      users: await ports.store.count('User'),
      groups: await ports.store.count('Group'),
      ...(await ports.jobs.count()),
    }),
    pushTo: ({ client = 'primary', ...target }) =>
      pushers.to({ primary, second }[client].name, target.url === undefined ? undefined : target),
    receive: async () => receiver?.start(),
    answered,
    workEnded,
    endWaiting: () => stopping.abort(),
    end: async () => {
      working.workers.stop();
      await Promise.all([pushers.stop(), deliverers?.stop(), receiver?.stop()]);
      // What is running now would otherwise run again elsewhere, after its lease.
      if (ports.close !== undefined) await workEnded();
      await ports.close?.();
      await evaluator.close();
    },
  };
};

/** What the next mock needs to go on where this one has stopped: its state if that is in memory, and its clients. */
export const stateOf = ({ ports, clients }: Assembly): Pick<AssembleOptions, 'ports' | 'clients'> => ({
  clients,
  // The connections of a store that outlives the process are closed.
  ...(ports.close === undefined ? { ports } : {}),
});
