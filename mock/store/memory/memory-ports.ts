/** All ports in the memory of this process. */
import type { Environment } from '../../environment.js';
import type { Settings } from '../../options.js';
import type { Ports } from '../../ports.js';
import { leaseMillis } from '../lease.js';
import { unlimited } from '../unlimited.js';
import { MemoryAudit } from './memory-audit.js';
import { MemoryEvents } from './memory-events.js';
import { MemoryHooks } from './memory-hooks.js';
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

export const createMemoryPorts = ({ environment, newId, settings }: MemoryPortsOptions): Ports => {
  const { clock } = environment;
  const events = new MemoryEvents();
  const hooks = new MemoryHooks(clock);
  const jobs = new MemoryJobs({
    clock,
    capacity: settings.queueCapacity,
    capacityBytes: settings.queueBytes,
    retentionSeconds: settings.retentionSeconds,
    leaseMillis: leaseMillis(settings.operationMillis),
    forgotten: (id) => events.forgetJob(id),
  });
  return {
    store: new MemoryStore({ clock, newId, jobs, events, hooks }),
    jobs,
    events,
    limits: new MemoryLimits(settings.rateLimit === false ? unlimited : settings.rateLimit, clock),
    keys: new MemoryKeys(environment),
    close: undefined,
    hooks,
    audit: new MemoryAudit(),
  };
};
