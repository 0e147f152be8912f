/** Creates a mock that answers requests inside this process, without a socket, for simulations and fast tests. */
import { exchangeDirectly, plainOf } from '../http/server/direct-exchange.js';
import { MemoryTransport, type MemoryReply, type MemoryRequest } from '../http/server/memory-transport.js';
import { waitFor } from '../clock.js';
import { assemble, stateOf, stopGrace, type Assembly, type PushOrder } from './assemble.js';
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
  /**
   * Stops like `stop`, and starts again with the same state, options and tokens after so many milliseconds, in which nothing
   * listens. Faults begin anew.
   */
  restart(downMillis: number): Promise<void>;
  /** Answers the requests in progress and refuses new ones. Waits up to a second for requests that arrived in part. */
  stop(): Promise<void>;
}

/** A mock that answers requests, and what is needed to stop it and to start it again. */
interface Running {
  readonly assembly: Assembly;
  readonly transport: MemoryTransport;
}

const stopRunning = async ({ assembly, transport }: Running): Promise<void> => {
  assembly.endWaiting();
  await waitFor(assembly.clock, stopGrace, () => transport.answered(), []);
  transport.close();
  await assembly.end();
};

/** Mocks share no state but that of a `store`. Rejects with UnknownFault, a StoreError or an AmqpError. */
export const createMock = async (options: CreateOptions = {}): Promise<MemoryMock> => {
  const { baseUrl = 'http://127.0.0.1/scim/v2', ...rest } = options;
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, '');
  const start = async (more: Partial<AssembleOptions>): Promise<Running> => {
    const assembly = await assemble({ ...rest, ...more, basePath }, () => baseUrl);
    const { app } = assembly;
    await app.ready();
    const transport = new MemoryTransport(app.server, (request, closing) => {
      const plain = plainOf(request);
      const signals = request.signal === undefined ? [closing] : [closing, request.signal];
      return plain === undefined ? undefined : exchangeDirectly(app, plain, signals);
    });
    const running: Running = { assembly, transport };
    await assembly.receive().catch(async (error: unknown) => {
      await stopRunning(running);
      throw error;
    });
    return running;
  };
  const pushOrders: PushOrder[] = [];
  let running = await start({});
  const { tokens } = running.assembly;
  return {
    url: baseUrl,
    tokens,
    snapshot: () => running.assembly.snapshot(),
    pushTo: (order) => {
      pushOrders.push(order);
      running.assembly.pushTo(order);
    },
    handle: (request) => running.transport.handle(request),
    restart: async (downMillis) => {
      const { assembly } = running;
      await stopRunning(running);
      await assembly.workEnded();
      await assembly.clock.sleep(downMillis);
      running = await start(stateOf(assembly));
      for (const order of pushOrders) running.assembly.pushTo(order);
    },
    stop: () => stopRunning(running),
  };
};
