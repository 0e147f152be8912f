/** What a provider must serve, and a user must give, before something can be asked of it. */
import type { BindingName } from './binding-name.js';

/** What ServiceProviderConfig advertises that some requirements speak of (RFC 7643 §5). */
export type Capability = 'patch' | 'bulk' | 'filter' | 'groups';

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

/** What a target must have before a requirement can be judged on it; what is missing makes the outcome `skip`. */
export interface Needs {
  /** `any`: one asynchronous binding, whichever. */
  readonly binding?: BindingName | 'any';
  readonly feature?: Feature;
  readonly capability?: Capability;
  readonly credential?: 'second';
  /** A way for security event tokens to come to the suite. */
  readonly delivery?: 'poll' | 'push';
}
