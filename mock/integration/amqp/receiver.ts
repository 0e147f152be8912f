/** Takes messages from a broker for as long as the mock runs, and connects again whenever the connection is lost. */
import type { Logger } from 'pino';
import { pause, waitFor, type Clock } from '../../clock.js';
import { AmqpError } from './amqp-error.js';
import type { BrokerAddress } from './broker-address.js';
import type { Link, OpenLink, Received } from './link.js';
import type { Settling } from './settle.js';

export interface ReceiverOptions {
  readonly address: BrokerAddress;
  readonly open: OpenLink;
  readonly clock: Clock;
  readonly settling: Pick<Settling, 'settle'>;
  readonly logger: Logger | undefined;
}

/** Milliseconds before the first try to connect again; the wait doubles with each further try. */
const firstWait = 200;
/** Milliseconds. */
const longestWait = 30_000;
/** When the mock stops, milliseconds for which messages in progress may still be accepted. */
const grace = 1000;

export class Receiver {
  private readonly stopping = new AbortController();
  private readonly busy = new Set<Promise<void>>();
  private link: Link | undefined;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly options: ReceiverOptions) {}

  /** Rejects with an AmqpError if the broker cannot be used now. */
  async start(): Promise<void> {
    this.loop = this.keep(await this.connect());
  }

  /** Takes no more messages. Those that were not accepted go back into the queue. */
  async stop(): Promise<void> {
    const { clock } = this.options;
    this.stopping.abort();
    await waitFor(clock, grace, () => Promise.all(this.busy), []);
    const { link } = this;
    if (link !== undefined) await waitFor(clock, grace, () => link.close(), []);
    // A try to connect may take longer; what it opens is closed at once.
    await waitFor(clock, grace, () => this.loop, []);
  }

  /** A method, because it changes while others wait. */
  private hasStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async connect(): Promise<Link> {
    const { open, address } = this.options;
    const from: { link?: Link } = {};
    from.link = await open(address, (received) => this.take(received, from));
    this.link = from.link;
    return from.link;
  }

  private take(received: Received, from: { readonly link?: Link }): void {
    const { signal } = this.stopping;
    // It goes back when the connection is closed.
    if (signal.aborted) return;
    const work = this.options.settling
      .settle(received, signal)
      // The connection is gone, or of no use: without it the message comes again.
      .catch(() => from.link?.close())
      .finally(() => this.busy.delete(work));
    this.busy.add(work);
  }

  private async keep(first: Link): Promise<void> {
    const { clock, logger, address } = this.options;
    const { signal } = this.stopping;
    const { place, queue } = address;
    const stopped = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    let link = first;
    let tries = 0;
    for (;;) {
      const since = clock.now();
      let why = await Promise.race([link.lost, stopped]);
      if (why === undefined || this.hasStopped()) return;
      await waitFor(clock, grace, () => link.close(), [signal]);
      // Otherwise a broker that closes each new connection would be asked without a pause.
      if (clock.now() - since >= longestWait) tries = 0;
      for (let next: Link | undefined; next === undefined;) {
        const waitMillis = Math.min(firstWait * 2 ** tries, longestWait);
        tries += 1;
        logger?.warn({ broker: place, queue, why, waitMillis }, 'the message broker is away');
        await pause(clock, waitMillis, signal);
        if (this.hasStopped()) return;
        next = await this.connect().catch((error: unknown) => {
          why = error instanceof AmqpError ? error.message : 'the connection failed';
          return undefined;
        });
        if (next !== undefined) link = next;
      }
      if (this.hasStopped()) return link.close();
      logger?.info({ broker: place, queue }, 'the message broker is back');
    }
  }
}
