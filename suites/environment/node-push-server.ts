/** The push server of a real run: it receives security event tokens over a socket. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HeaderList } from '../../schemas/types.js';
import type { OpenPushServer } from './push-server.js';

const fieldsOf = ({ rawHeaders }: IncomingMessage): HeaderList =>
  Array.from({ length: rawHeaders.length / 2 }, (_, place): [string, string] => [
    rawHeaders[2 * place] ?? '',
    rawHeaders[2 * place + 1] ?? '',
  ]);

/** Anybody who reaches the port may open connections. */
const limits = { connections: 256, requestMs: 30_000, headersMs: 10_000 };

export const openNodePushServer: OpenPushServer = async ({ port, publicUrl, path }, receive) => {
  const server = createServer(
    { requestTimeout: limits.requestMs, headersTimeout: limits.headersMs },
    (request, response) => {
      const { method = '', url = '/' } = request;
      void receive({ method, path: url, headers: fieldsOf(request), body: request })
        .then(({ status, headers, body }) => {
          // What was not read is not waited for: it may have no end.
          const fields = request.complete ? headers : [...headers, ['Connection', 'close']];
          response.writeHead(status, fields.flat()).end(body, () => {
            if (!request.complete) request.destroy();
          });
        })
        .catch(() => response.destroy());
    },
  );
  server.maxConnections = limits.connections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(publicUrl === undefined ? { host: '127.0.0.1' } : {}) }, resolve);
  });
  return {
    url: `${publicUrl ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}`}${path}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};
