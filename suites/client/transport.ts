/**
 * The suite's only way to the target, as an interface: over sockets in a run, within one process in a simulation.
 * Whatever goes wrong on the way is data, because a target that misbehaves is what the suite is for.
 */
import type { ExchangeFailure, HeaderList } from '../../schemas/types.js';
import { BodyBudget, type Share } from './body-budget.js';
import type { Clock } from './clock.js';
import type { ClientTls } from './tls.js';

export interface HttpRequest {
  readonly method: string;
  /** Absolute; sent as it is, so that hostile paths reach the target unnormalised. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body?: string;
  /** Bytes of a response body that is kept whole; of a longer one the beginning is kept, and marked. 1 MiB where absent. */
  readonly keptBytes?: number;
  /** The body is read and let go: it takes nothing of what all bodies together may take. */
  readonly isTransient?: boolean;
  /** Sent over a connection that does not show the client's certificate. */
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
  /** By which an exchange is late. */
  readonly clock: Clock;
  /** For one exchange, from the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly connections: number;
  /** Accept any TLS certificate. */
  readonly insecure: boolean;
  readonly tls?: ClientTls | undefined;
  /** What all bodies together may take; what is more is cut and marked. */
  readonly bodies: BodyBudget;
}

export type CreateTransport = (settings: TransportSettings) => Transport;

/** Bytes of a response body that is kept whole where a request does not say. */
const usuallyKept = 1024 * 1024;

/** What the body of the answer to a request may take. */
export const shareOf = (request: HttpRequest, bodies: BodyBudget): Share =>
  (request.isTransient === true ? new BodyBudget() : bodies).share(request.keptBytes ?? usuallyKept);

/** Origin and path of an absolute http(s) URL; the path is exactly what the URL says, with its query. Throws where it is none. */
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
