/** Security event tokens (RFC 8417) as they are kept until somebody reads them. */
import type { Json } from './json.js';

/** The claims of one token. Not typed further, so that faults can leave out required claims. */
export type Claims = Json;

export interface SecurityEvent {
  /** Identifies the token in a stream (RFC 8936 §2). */
  readonly jti: string;
  readonly claims: Claims;
  /** The compact token; it is signed at the first call only. */
  readonly token: () => Promise<string>;
}

/** A token that is assembled when its write is committed. */
export interface Draft {
  /** Name of the only client that receives it; undefined: all clients do. */
  readonly client: string | undefined;
  /** For a completion event, the operation that has finished; undefined for an event of the feed. */
  readonly completes: { readonly job: string; readonly index: number } | undefined;
  /** Assembles the token at the first call; undefined if a fault drops it. */
  readonly event: () => SecurityEvent | undefined;
}
