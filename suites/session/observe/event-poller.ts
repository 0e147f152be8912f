/**
 * Polls for security event tokens (RFC 8936) while an exercise waits for one. Only tokens of this run are acknowledged;
 * all others stay in the stream for their own receivers.
 */
import { header, mediaType } from '../../../schemas/names.js';
import type { Exchange, HeaderList } from '../../../schemas/types.js';
import type { BodyBudget } from '../../client/body-budget.js';
import type { Clock } from '../../client/clock.js';
import type { RequestPlan } from '../request-plan.js';
import { responseJsonAsSent } from '../../trace/message.js';
import { reducedTo } from '../../security-events/reduced-exchange.js';
import type { Inbox } from './inbox.js';
import { setsIn, type TokenContent } from '../../security-events/security-event-token.js';
import { Blocked } from '../../errors/errors.js';

/** Growing pause in milliseconds between polls that find nothing. */
const pauseMs = { first: 20, factor: 1.5, longest: 1000 };

/** At most so many polls empty the stream at the end. */
const drainRounds = 50;

/** At most so many SETs in one answer: many, because unacknowledged tokens of others may come before those of the run. */
export const maxEvents = 1000;

/** A request of RFC 8936 §2.2. */
export interface EventPoll {
  readonly maxEvents?: number;
  readonly returnImmediately?: boolean;
  /** `jti`s. */
  readonly ack?: readonly string[];
}

/** Fields of a request and an answer in JSON (RFC 8936 §2.2). */
export const eventPollHeaders: HeaderList = [
  [header.accept, mediaType.json],
  [header.contentType, mediaType.json],
];

export interface PollerOptions {
  readonly url: string;
  readonly send: (plan: RequestPlan) => Promise<Exchange>;
  readonly inbox: Inbox;
  /** Whether a token is about a request or resource of the run, so that it may be acknowledged. */
  readonly isOfRun: (token: TokenContent) => boolean;
  readonly clock: Clock;
  /** Limits the memory for tokens. */
  readonly bodies: BodyBudget;
}

/** A poll that may not be sent any more counts as one that finds nothing. */
const ignoreBlocked = (error: unknown): void => {
  if (!(error instanceof Blocked)) throw error;
};

export class EventPoller {
  private readonly acknowledge = new Set<string>();
  private readonly seen = new Set<string>();
  private running: Promise<void> | undefined;
  /** SETs that the next poll asks for: fewer after an answer that was too long. */
  private most = maxEvents;
  /** Whether an answer was too long to be kept: an expected token may have been in it. */
  hasLostTokens = false;

  constructor(private readonly options: PollerOptions) {}

  /** Polls until no exercise waits for a token any more. */
  start(signal: AbortSignal): void {
    this.running ??= this.run(signal)
      .catch(ignoreBlocked)
      .finally(() => {
        this.running = undefined;
      });
  }

  /**
   * Acknowledges the tokens of this run that are left in the stream, so that the next run does not have to read past
   * them. Ends when a poll brings nothing new.
   */
  async drain(signal: AbortSignal): Promise<void> {
    for (let round = 0; round < drainRounds && !signal.aborted; round += 1) {
      const isNew = await this.poll().catch(ignoreBlocked);
      if (isNew !== true && this.acknowledge.size === 0) return;
    }
  }

  private async run(signal: AbortSignal): Promise<void> {
    const { inbox, clock } = this.options;
    for (let waits = 0; inbox.isAwaited && !signal.aborted;) {
      const found = await this.poll();
      waits = found ? 0 : waits + 1;
      if (waits > 0)
        await clock.sleep(Math.min(pauseMs.first * pauseMs.factor ** (waits - 1), pauseMs.longest), signal);
    }
  }

  /** Polls once; returns whether the poll brought a new token. */
  private async poll(): Promise<boolean> {
    const { url, send, inbox, isOfRun, bodies } = this.options;
    const ack = [...this.acknowledge];
    const body = { returnImmediately: true, maxEvents: this.most, ...(ack.length === 0 ? {} : { ack }) };
    const exchange = await send({
      method: 'POST',
      url,
      purpose: 'event-poll',
      headers: eventPollHeaders,
      body,
      // A provider may send the same tokens again and again, so that only new tokens count towards the memory limit.
      isTransient: true,
    });
    if (exchange.response?.status !== 200) return false;
    for (const jti of ack) this.acknowledge.delete(jti);
    if (exchange.response.truncated) {
      this.hasLostTokens = true;
      this.most = Math.ceil(this.most / 8);
      return false;
    }
    this.most = Math.min(maxEvents, this.most * 2);
    let found = false;
    for (const token of setsIn(responseJsonAsSent(exchange))) {
      const { key = '' } = token;
      if (isOfRun(token) && !ack.includes(key)) this.acknowledge.add(key);
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      found = true;
      const delivered = reducedTo(exchange, token);
      if (bodies.share(Infinity, 0).reach(delivered.response?.body.length ?? 0))
        inbox.deliver({ via: 'poll', exchange: delivered, token });
      else this.hasLostTokens = true;
    }
    return found;
  }
}
