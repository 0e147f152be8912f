/** Starts a provider that listens on a port. */
import type { AddressInfo } from 'node:net';
import { assemble, stopGrace, type Assembly } from './assemble.js';
import type { AssembleOptions } from './setup.js';

export type StartOptions = AssembleOptions;

export interface Mock extends Pick<Assembly, 'tokens' | 'snapshot' | 'pushTo'> {
  /** SCIM base URL. */
  readonly url: string;
  readonly port: number;
  /** Answers what it has been asked and takes no more; half-sent requests are given a second to arrive. */
  stop(): Promise<void>;
}

/** Starts a provider in this process. Rejects where the port is taken. Two mocks share nothing. */
export const startMock = async (options: StartOptions = {}): Promise<Mock> => {
  // The port is known when the server listens, and the base URL with it.
  let url = '';
  const assembly = assemble(options, () => url);
  const { app, clock, settings, tokens, snapshot, pushTo } = assembly;
  await app.listen({ port: settings.port, host: settings.host });
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
      assembly.hurry();
      const closed = app.close();
      const inTime = new AbortController();
      void clock.sleep(stopGrace, inTime.signal).then(async () => {
        if (inTime.signal.aborted) return;
        await assembly.answered();
        // A connection on which half a request stands still would hold the server open for good.
        app.server.closeAllConnections();
      });
      await closed;
      inTime.abort();
      await assembly.end();
    },
  };
};
