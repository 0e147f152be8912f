/**
 * What a requirement is: one row of docs/profile.md §4 as data. The rows say what is demanded; the judges
 * (suites/judges) say how it is seen; neither knows the other's code.
 */

export type Level = 'MUST' | 'SHOULD';

/** Where a requirement comes from, with a link where the source has a stable address. */
export interface Citation {
  readonly label: string;
  readonly href?: string;
}

/** In the order in which they are tried. */
export const bindingNames = ['request-mode', 'respond-async'] as const;

export type BindingName = (typeof bindingNames)[number];

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

export interface Requirement {
  /** Stable: never reused, never renumbered. */
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly source: readonly Citation[];
  readonly needs: Needs;
}

/** `STAT-03` → `STAT`. */
export const groupOf = (id: string): string => id.slice(0, id.indexOf('-'));
