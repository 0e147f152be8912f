/**
 * Uses a server of node:http as the provider of a simulation. It listens on no port: requests come over a connection in
 * memory, and Node's own parser reads them. The server has to use the time and the random numbers of the world.
 */
import { createServer, type RequestListener } from 'node:http';
import { MemoryTransport } from '../mock/index.js';
import type { TargetDescription } from '../suites/index.js';
import type { SimulatedProvider } from './world.js';

/** Responses must have a Content-Length or end with the connection. */
export const serverProvider = (target: TargetDescription, listener: RequestListener): SimulatedProvider => {
  const transport = new MemoryTransport(createServer(listener));
  return {
    target,
    handle: (request) => transport.handle(request),
    stop: () => {
      transport.close();
      return Promise.resolve();
    },
  };
};
