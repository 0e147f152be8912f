/** Creates a mock that answers requests inside this process, without a socket, for simulations and fast tests. */
import { exchangeDirectly, plainOf } from '../http/server/direct-exchange.js';
import { MemoryTransport, type MemoryReply, type MemoryRequest } from '../http/server/memory-transport.js';
import { waitFor } from '../clock.js';
import { assemble, stopGrace, type Assembly } from './assemble.js';
import type { AssembleOptions } from './setup.js';

export type CreateOptions = Omit<AssembleOptions, 'port' | 'host' | 'basePath'> & {
  /**
   * The SCIM base URL that the mock uses in its answers; requests are served under its path. Default:
   * `http://127.0.0.1/scim/v2`.
   */
  readonly baseUrl?: string;
};

export interface MemoryMock extends Pick<Assembly, 'tokens' | 'snapshot' | 'pushTo'> {
  /** SCIM base URL. */
  readonly url: string;
  /** Answers a request as over a socket. Never rejects; if the connection is cut, the reply is a `failure`. */
  handle(request: MemoryRequest): Promise<MemoryReply>;
  /** Answers the requests in progress and refuses new ones. Waits up to a second for requests that arrived in part. */
  stop(): Promise<void>;
}

/** Mocks share no state but that of a `store`. Rejects with UnknownFault or a StoreError. */
export const createMock = async (options: CreateOptions = {}): Promise<MemoryMock> => {
  const { baseUrl = 'http://127.0.0.1/scim/v2', ...rest } = options;
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, '');
  const assembly = await assemble({ ...rest, basePath }, () => baseUrl);
  await assembly.app.ready();
  const { app } = assembly;
  const transport = new MemoryTransport(app.server, (request, closing) => {
    const plain = plainOf(request);
    const signals = request.signal === undefined ? [closing] : [closing, request.signal];
    return plain === undefined ? undefined : exchangeDirectly(app, plain, signals);
  });
  const { tokens, snapshot, pushTo } = assembly;
  return {
    url: baseUrl,
    tokens,
    snapshot,
    pushTo,
    handle: (request) => transport.handle(request),
    stop: async () => {
      assembly.endWaiting();
      await waitFor(assembly.clock, stopGrace, () => transport.answered(), []);
      transport.close();
      await assembly.end();
    },
  };
};
