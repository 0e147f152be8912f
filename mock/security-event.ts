/** A security event token (RFC 8417) on its way from what happened to who reads of it. */
import type { Json } from './json.js';

/** Claims of one token. Free in form, so that a wrong provider can leave out what it must not. */
export type Claims = Json;

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
  /** The operation of an asynchronous request whose end it tells; undefined for an event of the feed. */
  readonly completes: { readonly job: string; readonly index: number } | undefined;
  /** Put together at the first call; undefined where it is not made after all. */
  readonly event: () => SecurityEvent | undefined;
}
