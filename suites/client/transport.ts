/**
 * The only way from the suite to the target, as an interface: over sockets in a run, within one process in a simulation.
 * A failure is a returned value and not an exception, because the suite is made for targets that misbehave.
 */
import type { ExchangeFailure, HeaderList } from '../../schemas/types.js';
import { BodyBudget, type Share } from './body-budget.js';
import type { Clock } from './clock.js';
import type { ClientTls } from './tls.js';

export interface HttpRequest {
  readonly method: string;
  /** Absolute; sent unchanged, so that hostile paths reach the target without normalisation. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body?: string;
  /** The longest response body, in bytes, that is kept whole; of a longer one only the beginning. 1 MiB if absent. */
  readonly keptBytes?: number;
  /** The body is read at once and not kept, so it does not count in the budget of all bodies. */
  readonly isTransient?: boolean;
  /** Sent over a connection without the client certificate. */
  readonly withoutCertificate?: boolean;
}

export type HttpAnswer =
  | { readonly type: 'response'; status: number; headers: HeaderList; body: string; truncated: boolean }
  | ({ readonly type: 'failure' } & ExchangeFailure);

export interface Transport {
  /** One exchange; never rejects. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface TransportSettings {
  /** Measures the timeout. */
  readonly clock: Clock;
  /** For one exchange, from the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly connections: number;
  /** Accept any TLS certificate. */
  readonly insecure: boolean;
  readonly tls?: ClientTls | undefined;
  /** The budget of all bodies; a body that exceeds it is cut and marked. */
  readonly bodies: BodyBudget;
}

export type CreateTransport = (settings: TransportSettings) => Transport;

/** The longest response body, in bytes, that is kept whole by default. */
const usuallyKept = 1024 * 1024;

/** The share of the budget for the answer to a request. */
export const shareOf = (request: HttpRequest, bodies: BodyBudget): Share =>
  (request.isTransient === true ? new BodyBudget() : bodies).share(request.keptBytes ?? usuallyKept);

/** Origin and path (with query, unchanged) of an absolute http(s) URL. Throws if it is not one. */
export const splitUrl = (url: string): { readonly origin: string; readonly path: string } => {
  const match = /^(https?:\/\/[^/?#]+)([^#]*)/.exec(url);
  if (match?.[1] === undefined) throw new Error(`not an absolute http(s) URL: ${url}`);
  const rest = match[2] ?? '';
  return { origin: match[1], path: rest.startsWith('/') ? rest : `/${rest}` };
};

export const interrupted: HttpAnswer = { type: 'failure', code: 'interrupted', message: 'the run was interrupted' };

export const tooLate = (timeoutMs: number): HttpAnswer => ({
  type: 'failure',
  code: 'timeout',
  message: `no whole answer within ${timeoutMs / 1000} s`,
});
