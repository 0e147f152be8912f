/** Metrics of a mock in the text format of Prometheus: /metrics. All labels have few values, and none is a secret. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Observer } from '../observer.js';
import { failed } from '../operation.js';
import type { Jobs } from '../ports.js';
import { resourceTypeNameOf } from './resource-type-name.js';

export interface Metrics {
  readonly observer: Observer;
  /** The media type of `text`. */
  readonly type: string;
  /** All metrics now. Never rejects. */
  readonly text: () => Promise<string>;
}

const prefix = 'scim_mock_';
const seconds = (millis: number): number => millis / 1000;

/** Seconds: requests take milliseconds, and a long poll many seconds. */
const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];
/** Seconds: an operation may wait for a bulk request with half a million others. */
const workBuckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 1800];

/** Those that the mock serves; anybody can send others. */
const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Of the process, so that several mocks in it share them: they leave an observer of the event loop behind. */
let processMetrics: Registry | undefined;

const demandProcessMetrics = (): Registry => {
  if (processMetrics === undefined) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  return processMetrics;
};

/** Counted when they are asked for, by the store: with a shared store they are about all processes. */
const addCounts = (registers: Registry[], jobs: Pick<Jobs, 'count'>): (() => Promise<void>) => {
  const pending = new Gauge({
    name: `${prefix}queue_operations`,
    help: 'Accepted operations that are not finished, in the whole store.',
    registers,
  });
  const statuses = new Gauge({
    name: `${prefix}status_resources`,
    help: 'Requests with a status resource, in the whole store.',
    registers,
  });
  const up = new Gauge({ name: `${prefix}store_up`, help: '1 if the store has answered, 0 if not.', registers });
  return async () => {
    const count = await jobs.count().catch(() => undefined);
    up.set(count === undefined ? 0 : 1);
    if (count === undefined) {
      // An old number would look like a true one.
      for (const gauge of [pending, statuses]) gauge.remove();
      return;
    }
    pending.set(count.pending);
    statuses.set(count.statuses);
  };
};

const watchRequests = (registers: Registry[]): Required<Pick<Observer, 'arrived'>> => {
  const duration = new Histogram({
    name: `${prefix}http_request_duration_seconds`,
    help: 'Time from the arrival of a request to the end of its answer. Long polls wait on purpose.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: requestBuckets,
    registers,
  });
  const throttled = new Counter({
    name: `${prefix}throttled_requests_total`,
    help: 'Requests that were answered 429, by the name of the client.',
    labelNames: ['client'] as const,
    registers,
  });
  return {
    arrived: ({ method, route }) => ({
      left: ({ status, client, millis }) => {
        const labels = {
          method: methods.includes(method) ? method : 'other',
          route: route ?? 'none',
          status: status === undefined ? 'aborted' : `${Math.floor(status / 100)}xx`,
        };
        duration.observe(labels, seconds(millis));
        if (status === 429 && client !== undefined) throttled.inc({ client });
      },
    }),
  };
};

const watchOperations = (registers: Registry[]): Required<Pick<Observer, 'claimed'>> => {
  const operations = new Counter({
    name: `${prefix}operations_total`,
    help: 'Operations of accepted requests that were finished by this process.',
    labelNames: ['method', 'type', 'outcome'] as const,
    registers,
  });
  const wait = new Histogram({
    name: `${prefix}queue_wait_seconds`,
    help: 'Time from the acceptance of a request to the start of each of its operations.',
    buckets: workBuckets,
    registers,
  });
  const duration = new Histogram({
    name: `${prefix}operation_duration_seconds`,
    help: 'Time from the start of an operation to its commit; a request that runs as a unit counts once.',
    buckets: workBuckets,
    registers,
  });
  return {
    claimed: ({ job, index }, waited) => {
      wait.observe(seconds(waited));
      return ({ outcomes, millis }) => {
        if (outcomes === undefined) return;
        duration.observe(seconds(millis));
        for (const [place, { result }] of outcomes.entries()) {
          const type = resourceTypeNameOf(job.operations[index + place]?.path ?? '');
          operations.inc({ method: result.method, type, outcome: failed(result) ? 'failed' : 'success' });
        }
      };
    },
  };
};

export const createMetrics = (jobs: Pick<Jobs, 'count'>): Metrics => {
  const registry = new Registry();
  const ofProcess = demandProcessMetrics();
  const count = addCounts([registry], jobs);
  return {
    observer: { ...watchRequests([registry]), ...watchOperations([registry]) },
    type: registry.contentType,
    text: async () => {
      await count();
      return `${await registry.metrics()}\n${await ofProcess.metrics()}`;
    },
  };
};
