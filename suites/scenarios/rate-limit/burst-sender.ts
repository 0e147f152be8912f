/** Sends the requests of a burst one by one, and keeps count of what came of them. */
import type { Exchange } from '../../../schemas/types.js';
import type { Session, Submitted } from '../../session/session.js';
import { isThrottled } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';
import { RequestMixture, type Sent } from './request-mixture.js';

/** Throttled creates whose effect is looked for. */
export const throttledSample = 8;

/** Whether an exchange shows that the target has enough: throttled, failing, or gone. */
export const isRefused = (exchange: Exchange): boolean =>
  !isAnswered(exchange) || isThrottled(exchange) || exchange.response.status >= 500;

export class BurstSender {
  readonly accepted: Submitted[] = [];
  /** Names of creates that were throttled, by the way that they were to be done. */
  readonly throttledNames = { sync: [] as string[], async: [] as string[] };
  sent = 0;
  /** Requests that were admitted before the first that was not. */
  admittedAtFirst = 0;
  refused: Exchange | undefined;
  /** The newest throttled answer. */
  lastThrottled: Exchange | undefined;
  private readonly mixture: RequestMixture;

  constructor(private readonly session: Session) {
    this.mixture = new RequestMixture(session);
  }

  get isOver(): boolean {
    return this.sent >= this.session.burstBudget;
  }

  /** Whether creates of every kind that there is were throttled: their effect can be looked for. */
  get hasThrottledCreates(): boolean {
    const { sync, async } = this.throttledNames;
    return sync.length > 0 && (async.length > 0 || this.session.binding === undefined);
  }

  /** The next request of the mixture. */
  one(): Promise<Exchange> {
    return this.count(this.mixture.at(this.sent + 1));
  }

  /** A create, as long as too few were throttled: after one refusal the next request is likely to be refused, too. */
  async insist(): Promise<void> {
    const { sync, async } = this.throttledNames;
    if (!this.isOver && sync.length + async.length < throttledSample) await this.count(this.mixture.create());
  }

  private async count(sending: Promise<Sent>): Promise<Exchange> {
    this.sent += 1;
    const { exchange, submitted, create } = await sending;
    if (isRefused(exchange)) this.refused ??= exchange;
    if (this.refused === undefined) this.admittedAtFirst += 1;
    if (submitted !== undefined) this.accepted.push(submitted);
    if (isAnswered(exchange) && isThrottled(exchange)) {
      this.lastThrottled = exchange;
      if (create !== undefined) this.throttledNames[create.mode].push(create.userName);
    }
    return exchange;
  }
}
