/** What suite and provider of one simulation share: one time line, one seed, and the network between them. */
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
  /** Where security event tokens can be polled (RFC 8936); nowhere where absent. */
  readonly pollUrl?: string;
  /** Has security event tokens pushed to this URL (RFC 8935). */
  readonly pushTo?: (url: string) => void;
  readonly stop: () => Promise<void>;
}

const receiverUrl = 'http://receiver.example/events';

type Receive = Parameters<OpenPushServer>[1];

export class World {
  readonly clock = new VirtualClock();
  /** The provider's; the suite's and the network's are others. */
  readonly chance: Chance;
  private readonly seed: Chance;
  private readonly network: Network;
  private receive: Receive | undefined;

  constructor(seed: number, network: NetworkOptions = {}) {
    this.seed = new Chance(`simulation ${seed}`);
    this.chance = this.seed.of('provider');
    this.network = createNetwork(this.clock, this.seed.of('network'), network);
  }

  /** What a run takes from the machine, and the way to the provider. */
  environment(handle: Handler): RunEnvironment {
    const { clock } = this;
    const bytes = this.seed.of('suite');
    return {
      clock: createClock({
        now: () => clock.look(),
        date: () => clock.date(),
        after: (ms, then) => clock.after(ms, then),
        // No time passes while somebody works.
        measureWork: () => () => 0,
      }),
      createTransport: createHandlerTransport(handle, this.network),
      openPushServer: (_, receive) => {
        this.receive = receive;
        return Promise.resolve({
          url: receiverUrl,
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

  /** The way from a provider to the receiver of pushed tokens. */
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
