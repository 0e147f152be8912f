/** What a mock can be told: limits, speeds and who may use it. */
import type { Logger } from 'pino';

export interface MockClient {
  /** Appears in logs. */
  readonly name: string;
  /** Bearer token (RFC 6750). */
  readonly token: string;
}

export interface RateLimit {
  /** Requests that may come at once. */
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** The optional features that the mock has (profile §2). */
export type MockFeature = 'idempotency' | 'statusToken' | 'cancel';

export interface MockOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 where absent. */
  readonly host?: string;
  /** Path of the SCIM base URL; `/scim/v2` where absent. */
  readonly basePath?: string;
  /** The first is the primary client, the second another; random tokens where absent. */
  readonly clients?: readonly [MockClient, MockClient, ...MockClient[]];
  /** Operations in work at a time; 4 where absent. */
  readonly workers?: number;
  /** Operations that may wait; 10 000 where absent. A request for which there is no room is answered 503. */
  readonly queueCapacity?: number;
  /** Milliseconds of simulated work for each operation; 5 where absent. */
  readonly operationMillis?: number;
  /** Seconds that a client is asked to wait between polls; 1 where absent. */
  readonly retryAfterSeconds?: number;
  /** Token bucket of each client; `false`: none. */
  readonly rateLimit?: RateLimit | false;
  /** Operations in one bulk request; 1000 where absent. */
  readonly maxOperations?: number;
  /** Bytes of a request body; 1 MiB where absent. */
  readonly maxPayloadBytes?: number;
  /** Seconds that a completed status resource can be read; 86 400 where absent. */
  readonly retentionSeconds?: number;
  /** Seconds that a status token is good for; 3 where absent, so that a test of its end need not wait long. */
  readonly statusTokenSeconds?: number;
  /** Optional features of profile §2 that are on; all that the mock has where absent. */
  readonly features?: readonly MockFeature[];
  /** Structured log, a line a request; none where absent. */
  readonly logger?: Logger;
}

export type Settings = Required<Omit<MockOptions, 'clients' | 'logger'>> & Pick<MockOptions, 'logger'>;

export const withDefaults = (options: MockOptions): Settings => ({
  port: options.port ?? 0,
  host: options.host ?? '127.0.0.1',
  basePath: options.basePath ?? '/scim/v2',
  workers: options.workers ?? 4,
  queueCapacity: options.queueCapacity ?? 10_000,
  operationMillis: options.operationMillis ?? 5,
  retryAfterSeconds: options.retryAfterSeconds ?? 1,
  rateLimit: options.rateLimit ?? { capacity: 500, refillPerSecond: 200 },
  maxOperations: options.maxOperations ?? 1000,
  maxPayloadBytes: options.maxPayloadBytes ?? 1024 * 1024,
  retentionSeconds: options.retentionSeconds ?? 86_400,
  statusTokenSeconds: options.statusTokenSeconds ?? 3,
  features: options.features ?? ['idempotency', 'statusToken', 'cancel'],
  ...(options.logger === undefined ? {} : { logger: options.logger }),
});
