/** The options of a mock: limits, speeds, clients, features. */
import type { Logger } from 'pino';
import type { Renames } from '../schemas/wire/renames.js';
import type { MessageHandlers } from './message-handler.js';
import type { OAuth, Policy } from './security-options.js';

export interface MockClient {
  /** Appears in logs. */
  readonly name: string;
  /** Bearer token (RFC 6750). */
  readonly token: string;
  /** What it may do where a `policy` demands scopes. Default: everything. */
  readonly scopes?: readonly string[];
  /** How it was authenticated (RFC 8176), where a `policy` asks for that. Default: empty. */
  readonly amr?: readonly string[];
}

export interface RateLimit {
  /** Number of requests that a client may send at once. */
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** How the refill of token buckets tightens while work is queued. */
export interface AdaptiveLimit {
  /** Part of `queueCapacity` up to which the refill is the usual one. Default: 0.5. */
  readonly from?: number;
  /** Part of the refill that is left when the queue is full. Default: 0.1. */
  readonly least?: number;
}

/** The optional features that the mock has (profile §2). */
export type MockFeature =
  | 'idempotency'
  | 'statusToken'
  | 'cancel'
  | 'rollback'
  | 'priority'
  | 'transform'
  | 'conflict'
  | 'webhooks'
  | 'audit'
  | 'messageQueue'
  | 'checkpoint';

/** Where tokens are pushed to (RFC 8935 §2). */
export interface PushTarget {
  readonly url: string;
  /** Value of the Authorization field. Default: the field is not sent. */
  readonly authorization?: string;
}

export interface MockOptions {
  /**
   * Where resources, requests, events, limits and keys are kept: `memory`, or a PostgreSQL database as
   * `postgres://user@host:5432/database`, which several processes can share. Default: `memory`.
   */
  readonly store?: string;
  /** Default: 0, which takes a free port. */
  readonly port?: number;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** New names on the wire, by those of the profile. Default: none. */
  readonly wire?: Renames;
  /** Path of the SCIM base URL. Default: `/scim/v2`. */
  readonly basePath?: string;
  /** The first is the primary client. Default: two clients with random tokens. */
  readonly clients?: readonly [MockClient, MockClient, ...MockClient[]];
  /** Access tokens that are accepted beside the tokens of `clients`. Default: none. */
  readonly oauth?: OAuth;
  /** Who may do what. Default: every client may do everything with its own requests, and with all resources. */
  readonly policy?: Policy;
  /** Addresses and ranges (CIDR) from which a status may be read. Default: from everywhere. */
  readonly statusAllowedAddresses?: readonly string[];
  /** Addresses and ranges of proxies whose X-Forwarded-For is believed. Default: none. */
  readonly trustedProxies?: readonly string[];
  /** Number of operations that run at the same time. Default: 8. */
  readonly workers?: number;
  /** Number of operations that may be queued; a request beyond that is answered 503. Default: 10 000. */
  readonly queueCapacity?: number;
  /**
   * Bytes of the bodies of requests that may be queued; a request beyond that is answered 503. Default: 16 MiB, or
   * `maxPayloadBytes` if that is more.
   */
  readonly queueBytes?: number;
  /** Milliseconds of simulated work for each operation. Default: 5. */
  readonly operationMillis?: number;
  /**
   * How often an operation is tried that fails for a moment: with 503, or by an error that is no answer to a client. Default: 1,
   * which means that it fails the first time.
   */
  readonly retryOperations?: number;
  /** Milliseconds before the second try of an operation; the wait doubles with each further try. Default: 200. */
  readonly retryOperationMillis?: number;
  /** Seconds that a client is asked to wait between polls. Default: 1. */
  readonly retryAfterSeconds?: number;
  /** Token bucket of each client; `false`: no limit. Default: 500 requests, refilled by 400 a second. */
  readonly rateLimit?: RateLimit | false;
  /** Requests that a client may have in progress in one process. Default: no limit. */
  readonly concurrentRequests?: number;
  /** Requests that a client may send on a day (UTC). Default: no limit. */
  readonly dailyQuota?: number;
  /** Slows down the refill of the token buckets while much is queued. Default: the refill is always the same. */
  readonly adaptiveLimit?: AdaptiveLimit;
  /** Largest number of operations in a bulk request. Default: 500. */
  readonly maxOperations?: number;
  /** Largest request body in bytes. Default: 1 MiB. */
  readonly maxPayloadBytes?: number;
  /** Seconds for which a completed status resource can be read. Default: 86 400. */
  readonly retentionSeconds?: number;
  /** Seconds until a cursor of a list expires (RFC 9865 §4). Default: 3600. */
  readonly cursorSeconds?: number;
  /** Seconds until a status token expires. Default: 3, so that tests of the expiry need not wait long. */
  readonly statusTokenSeconds?: number;
  /**
   * Optional features of profile §2 that are on. Default: all; `checkpoint` only with a store that outlives the process.
   */
  readonly features?: readonly MockFeature[];
  /**
   * Whether webhooks may be delivered to this machine by plain http, for tests. Default: false; then endpoints are https
   * URLs on the public Internet.
   */
  readonly webhookLoopback?: boolean;
  /** Milliseconds before a delivery to a webhook is tried again; the wait doubles with each try. Default: 200. */
  readonly webhookRetryMillis?: number;
  /**
   * When a write is answered 202 as in RFC 9967: if the client asks for it, if the write takes long, or never. Default:
   * `request`.
   */
  readonly asyncRequest?: 'none' | 'long' | 'request';
  /** With `asyncRequest: 'long'`, milliseconds after which a write is answered 202. Default: 1000. */
  readonly longWaitMillis?: number;
  /** Signature of security event tokens. `EdDSA` is Ed25519; with `none` tokens are unsecured. Default: ES256. */
  readonly signing?: 'ES256' | 'EdDSA' | 'none';
  /** What events of writes contain: names of attributes, values as well, or no events at all. Default: `notice`. */
  readonly provisioningEvents?: 'notice' | 'full' | 'none';
  /** Whether the feed has events of all users or of active users only. Default: `all`. */
  readonly feed?: 'all' | 'active';
  /** Seconds for which a poll waits for an event. Default: 10. */
  readonly longPollSeconds?: number;
  /** Where events for the primary client are pushed to. Default: they are not pushed. */
  readonly push?: PushTarget;
  /**
   * Whether the server has endpoints for its operator, at its root: /healthz, /readyz, /metrics and the live page /; and
   * whether it makes traces if an OpenTelemetry provider is registered (docs/mock-operations.md). Default: false.
   */
  readonly operations?: boolean;
  /** What messages do, by their `operation`. SYNC_AD, SYNC_HR and SYNC_CLOUD create one user each unless they are replaced. */
  readonly handlers?: MessageHandlers;
  /**
   * Broker from which messages are taken, too (AMQP 0-9-1, such as RabbitMQ): `amqp://user:password@host:5672/vhost`. Each
   * becomes a request of the first client. Default: none.
   */
  readonly amqp?: string;
  /**
   * Queue of the broker, which the mock declares as durable; what can never be done goes to `<amqpQueue>.dead`. Default:
   * `scim.provision`.
   */
  readonly amqpQueue?: string;
  /** Gets each entry of the audit trail, as `schemas/async/audit-entry.json` describes it. Default: no log. */
  readonly auditLog?: (entry: Readonly<Record<string, unknown>>) => void;
  /** Gets one entry for each request. Default: no log. */
  readonly logger?: Logger;
}

/** Options that are off unless they are given. */
type Off = 'logger' | 'auditLog' | 'concurrentRequests' | 'dailyQuota' | 'adaptiveLimit';

/** Options that are read before there are settings. */
type Access = 'oauth' | 'policy' | 'statusAllowedAddresses' | 'trustedProxies';

export type Settings = Required<Omit<MockOptions, Off | 'clients' | 'push' | 'store' | 'amqp' | 'wire' | Access>> &
  Pick<MockOptions, Off>;

/** What a mock has that keeps everything in memory. */
export const usualFeatures: readonly MockFeature[] = [
  'idempotency',
  'statusToken',
  'cancel',
  'rollback',
  'priority',
  'transform',
  'conflict',
  'webhooks',
  'audit',
  'messageQueue',
];

const mebibyte = 1024 * 1024;

export const withDefaults = (options: MockOptions): Settings => ({
  port: options.port ?? 0,
  host: options.host ?? '127.0.0.1',
  basePath: options.basePath ?? '/scim/v2',
  workers: options.workers ?? 8,
  queueCapacity: options.queueCapacity ?? 10_000,
  queueBytes: options.queueBytes ?? Math.max(16 * mebibyte, options.maxPayloadBytes ?? mebibyte),
  operationMillis: options.operationMillis ?? 5,
  retryOperations: options.retryOperations ?? 1,
  retryOperationMillis: options.retryOperationMillis ?? 200,
  retryAfterSeconds: options.retryAfterSeconds ?? 1,
  rateLimit: options.rateLimit ?? { capacity: 500, refillPerSecond: 400 },
  maxOperations: options.maxOperations ?? 500,
  maxPayloadBytes: options.maxPayloadBytes ?? mebibyte,
  retentionSeconds: options.retentionSeconds ?? 86_400,
  cursorSeconds: options.cursorSeconds ?? 3600,
  statusTokenSeconds: options.statusTokenSeconds ?? 3,
  features:
    options.features ??
    (options.store?.startsWith('postgres') === true ? [...usualFeatures, 'checkpoint'] : usualFeatures),
  webhookLoopback: options.webhookLoopback ?? false,
  webhookRetryMillis: options.webhookRetryMillis ?? 200,
  operations: options.operations ?? false,
  handlers: options.handlers ?? {},
  amqpQueue: options.amqpQueue ?? 'scim.provision',
  asyncRequest: options.asyncRequest ?? 'request',
  longWaitMillis: options.longWaitMillis ?? 1000,
  signing: options.signing ?? 'ES256',
  provisioningEvents: options.provisioningEvents ?? 'notice',
  feed: options.feed ?? 'all',
  longPollSeconds: options.longPollSeconds ?? 10,
  ...(options.concurrentRequests === undefined ? {} : { concurrentRequests: options.concurrentRequests }),
  ...(options.dailyQuota === undefined ? {} : { dailyQuota: options.dailyQuota }),
  ...(options.adaptiveLimit === undefined ? {} : { adaptiveLimit: options.adaptiveLimit }),
  ...(options.auditLog === undefined ? {} : { auditLog: options.auditLog }),
  ...(options.logger === undefined ? {} : { logger: options.logger }),
});
