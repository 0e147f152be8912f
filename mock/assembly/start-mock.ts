/** Starts a mock that listens on a port. */
import type { AddressInfo } from 'node:net';
import { assemble, stopGrace, type Assembly } from './assemble.js';
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
  /** Answers the requests in progress and refuses new ones. Waits up to a second for requests that arrived in part. */
  stop(): Promise<void>;
}

/**
 * Starts a mock in this process. Rejects if the port is taken, or with a StoreError. Mocks share no state but that of a
 * `store`.
 */
export const startMock = async (options: StartOptions = {}): Promise<Mock> => {
  // Not known before the server listens, because the port may be chosen by the system.
  let url = '';
  const { publicUrl, ...rest } = options;
  const assembly = await assemble(rest, () => publicUrl ?? url);
  const { app, clock, settings, tokens, snapshot, pushTo } = assembly;
  try {
    await app.listen({ port: settings.port, host: settings.host });
  } catch (error) {
    await assembly.end();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  url = `http://${host}:${port}${settings.basePath}`;
  return {
    url,
    port,
    tokens,
    snapshot,
    pushTo,
    stop: async () => {
      assembly.endWaiting();
      const closed = app.close();
      const inTime = new AbortController();
      void clock.sleep(stopGrace, inTime.signal).then(async () => {
        if (inTime.signal.aborted) return;
        await assembly.answered();
        // A connection with an incomplete request would keep the server open for ever.
        app.server.closeAllConnections();
      });
      await closed;
      inTime.abort();
      await assembly.end();
    },
  };
};
