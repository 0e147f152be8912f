/** What a provider must serve, and a user must give, before a requirement can be judged or a scenario can run. */
import type { BindingName } from './binding-name.js';

/** Capabilities that some requirements need (RFC 7643 §5, RFC 9865 §4). */
export type Capability = 'patch' | 'bulk' | 'filter' | 'groups' | 'cursor';

/** Optional features of profile §2, as the async extension of ServiceProviderConfig names them. */
export const features = [
  'idempotency',
  'statusToken',
  'rollback',
  'priority',
  'webhooks',
  'checkpoint',
  'transform',
  'cancel',
  'audit',
  'conflict',
  'messageQueue',
] as const;

export type Feature = (typeof features)[number];

/** If a target lacks one of these, the outcome of the requirement is `skip`. */
export interface Needs {
  /** `any`: at least one asynchronous binding. */
  readonly binding?: BindingName | 'any';
  readonly feature?: Feature;
  readonly capability?: Capability;
  readonly credential?: 'second';
  /** How the target must reach the suite: with security event tokens, or with deliveries to webhooks. */
  readonly delivery?: 'poll' | 'push' | 'webhook';
  /** Whether the user has to say how the target is restarted. */
  readonly restart?: true;
}
