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

/** Where tokens are pushed to (RFC 8935 §2). */
export interface PushTarget {
  readonly url: string;
  /** Value of the Authorization field; none where absent. */
  readonly authorization?: string;
}

export interface MockOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 where absent. */
  readonly host?: string;
  /** Path of the SCIM base URL; `/scim/v2` where absent. */
  readonly basePath?: string;
  /** The first is the primary client, the second another; random tokens where absent. */
  readonly clients?: readonly [MockClient, MockClient, ...MockClient[]];
  /** Operations in work at a time; 8 where absent. */
  readonly workers?: number;
  /** Operations that may wait; 10 000 where absent. A request for which there is no room is answered 503. */
  readonly queueCapacity?: number;
  /** Milliseconds of simulated work for each operation; 5 where absent. */
  readonly operationMillis?: number;
  /** Seconds that a client is asked to wait between polls; 1 where absent. */
  readonly retryAfterSeconds?: number;
  /** Token bucket of each client; `false`: none. */
  readonly rateLimit?: RateLimit | false;
  /** Operations in one bulk request; 500 where absent. */
  readonly maxOperations?: number;
  /** Bytes of a request body; 1 MiB where absent. */
  readonly maxPayloadBytes?: number;
  /** Seconds that a completed status resource can be read; 86 400 where absent. */
  readonly retentionSeconds?: number;
  /** Seconds that a status token is good for; 3 where absent, so that a test of its end need not wait long. */
  readonly statusTokenSeconds?: number;
  /** Optional features of profile §2 that are on; all that the mock has where absent. */
  readonly features?: readonly MockFeature[];
  /** When a request is answered 202 by RFC 9967: on request, when it takes long, or never; `request` where absent. */
  readonly asyncRequest?: 'none' | 'long' | 'request';
  /** Milliseconds that a request to a `long` provider may take before it is answered 202; 1000 where absent. */
  readonly longWaitMillis?: number;
  /** Signature of security event tokens; ES256 where absent. `EdDSA` is Ed25519, `none` makes unsecured ones. */
  readonly signing?: 'ES256' | 'EdDSA' | 'none';
  /** What the events of writes tell: names of attributes, values, or nothing at all; `notice` where absent. */
  readonly provisioningEvents?: 'notice' | 'full' | 'none';
  /** Whose events are in the feed: those of all users, or of active ones only; `all` where absent. */
  readonly feed?: 'all' | 'active';
  /** Seconds that a poll waits for a token; 10 where absent. */
  readonly longPollSeconds?: number;
  /** Where the tokens of the primary client are pushed to; nowhere where absent. */
  readonly push?: PushTarget;
  /** Structured log, a line a request; none where absent. */
  readonly logger?: Logger;
}

export type Settings = Required<Omit<MockOptions, 'clients' | 'logger' | 'push'>> & Pick<MockOptions, 'logger'>;

export const withDefaults = (options: MockOptions): Settings => ({
  port: options.port ?? 0,
  host: options.host ?? '127.0.0.1',
  basePath: options.basePath ?? '/scim/v2',
  workers: options.workers ?? 8,
  queueCapacity: options.queueCapacity ?? 10_000,
  operationMillis: options.operationMillis ?? 5,
  retryAfterSeconds: options.retryAfterSeconds ?? 1,
  rateLimit: options.rateLimit ?? { capacity: 500, refillPerSecond: 400 },
  maxOperations: options.maxOperations ?? 500,
  maxPayloadBytes: options.maxPayloadBytes ?? 1024 * 1024,
  retentionSeconds: options.retentionSeconds ?? 86_400,
  statusTokenSeconds: options.statusTokenSeconds ?? 3,
  features: options.features ?? ['idempotency', 'statusToken', 'cancel'],
  asyncRequest: options.asyncRequest ?? 'request',
  longWaitMillis: options.longWaitMillis ?? 1000,
  signing: options.signing ?? 'ES256',
  provisioningEvents: options.provisioningEvents ?? 'notice',
  feed: options.feed ?? 'all',
  longPollSeconds: options.longPollSeconds ?? 10,
  ...(options.logger === undefined ? {} : { logger: options.logger }),
});
