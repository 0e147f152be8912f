/** A token on its way from what happened to who reads of it. */
import type { Claims } from './claims.js';

export interface SecurityEvent {
  /** Name of the token in a stream (RFC 8936 §2). */
  readonly jti: string;
  readonly claims: Claims;
  /** The compact token; signed one time. */
  readonly token: () => Promise<string>;
}

/** A token that may never be read. */
export interface Draft {
  /** Name of the only client that gets it; undefined: all do. */
  readonly client: string | undefined;
  /** Undefined where it is not made after all. */
  readonly event: () => SecurityEvent | undefined;
}
