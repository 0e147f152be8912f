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

export const openNodePushServer: OpenPushServer = async ({ port, publicUrl }, receive) => {
  const server = createServer((request, response) => {
    const { method = '', url = '/' } = request;
    void receive({ method, path: url, headers: fieldsOf(request), body: request })
      .then(({ status, headers, body }) => response.writeHead(status, headers.flat()).end(body))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(publicUrl === undefined ? { host: '127.0.0.1' } : {}) }, resolve);
  });
  return {
    url: publicUrl ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};
