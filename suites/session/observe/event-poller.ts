/**
 * Polls for security event tokens (RFC 8936) while somebody waits for one. Only tokens of this run are acknowledged:
 * those of others stay for their own receivers.
 */
import { header, mediaType } from '../../../schemas/names.js';
import type { Exchange, HeaderList } from '../../../schemas/types.js';
import type { BodyBudget } from '../../client/body-budget.js';
import type { Clock } from '../../client/clock.js';
import type { RequestPlan } from '../request-plan.js';
import { responseJson } from '../../trace/message.js';
import { reducedTo } from '../../security-events/reduced-exchange.js';
import type { Inbox } from './inbox.js';
import { setsIn, type TokenContent } from '../../security-events/security-event-token.js';
import { Blocked } from '../../errors/errors.js';

/** Milliseconds between polls that find nothing, growing. */
const pauseMs = { first: 20, factor: 1.5, longest: 1000 };

/** Polls that take off what is left at the end. */
const drainRounds = 50;

/** SETs of one answer at most: what is not ours and stands before is to be in nobody's way. */
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
  /** Whether a token may be acknowledged: it is about what the run has done. */
  readonly isOurs: (token: TokenContent) => boolean;
  readonly clock: Clock;
  /** What may be kept of tokens. */
  readonly bodies: BodyBudget;
}

/** What may not be asked any more brings nothing more. */
const unlessBlocked = (error: unknown): void => {
  if (!(error instanceof Blocked)) throw error;
};

export class EventPoller {
  private readonly acknowledge = new Set<string>();
  private readonly seen = new Set<string>();
  private running: Promise<void> | undefined;
  /** SETs that the next poll asks for: fewer where they were too long together. */
  private most = maxEvents;
  /** Whether an answer was too long to be kept: what is waited for may have been in it. */
  isBlind = false;

  constructor(private readonly options: PollerOptions) {}

  /** Polls until nobody waits any more. */
  start(signal: AbortSignal): void {
    this.running ??= this.run(signal)
      .catch(unlessBlocked)
      .finally(() => {
        this.running = undefined;
      });
  }

  /**
   * Acknowledges what is left of this run, so that it stands before nothing that the next run looks for. Ends where
   * nothing new comes.
   */
  async drain(signal: AbortSignal): Promise<void> {
    for (let round = 0; round < drainRounds && !signal.aborted; round += 1) {
      const isNew = await this.poll().catch(unlessBlocked);
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

  /** One poll; returns whether it brought something new. */
  private async poll(): Promise<boolean> {
    const { url, send, inbox, isOurs, bodies } = this.options;
    const ack = [...this.acknowledge];
    const body = { returnImmediately: true, maxEvents: this.most, ...(ack.length === 0 ? {} : { ack }) };
    const exchange = await send({
      method: 'POST',
      url,
      purpose: 'event-poll',
      headers: eventPollHeaders,
      body,
      // Who sends everything again and again must not use up what others may keep: only new tokens are kept.
      isTransient: true,
    });
    if (exchange.response?.status !== 200) return false;
    for (const jti of ack) this.acknowledge.delete(jti);
    if (exchange.response.truncated) {
      this.isBlind = true;
      this.most = Math.ceil(this.most / 8);
      return false;
    }
    this.most = Math.min(maxEvents, this.most * 2);
    let found = false;
    for (const token of setsIn(responseJson(exchange))) {
      const { key = '' } = token;
      if (isOurs(token) && !ack.includes(key)) this.acknowledge.add(key);
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      found = true;
      const delivered = reducedTo(exchange, token);
      if (bodies.share(Infinity, 0).reach(delivered.response?.body.length ?? 0))
        inbox.deliver({ via: 'poll', exchange: delivered, token });
      else this.isBlind = true;
    }
    return found;
  }
}
