/**
 * The suite's only way to the network. It follows no redirect, trusts no length, always has an overall deadline,
 * and turns whatever goes wrong into data, because a target that misbehaves is what the suite is for.
 */
import type { Readable } from 'node:stream';
import { Pool } from 'undici';
import type { ExchangeFailure, HeaderList } from '../../schemas/types.js';
import { secureContextOf, type ClientTls } from './tls.js';
import { alwaysKept, type BodyBudget, type Share } from './body-budget.js';

export interface HttpRequest {
  readonly method: string;
  /** Absolute; sent as it is, so that hostile paths reach the target unnormalised. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body?: string;
  /** Bytes of a response body that is kept whole; of a longer one the beginning is kept, and marked. 1 MiB where absent. */
  readonly keptBytes?: number;
  /** Sent over a connection that does not show the client's certificate. */
  readonly withoutCertificate?: boolean;
}

export type HttpAnswer =
  | { readonly type: 'response'; status: number; headers: HeaderList; body: string; truncated: boolean }
  | ({ readonly type: 'failure' } & ExchangeFailure);

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

/** Listens instead of iterating: an async iterator costs twice as much for each exchange. */
const readBody = (body: Readable, share: Share): Promise<{ body: string; truncated: boolean }> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (truncated: boolean): void => {
      const whole = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      resolve({ body: whole?.toString('utf8', 0, truncated ? alwaysKept : length) ?? '', truncated });
    };
    const gather = (chunk: Buffer): void => {
      chunks.push(chunk);
      length += chunk.length;
      if (share.reach(length)) return;
      body.off('data', gather);
      end(true);
      body.destroy();
    };
    body.on('data', gather);
    body.on('end', () => end(false));
    body.on('error', (error) => {
      share.release();
      reject(error);
    });
  });

const trusted = '--insecure accepts it, or tls.ca in a target file names its issuer';

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the connection was closed without an answer',
  UND_ERR_SOCKET: 'the connection was closed without a whole answer',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  DEPTH_ZERO_SELF_SIGNED_CERT: `its TLS certificate is self-signed (${trusted})`,
  SELF_SIGNED_CERT_IN_CHAIN: `its TLS certificate chain is self-signed (${trusted})`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `its TLS certificate cannot be verified (${trusted})`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `the issuer of its TLS certificate is not known (${trusted})`,
  CERT_HAS_EXPIRED: 'its TLS certificate has expired (--insecure accepts it)',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another host (--insecure accepts it)',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there (http instead of https?)',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it demands a client certificate (tls in a target file names one)',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE:
    'it ended the TLS handshake; it may demand a client certificate (tls in a target file names one)',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'it does not accept the client certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'it does not accept the client certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'the client certificate has expired',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it does not know who issued the client certificate',
};

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Node joins the failures of several addresses in an AggregateError without a message of its own.
  if (error instanceof AggregateError) return describe(error.errors[0]);
  return reasons[code] ?? (error.message === '' ? error.name : error.message);
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
    async send(request, signal) {
      const { origin, path } = split(request.url);
      // AbortSignal.any and .timeout cost a third of an exchange.
      const controller = new AbortController();
      const interrupt = (): void => controller.abort();
      const late = new Error('late');
      const deadline = setTimeout(() => controller.abort(late), options.timeoutMs);
      if (signal.aborted) interrupt();
      signal.addEventListener('abort', interrupt);
      try {
        const { statusCode, headers, body } = await pool(origin, request.withoutCertificate !== true).request({
          method: request.method,
          path,
          headers: request.headers.flat(),
          body: request.body ?? null,
          signal: controller.signal,
          responseHeaders: 'raw',
        });
        const raw = headers as unknown as string[];
        const list = Array.from({ length: raw.length / 2 }, (_, i): [string, string] => [
          String(raw[2 * i]),
          String(raw[2 * i + 1]),
        ]);
        return {
          type: 'response',
          status: statusCode,
          headers: list,
          ...(await readBody(body, bodies.share(request.keptBytes ?? usuallyKept))),
        };
      } catch (error) {
        if (signal.aborted) return { type: 'failure', code: 'interrupted', message: 'the run was interrupted' };
        if (controller.signal.reason === late) {
          return { type: 'failure', code: 'timeout', message: `no whole answer within ${options.timeoutMs / 1000} s` };
        }
        return { type: 'failure', code: 'connection', message: describe(error) };
      } finally {
        clearTimeout(deadline);
        signal.removeEventListener('abort', interrupt);
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((open) => open.destroy()));
    },
  };
};
