/**
 * What the operator of a mock sees of it: health, metrics, traces and the live page. This module is loaded only if the
 * option `operations` is on, because its packages take time to load.
 */
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock.js';
import type { KnownPaths } from '../http/server/known-paths.js';
import { together, type Observer } from '../observer.js';
import type { MockClient, Settings } from '../options.js';
import type { Ports } from '../ports.js';
import { addOpsRoutes, opsJson } from './add-ops-routes.js';
import { Board } from './live/board.js';
import { liveRoutes } from './live/live-routes.js';
import { createMetrics } from './metrics.js';
import { createTraces } from './traces.js';
import { whyNotReady } from './health.js';

export interface OpsOptions {
  readonly settings: Pick<Settings, 'workers' | 'rateLimit'>;
  readonly ports: Ports;
  readonly clock: Clock;
  readonly clients: readonly MockClient[];
  /** Name of the bucket that requests of this client are counted in. */
  readonly bucketOf: (client: string) => string;
}

/** Where the endpoints are served, and what they ask. */
export interface OpsPlace {
  readonly app: FastifyInstance;
  readonly knownPaths: KnownPaths;
  /** Number of workers that run. */
  readonly running: () => number;
  /** Aborts when the mock stops. */
  readonly stopping: AbortSignal;
}

export interface Ops {
  readonly observer: Observer;
  readonly serve: (place: OpsPlace) => void;
}

export const openOps = ({ settings, ports, clock, clients, bucketOf }: OpsOptions): Ops => {
  const metrics = createMetrics(ports.jobs);
  const { workers, rateLimit } = settings;
  const board = new Board({ ports, clients, rateLimit, bucketOf, now: () => clock.now() });
  return {
    observer: together([metrics.observer, board.observer, createTraces()]),
    serve: ({ app, knownPaths, running, stopping }) =>
      addOpsRoutes(app, knownPaths, [
        ...liveRoutes({ board, clock, stopping }),
        { url: '/metrics', answer: async () => ({ status: 200, type: metrics.type, text: await metrics.text() }) },
        { url: '/healthz', answer: () => opsJson(200, { status: 'ok' }) },
        {
          url: '/readyz',
          answer: async () => {
            const { store } = ports;
            const reasons = await whyNotReady({ store, clock, workers, running, stopping });
            return reasons.length === 0
              ? opsJson(200, { status: 'ready' })
              : opsJson(503, { status: 'not ready', reasons });
          },
        },
      ]),
  };
};
