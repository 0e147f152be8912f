/** Sends the requests of a burst, and counts how many were admitted and which were throttled. */
import type { Exchange } from '../../../schemas/types.js';
import type { Session, Submitted } from '../../session/session.js';
import { isOtherRefusal, kindOf } from '../../rate-limit/burst-kinds.js';
import { isThrottled } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';
import { RequestMixture, type CreateMode, type Sent } from './request-mixture.js';

/** Number of throttled creates whose effect is searched for. */
export const throttledSample = 8;

/** Requests without an answer before this number are no refusal: a connection may be lost without any load. */
const manyLost = 8;

/** Whether the target throttled a request, or answered 5xx. */
const isUnserved = (exchange: Exchange): boolean =>
  isAnswered(exchange) && (isThrottled(exchange) || exchange.response.status >= 500);

export class BurstSender {
  readonly accepted: Submitted[] = [];
  /** Names of creates that were throttled, by mode. */
  readonly throttledNames: Readonly<Record<CreateMode, string[]>> = { sync: [], async: [], bulk: [] };
  sent = 0;
  /** Number of requests that got no answer. */
  lost = 0;
  /** Number of requests that were admitted before the first refusal. */
  admittedAtFirst = 0;
  refused: Exchange | undefined;
  /** The newest throttled answer. */
  lastThrottled: Exchange | undefined;
  /** The newest answer of 4xx, other than 429, to a request of a kind that was admitted before. */
  lastRefusal: Exchange | undefined;
  private readonly admittedKinds = new Set<string>();
  private readonly mixture: RequestMixture;

  constructor(private readonly session: Session) {
    this.mixture = new RequestMixture(session);
  }

  get isOver(): boolean {
    return this.sent >= this.session.burstBudget;
  }

  /** Whether creates of every mode that the target serves were throttled, so that their effect can be searched for. */
  get hasThrottledCreates(): boolean {
    const { sync, async } = this.throttledNames;
    return sync.length > 0 && (async.length > 0 || this.session.binding === undefined);
  }

  /** Sends the next request of the mixture; returns whether the target did not serve it. */
  sendNext(): Promise<boolean> {
    return this.count(this.mixture.send(this.sent + 1));
  }

  /** Sends a create if too few were throttled yet: right after one refusal the next request is often refused, too. */
  async sendCreateIfNeeded(): Promise<void> {
    const { sync, async } = this.throttledNames;
    if (!this.isOver && sync.length + async.length < throttledSample) await this.count(this.mixture.create());
  }

  private async count(sending: Promise<Sent>): Promise<boolean> {
    this.sent += 1;
    const { exchange, submitted, create } = await sending;
    const isRefused = this.wasRefused(exchange);
    if (isRefused) this.refused ??= exchange;
    if (this.refused === undefined) this.admittedAtFirst += 1;
    if (submitted !== undefined) this.accepted.push(submitted);
    if (isAnswered(exchange) && isThrottled(exchange)) {
      this.lastThrottled = exchange;
      if (create !== undefined) this.throttledNames[create.mode].push(create.userName);
    }
    return isRefused;
  }

  private wasRefused(exchange: Exchange): boolean {
    if (!isAnswered(exchange)) return (this.lost += 1) >= manyLost;
    if (isUnserved(exchange)) return true;
    if (!isOtherRefusal(exchange)) {
      this.admittedKinds.add(kindOf(exchange));
      return false;
    }
    // A kind that was never admitted is not served at all, such as bulk requests of a provider without bulk.
    if (!this.admittedKinds.has(kindOf(exchange))) return false;
    this.lastRefusal = exchange;
    return true;
  }
}
