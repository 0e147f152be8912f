/** All that is kept, in the memory of this process. */
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
  /** Ids of resources. */
  readonly newId: () => string;
  readonly settings: Pick<Settings, 'queueCapacity' | 'retentionSeconds' | 'operationMillis' | 'rateLimit'>;
}

/** Milliseconds that an operation may take beyond twice its simulated work before it is another worker's. */
const slack = 60_000;

/** Where nobody asks. */
const unlimited: RateLimit = { capacity: Infinity, refillPerSecond: Infinity };

export const createMemoryPorts = ({ environment, newId, settings }: MemoryPortsOptions): Ports => {
  const { clock } = environment;
  const events = new MemoryEvents();
  const jobs = new MemoryJobs({
    clock,
    capacity: settings.queueCapacity,
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
