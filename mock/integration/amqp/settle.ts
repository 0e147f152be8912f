/**
 * Decides what becomes of a message from a broker: it is acknowledged when its request is accepted, put back if it may be
 * accepted later, and buried if it never will be.
 */
import { createHash } from 'node:crypto';
import { pause, type Clock } from '../../clock.js';
import type { Job } from '../../job.js';
import { Problem } from '../../problem.js';
import { StoreAway } from '../../store/store-error.js';
import type { Received } from './link.js';

export interface SettleOptions {
  readonly clock: Clock;
  /** The content as a JSON value. Throws a Problem. */
  readonly read: (content: Buffer) => unknown;
  /** Accepts the message as a request; resolves when it is kept in the store. */
  readonly accept: (body: unknown, requestId: string | undefined) => Promise<Job>;
  /** What the sender is told if it asks for an answer. */
  readonly answerOf: (job: Job) => unknown;
  /** Reports an error that is no Problem. */
  readonly onBug: (error: unknown) => void;
}

/** Milliseconds before a message that has to wait goes back for the first time; the wait doubles with each further time. */
const firstWait = 100;
/** Milliseconds. */
const longestWait = 30_000;
/** After so many unexpected errors a message is buried. */
const mostErrors = 5;
/** Messages whose tries are counted. */
const mostCounted = 1000;

/** As for X-Request-ID (profile §2). */
const demandId = (messageId: string | undefined): string | undefined => {
  if (messageId === undefined || /^[\x21-\x7e]{1,128}$/.test(messageId)) return messageId;
  throw new Problem(400, 'messageId has 1 to 128 visible ASCII characters.', 'invalidValue');
};

/** The same message may be accepted when the queue has room, or when the store or the source is back. */
const isForLater = (error: unknown): boolean =>
  error instanceof StoreAway || (error instanceof Problem && (error.status === 429 || error.status === 503));

export class Settling {
  /** How often a message went back, by its id or its content. */
  private readonly tries = new Map<string, number>();

  constructor(private readonly options: SettleOptions) {}

  /** If the signal aborts, the message is left as it is. Rejects if the connection is gone. */
  async settle(received: Received, signal: AbortSignal): Promise<void> {
    const { clock, accept, read, answerOf, onBug } = this.options;
    const hasStopped = (): boolean => signal.aborted;
    const key = received.messageId ?? createHash('sha256').update(received.content).digest('base64');
    let job: Job;
    try {
      job = await accept(read(received.content), demandId(received.messageId));
    } catch (error) {
      if (hasStopped()) return;
      const number = (this.tries.get(key) ?? 0) + 1;
      const isExpected = error instanceof Problem || error instanceof StoreAway;
      if (!isExpected) onBug(error);
      if (isForLater(error) || (!isExpected && number < mostErrors)) {
        this.count(key, number);
        await pause(clock, Math.min(firstWait * 2 ** (number - 1), longestWait), signal);
        if (!hasStopped()) received.requeue();
        return;
      }
      this.tries.delete(key);
      await received.bury(error instanceof Problem ? `${error.status} ${error.message}` : '500 Its handler failed.');
      return;
    }
    this.tries.delete(key);
    // Before the acknowledgement: if the process ends between them, the message comes again, and so does the answer.
    if (received.wantsReply) received.reply(answerOf(job));
    received.ack();
  }

  private count(key: string, number: number): void {
    this.tries.delete(key);
    this.tries.set(key, number);
    const [oldest] = this.tries.keys();
    // Another process may have taken it since.
    if (this.tries.size > mostCounted && oldest !== undefined) this.tries.delete(oldest);
  }
}
