/** Makes a provider that is asked in this process, without a socket: what simulations and quick tests need. */
import { MemoryTransport, type MemoryReply, type MemoryRequest } from '../http/server/memory-transport.js';
import { waitFor } from '../clock.js';
import { assemble, stopGrace, type Assembly } from './assemble.js';
import type { AssembleOptions } from './setup.js';

export type CreateOptions = Omit<AssembleOptions, 'port' | 'host' | 'basePath'> & {
  /** SCIM base URL that it says it has; `http://127.0.0.1/scim/v2` where absent. Its path is where it answers. */
  readonly baseUrl?: string;
};

export interface MemoryMock extends Pick<Assembly, 'tokens' | 'snapshot' | 'pushTo'> {
  /** SCIM base URL. */
  readonly url: string;
  /** Answers a request as it would over a socket. Never rejects: a connection that ends early is a `failure`. */
  handle(request: MemoryRequest): Promise<MemoryReply>;
  /** Answers what it has been asked and takes no more; half-sent requests are given a second to arrive. */
  stop(): Promise<void>;
}

/** Two mocks share nothing. Rejects with UnknownFault. */
export const createMock = async (options: CreateOptions = {}): Promise<MemoryMock> => {
  const { baseUrl = 'http://127.0.0.1/scim/v2', ...rest } = options;
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, '');
  const assembly = assemble({ ...rest, basePath }, () => baseUrl);
  await assembly.app.ready();
  const transport = new MemoryTransport(assembly.app.server);
  const { tokens, snapshot, pushTo } = assembly;
  return {
    url: baseUrl,
    tokens,
    snapshot,
    pushTo,
    handle: (request) => transport.handle(request),
    stop: async () => {
      assembly.hurry();
      await waitFor(assembly.clock, stopGrace, () => transport.answered(), []);
      transport.close();
      await assembly.end();
    },
  };
};
