/** All ports in a PostgreSQL database that any number of processes share. */
import type { Environment } from '../../environment.js';
import type { Settings } from '../../options.js';
import type { Ports } from '../../ports.js';
import type { Claims } from '../../security-event.js';
import { leaseMillis } from '../lease.js';
import { unlimited } from '../unlimited.js';
import { Bell } from './bell.js';
import { Database } from './database.js';
import { PostgresAudit } from './postgres-audit.js';
import { PostgresEvents } from './events/postgres-events.js';
import { PostgresHooks } from './hooks/postgres-hooks.js';
import { Heads } from './jobs/heads.js';
import { PostgresJobs } from './jobs/postgres-jobs.js';
import { migrate } from './migrate.js';
import { PostgresKeys } from './postgres-keys.js';
import { PostgresLimits } from './postgres-limits.js';
import { PostgresStore } from './store/postgres-store.js';

export interface PostgresPortsOptions {
  /** Begins with `postgres://`. */
  readonly url: string;
  readonly environment: Pick<Environment, 'clock'>;
  /** Makes ids of resources. */
  readonly newId: () => string;
  /** The compact token of these claims. */
  readonly sign: (claims: Claims) => Promise<string>;
  readonly settings: Pick<
    Settings,
    'queueCapacity' | 'queueBytes' | 'retentionSeconds' | 'operationMillis' | 'rateLimit'
  >;
}

/** Connections of one process, besides the one that listens. */
const connections = 10;

/** Connects, and brings the schema up to date. Rejects with a StoreError. */
export const openPostgresPorts = async (options: PostgresPortsOptions): Promise<Ports> => {
  const { url, environment, newId, sign, settings } = options;
  const { clock } = environment;
  const database = new Database(url, connections);
  const bell = new Bell(database, clock);
  try {
    await database.demand();
    await database.withClient(migrate);
    await bell.start();
  } catch (error) {
    await bell.stop();
    await database.end();
    throw error;
  }
  const heads = new Heads();
  const jobs = new PostgresJobs({
    database,
    heads,
    bell,
    clock,
    capacity: settings.queueCapacity,
    capacityBytes: settings.queueBytes,
    retentionSeconds: settings.retentionSeconds,
    leaseMillis: leaseMillis(settings.operationMillis),
  });
  const store = new PostgresStore({ database, heads, bell, clock, newId });
  return {
    store,
    jobs,
    events: new PostgresEvents({ database, bell, clock, sign }),
    limits: new PostgresLimits(settings.rateLimit === false ? unlimited : settings.rateLimit, clock, database),
    keys: new PostgresKeys(clock, database),
    hooks: new PostgresHooks({ database, bell, clock }),
    audit: new PostgresAudit(database),
    close: async () => {
      jobs.close();
      await store.whenIdle();
      await bell.stop();
      await database.end();
    },
  };
};
