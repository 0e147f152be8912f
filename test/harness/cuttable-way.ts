/** A way to a server that can be cut and joined again: a TCP proxy on this machine. */
import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Way {
  readonly port: number;
  /** Breaks all connections, and refuses new ones. */
  readonly cut: () => Promise<void>;
  /** Lets connections through again, at the same port. */
  readonly join: () => Promise<unknown>;
}

export const wayTo = async (farHost: string, farPort: number): Promise<Way> => {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = createConnection(farPort, farHost);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
  return { port, cut, join: () => listen(port) };
};
