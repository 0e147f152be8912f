/** The transport over sockets. It follows no redirect, trusts no Content-Length, and always has a timeout. */
import { Pool } from 'undici';
import { secureContextOf } from './tls.js';
import { shareOf, splitUrl, type CreateTransport } from './transport.js';
import { exchange } from './undici-exchange.js';

/** Milliseconds, unless the server itself says how long it keeps an idle connection. */
const longestIdleMs = 1000;

export const createUndiciTransport: CreateTransport = ({ clock, timeoutMs, connections, insecure, tls, bodies }) => {
  const pools = new Map<string, Pool>();
  const pool = (origin: string, show: 'certificate' | 'no certificate'): Pool => {
    // Connections that show a certificate and those that do not are never mixed.
    const key = tls?.cert === undefined ? origin : `${origin} ${show}`;
    const existing = pools.get(key);
    if (existing !== undefined) return existing;
    const created = new Pool(origin, {
      connections,
      connect: {
        rejectUnauthorized: !insecure,
        timeout: timeoutMs,
        ...(tls === undefined ? {} : { secureContext: secureContextOf(tls, show) }),
      },
      // A server closes an idle connection when it likes. A request that is sent meanwhile is lost (RFC 9112 §9.5), so that
      // no connection is used that was idle for long.
      keepAliveTimeout: longestIdleMs,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    pools.set(key, created);
    return created;
  };
  return {
    send(request, signal) {
      const { method, url, headers, body, withoutCertificate } = request;
      const { origin, path } = splitUrl(url);
      const order = { method, path, headers, body, share: shareOf(request, bodies) };
      const show = withoutCertificate === true ? 'no certificate' : 'certificate';
      return exchange(pool(origin, show), order, { clock, timeoutMs, signal });
    },
    async close() {
      await Promise.all([...pools.values()].map((open) => open.destroy()));
    },
  };
};
