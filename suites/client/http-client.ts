/**
 * The suite's only way to the network. It follows no redirect, trusts no length, always has an overall deadline,
 * and turns whatever goes wrong into data, because a target that misbehaves is what the suite is for.
 */
import { Pool } from 'undici';
import type { HeaderList } from '../../schemas/types.js';
import { secureContextOf, type ClientTls } from './tls.js';
import { BodyBudget } from './body-budget.js';
import { exchange, type HttpAnswer } from './exchange.js';

export interface HttpRequest {
  readonly method: string;
  /** Absolute; sent as it is, so that hostile paths reach the target unnormalised. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body?: string;
  /** Bytes of a response body that is kept whole; of a longer one the beginning is kept, and marked. 1 MiB where absent. */
  readonly keptBytes?: number;
  /** The body is read and let go: it takes nothing of what all bodies together may take. */
  readonly isPassing?: boolean;
  /** Sent over a connection that does not show the client's certificate. */
  readonly withoutCertificate?: boolean;
}

export interface HttpClient {
  /** One exchange; never rejects. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface HttpClientOptions {
  /** For one exchange, from the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly connections: number;
  /** Accept any TLS certificate. */
  readonly insecure: boolean;
  readonly tls?: ClientTls | undefined;
  /** What all bodies together may take; what is more is cut and marked. */
  readonly bodies: BodyBudget;
}

const usuallyKept = 1024 * 1024;

const split = (url: string): { origin: string; path: string } => {
  const match = /^(https?:\/\/[^/?#]+)([^#]*)/.exec(url);
  if (match?.[1] === undefined) throw new Error(`not an absolute http(s) URL: ${url}`);
  const rest = match[2] ?? '';
  return { origin: match[1], path: rest.startsWith('/') ? rest : `/${rest}` };
};

export const createHttpClient = (options: HttpClientOptions): HttpClient => {
  const { tls, bodies } = options;
  const pools = new Map<string, Pool>();
  const pool = (origin: string, withCertificate: boolean): Pool => {
    // Connections that show a certificate and those that do not are never mixed.
    const key = withCertificate || tls?.cert === undefined ? origin : `${origin} without a certificate`;
    const existing = pools.get(key);
    if (existing !== undefined) return existing;
    const created = new Pool(origin, {
      connections: options.connections,
      connect: {
        rejectUnauthorized: !options.insecure,
        timeout: options.timeoutMs,
        ...(tls === undefined ? {} : { secureContext: secureContextOf(tls, withCertificate) }),
      },
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    pools.set(key, created);
    return created;
  };
  return {
    send({ method, url, headers, body, keptBytes, isPassing, withoutCertificate }, signal) {
      const { origin, path } = split(url);
      const budget = isPassing === true ? new BodyBudget() : bodies;
      const share = budget.share(keptBytes ?? usuallyKept);
      const order = { method, path, headers, body, share, timeoutMs: options.timeoutMs };
      return exchange(pool(origin, withoutCertificate !== true), order, signal);
    },
    async close() {
      await Promise.all([...pools.values()].map((open) => open.destroy()));
    },
  };
};
