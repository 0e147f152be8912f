/** What the suite and the provider of a simulation share: one clock, one seed, and the network between them. */
import type { Handler, Network, OpenPushServer, RunEnvironment, TargetDescription } from '../suites/index.js';
import { createClock, createHandlerTransport } from '../suites/index.js';
import type { Poster } from '../mock/index.js';
import { Chance } from './chance.js';
import { createNetwork, type NetworkOptions } from './network.js';
import { createVerify } from './verify.js';
import { VirtualClock } from './virtual-clock.js';

export interface SimulatedProvider {
  readonly target: TargetDescription;
  readonly handle: Handler;
  /** URL at which security event tokens can be polled (RFC 8936); undefined if polling is not supported. */
  readonly pollUrl?: string;
  /** Makes the provider push security event tokens to this URL (RFC 8935). */
  readonly pushTo?: (url: string) => void;
  readonly stop: () => Promise<void>;
}

const receiverUrl = 'http://receiver.example';

type Receive = Parameters<OpenPushServer>[1];

export class World {
  readonly clock = new VirtualClock();
  /** Random numbers of the provider. The suite and the network have others. */
  readonly chance: Chance;
  private readonly seed: Chance;
  private readonly network: Network;
  private receive: Receive | undefined;

  constructor(seed: number, network: NetworkOptions = {}) {
    this.seed = new Chance(`simulation ${seed}`);
    this.chance = this.seed.of('provider');
    this.network = createNetwork(this.clock, this.seed.of('network'), network);
  }

  /** The environment of a run, including the transport to the provider. */
  environment(handle: Handler): RunEnvironment {
    const { clock } = this;
    const bytes = this.seed.of('suite');
    return {
      clock: createClock({
        now: () => clock.look(),
        date: () => clock.date(),
        after: (ms, then) => clock.after(ms, then),
        // Work takes no time in a simulation.
        measureWork: () => () => 0,
      }),
      createTransport: createHandlerTransport(handle, this.network),
      openPushServer: ({ path }, receive) => {
        this.receive = receive;
        return Promise.resolve({
          url: `${receiverUrl}${path}`,
          close: () => {
            this.receive = undefined;
            return Promise.resolve();
          },
        });
      },
      verify: createVerify(clock),
      randomBytes: (count) => bytes.bytes(count),
    };
  }

  /** Sends pushed tokens from the provider to the receiver of the suite. */
  readonly newPoster = (): Poster => ({
    post: async (url, { headers, body }, signal) => {
      const { host, pathname, search } = new URL(url);
      const length = String(Buffer.byteLength(body));
      const sent = {
        method: 'POST',
        url,
        headers: [['Host', host], ...Object.entries(headers), ['Content-Length', length]] satisfies [string, string][],
        body,
        signal,
      };
      const reply = await this.network(sent, async () =>
        this.receive === undefined || !url.startsWith(receiverUrl)
          ? { failure: 'nothing listens there' }
          : this.receive({ method: 'POST', path: `${pathname}${search}`, headers: sent.headers, body }),
      );
      return 'failure' in reply ? undefined : { status: reply.status, body: reply.body };
    },
    close: () => Promise.resolve(),
  });
}
