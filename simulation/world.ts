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
  /** Stops the provider and starts it again with the same state; undefined if it cannot be restarted. */
  readonly restart?: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Servers of the suite that the provider reaches: each has a name of its own. */
const receiverUrl = (number: number): string => `https://receiver-${number}.example`;

/** An address of the public Internet: the provider may refuse others. Nothing is ever sent to it. */
const publicAddress = '93.184.215.14';

type Receive = Parameters<OpenPushServer>[1];

export class World {
  readonly clock = new VirtualClock();
  /** Random numbers of the provider. The suite and the network have others. */
  readonly chance: Chance;
  private readonly seed: Chance;
  private readonly network: Network;
  /** The servers of the suite by URL, without path. */
  private readonly receivers = new Map<string, Receive>();
  private opened = 0;

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
        this.opened += 1;
        const origin = receiverUrl(this.opened);
        this.receivers.set(origin, receive);
        return Promise.resolve({
          url: `${origin}${path}`,
          close: () => {
            this.receivers.delete(origin);
            return Promise.resolve();
          },
        });
      },
      verify: createVerify(clock),
      randomBytes: (count) => bytes.bytes(count),
    };
  }

  /** Resolves names for the provider. */
  readonly resolve = (): Promise<readonly string[]> => Promise.resolve([publicAddress]);

  /** Sends pushes and webhook deliveries of the provider to the receivers of the suite. */
  readonly newPoster = (): Poster => ({
    post: async (url, { method = 'POST', headers, body }, signal) => {
      const { host, pathname, search, origin } = new URL(url);
      const length = String(Buffer.byteLength(body));
      const sent = {
        method,
        url,
        headers: [['Host', host], ...Object.entries(headers), ['Content-Length', length]] satisfies [string, string][],
        body,
        signal,
      };
      const reply = await this.network(sent, async () => {
        const receive = this.receivers.get(origin);
        if (receive === undefined) return { failure: 'nothing listens there' };
        const delivery = { method, path: `${pathname}${search}`, headers: sent.headers, body };
        // The suite gives no answer on purpose.
        return receive(delivery).catch(() => ({ failure: 'the connection was closed without an answer' }));
      });
      return 'failure' in reply ? undefined : { status: reply.status, body: reply.body };
    },
    close: () => Promise.resolve(),
  });
}
