/** All ports in the memory of this process. */
import type { Environment } from '../../environment.js';
import type { RateLimit, Settings } from '../../options.js';
import type { Ports } from '../../ports.js';
import { MemoryEvents } from './memory-events.js';
import { MemoryJobs } from './memory-jobs.js';
import { MemoryKeys } from './memory-keys.js';
import { MemoryLimits } from './memory-limits.js';
import { MemoryStore } from './memory-store.js';

export interface MemoryPortsOptions {
  readonly environment: Pick<Environment, 'clock' | 'newSigningKey'>;
  /** Makes ids of resources. */
  readonly newId: () => string;
  readonly settings: Pick<
    Settings,
    'queueCapacity' | 'queueBytes' | 'retentionSeconds' | 'operationMillis' | 'rateLimit'
  >;
}

/** A lease lasts twice the simulated work and these milliseconds. */
const slack = 60_000;

/** Without a rate limit nobody asks for tokens. */
const unlimited: RateLimit = { capacity: Infinity, refillPerSecond: Infinity };

export const createMemoryPorts = ({ environment, newId, settings }: MemoryPortsOptions): Ports => {
  const { clock } = environment;
  const events = new MemoryEvents();
  const jobs = new MemoryJobs({
    clock,
    capacity: settings.queueCapacity,
    capacityBytes: settings.queueBytes,
    retentionSeconds: settings.retentionSeconds,
    leaseMillis: 2 * settings.operationMillis + slack,
    forgotten: (id) => events.forgetJob(id),
  });
  return {
    store: new MemoryStore({ clock, newId, jobs, events }),
    jobs,
    events,
    limits: new MemoryLimits(settings.rateLimit === false ? unlimited : settings.rateLimit, clock),
    keys: new MemoryKeys(environment),
  };
};
