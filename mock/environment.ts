/** What a mock needs from outside: time, randomness, signing keys and outgoing HTTP. A simulation passes its own. */
import type { JWK } from 'jose';
import type { Clock } from './clock.js';

/** The protected header of a token (RFC 7515 §4). */
export interface TokenHeader {
  readonly typ?: string;
  readonly alg: string;
  readonly kid?: string;
}

/** Algorithms that sign tokens (RFC 7518 §3.1, RFC 8037 §3.1). */
export type SigningAlgorithm = 'ES256' | 'EdDSA';

export interface SigningKey {
  /** The public key, with its `kid` (RFC 7517 §4). */
  readonly jwk: JWK & { readonly kid: string };
  /** The compact token of these claims (RFC 7515 §7.1). */
  readonly sign: (claims: Readonly<Record<string, unknown>>, header: TokenHeader) => string | Promise<string>;
}

export interface PostRequest {
  /** Default: POST. */
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The IP address to connect to; if set, the name in the URL is not resolved again. */
  readonly address?: string;
}

export interface PostAnswer {
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
}

/** Sends the HTTP requests of pushes and webhooks. It follows no redirects. */
export interface Poster {
  /**
   * Never rejects; undefined if there was no answer, for whatever reason. `signal` aborts when the mock stops waiting.
   */
  readonly post: (url: string, request: PostRequest, signal: AbortSignal) => Promise<PostAnswer | undefined>;
  /** Aborts open requests and closes the connections. */
  readonly close: () => Promise<void>;
}

export type Evaluated = { readonly value: unknown } | { readonly error: string };

/** Evaluates the expressions of clients, which are written in JSONata. Never rejects. */
export interface Evaluator {
  /** What is wrong with an expression, as a clause; undefined if it is valid. */
  readonly mistakeIn: (expression: string) => Promise<string | undefined>;
  /** `error` is a clause that says why there is no value. An expression that takes too long is stopped. */
  readonly evaluate: (expression: string, input: unknown) => Promise<Evaluated>;
  readonly close: () => Promise<void>;
}

export interface Environment {
  readonly clock: Clock;
  /** An unguessable UUID (RFC 9562 §5.4). */
  readonly newId: () => string;
  /** `count` unpredictable bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** A new key pair at each call. */
  readonly newSigningKey: (algorithm: SigningAlgorithm) => SigningKey | Promise<SigningKey>;
  readonly newPoster: () => Poster;
  /** The IP addresses of a host name; empty if there are none. Never rejects. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly newEvaluator: () => Evaluator;
}
