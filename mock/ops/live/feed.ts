/**
 * Sends the live page what it shows, as Server-Sent Events: at most four times a second, to a few pages at a time, and only
 * while somebody looks.
 */
import type { Clock } from '../../clock.js';

/** Where a page listens. */
export interface Viewer {
  /** Returns false if what was written before is still waiting to be sent. */
  readonly write: (text: string) => boolean;
  readonly end: () => void;
}

export interface FeedOptions {
  readonly clock: Clock;
  /** A JSON value. Rejects if the store does not answer. */
  readonly look: () => Promise<unknown>;
  /** Aborts when the mock stops. */
  readonly stopping: AbortSignal;
}

/** Milliseconds between two updates. */
const interval = 250;
/** Milliseconds after which something is sent although nothing has changed, so that lost connections are noticed. */
const silence = 15_000;
/** Pages at the same time. */
export const mostViewers = 8;

const eventOf = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

export class Feed {
  /** By viewer, whether it is ready for more. */
  private readonly viewers = new Map<Viewer, boolean>();
  private last: string | undefined;
  private isRunning = false;

  constructor(private readonly options: FeedOptions) {}

  get isFull(): boolean {
    return this.viewers.size >= mostViewers;
  }

  /** Call `leave` when the connection is closed. */
  join(viewer: Viewer): void {
    this.viewers.set(viewer, true);
    this.send(viewer, this.isRunning ? (this.last ?? '') : '');
    if (!this.isRunning) void this.run();
  }

  leave(viewer: Viewer): void {
    this.viewers.delete(viewer);
  }

  /** The viewer has sent everything. */
  drained(viewer: Viewer): void {
    if (this.viewers.has(viewer)) this.send(viewer, this.last ?? '');
  }

  private async run(): Promise<void> {
    const { clock, look, stopping } = this.options;
    this.isRunning = true;
    let sent = clock.now();
    this.last = undefined;
    while (this.viewers.size > 0 && !stopping.aborted) {
      const text = await look().then(
        (shown) => eventOf('shown', shown),
        () => eventOf('away', 'The store does not answer.'),
      );
      const isNew = text !== this.last;
      const isDue = clock.now() - sent >= silence;
      this.last = text;
      if (isNew || isDue) {
        sent = clock.now();
        // A slow page misses updates: each says everything.
        for (const [viewer, isReady] of this.viewers)
          if (isReady) this.send(viewer, isNew ? text : ': nothing new\n\n');
      }
      await clock.sleep(interval, stopping);
    }
    this.isRunning = false;
    if (stopping.aborted) for (const viewer of this.viewers.keys()) viewer.end();
  }

  private send(viewer: Viewer, text: string): void {
    this.viewers.set(viewer, text === '' || viewer.write(text));
  }
}
