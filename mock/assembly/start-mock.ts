/** Starts a mock that listens on a port. */
import type { AddressInfo } from 'node:net';
import { assemble, stateOf, stopGrace, type Assembly, type PushOrder } from './assemble.js';
import type { AssembleOptions } from './setup.js';

export type StartOptions = AssembleOptions & {
  /**
   * The SCIM base URL at which clients reach the mock if a reverse proxy stands before it. All URLs in its answers begin
   * with it; requests are served under `basePath` all the same. Default: the URL at which it listens.
   */
  readonly publicUrl?: string;
};

export interface Mock extends Pick<Assembly, 'tokens' | 'snapshot' | 'pushTo'> {
  /** The SCIM base URL at which it listens. */
  readonly url: string;
  readonly port: number;
  /** Stops like `stop`, and starts again at the same port with the same state and tokens. Faults begin anew. */
  restart(): Promise<void>;
  /** Answers the requests in progress and refuses new ones. Waits up to a second for requests that arrived in part. */
  stop(): Promise<void>;
}

/** Rejects if the port is taken. */
const listen = async ({ app, settings, end }: Assembly, port: number): Promise<number> => {
  try {
    await app.listen({ port, host: settings.host });
  } catch (error) {
    await end();
    throw error;
  }
  return (app.server.address() as AddressInfo).port;
};

const stopListening = async ({ app, clock, answered, endWaiting, end }: Assembly): Promise<void> => {
  endWaiting();
  const closed = app.close();
  const inTime = new AbortController();
  void clock.sleep(stopGrace, inTime.signal).then(async () => {
    if (inTime.signal.aborted) return;
    await answered();
    // A connection with an incomplete request would keep the server open for ever.
    app.server.closeAllConnections();
  });
  await closed;
  inTime.abort();
  await end();
};

/** Begins to take messages from the broker. Rejects with an AmqpError; then nothing listens any more. */
const receive = async (assembly: Assembly): Promise<void> => {
  try {
    await assembly.receive();
  } catch (error) {
    await stopListening(assembly);
    throw error;
  }
};

/**
 * Starts a mock in this process. Rejects if the port is taken, with a StoreError or with an AmqpError. Mocks share no state but that of a
 * `store`.
 */
export const startMock = async (options: StartOptions = {}): Promise<Mock> => {
  // Not known before the server listens, because the port may be chosen by the system.
  let url = '';
  const { publicUrl, ...rest } = options;
  const start = (more: Partial<AssembleOptions>): Promise<Assembly> =>
    assemble({ ...rest, ...more }, () => publicUrl ?? url);
  let running = await start({});
  const { settings, tokens } = running;
  const port = await listen(running, settings.port);
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  url = `http://${host}:${port}${settings.basePath}`;
  await receive(running);
  const pushOrders: PushOrder[] = [];
  return {
    url,
    port,
    tokens,
    snapshot: () => running.snapshot(),
    pushTo: (order) => {
      pushOrders.push(order);
      running.pushTo(order);
    },
    restart: async () => {
      await stopListening(running);
      await running.workEnded();
      running = await start(stateOf(running));
      await listen(running, port);
      await receive(running);
      for (const order of pushOrders) running.pushTo(order);
    },
    stop: () => stopListening(running),
  };
};
