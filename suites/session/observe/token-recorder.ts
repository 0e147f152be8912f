/** Records security event tokens in the trace of an exercise, each once, with what checking its signature showed. */
import type { Exchange, ReceivedToken, Submission } from '../../../schemas/types.js';
import { reducedTo } from '../../security-events/reduced-exchange.js';
import {
  completionOf,
  resultOf,
  setsIn,
  txnOf,
  withoutSuffix,
  type TokenContent,
} from '../../security-events/security-event-token.js';
import type { SignatureCheck } from '../../security-events/signing-keys.js';
import { responseJson } from '../../trace/message.js';
import { isAnswered, type Answered } from '../../trace/trace.js';
import { isOurs } from '../run-context.js';
import type { Delivery } from './inbox.js';
import type { WatchedSession } from './watched-session.js';

export class TokenRecorder {
  private readonly recorded = new Set<Delivery>();
  /** Names of the tokens that polls have brought. */
  private readonly polled = new Set<string>();
  /** Tokens that looks at a result have brought, by the place of the submission. */
  private readonly knownResults = new Map<number, Set<string>>();
  /** Places of the submissions of this exercise by their Set-Txn. */
  private readonly submissions = new Map<string, number>();

  constructor(private readonly session: WatchedSession) {}

  /** A submission of this exercise, whose events are its own from now on. */
  submitted({ n, txn }: Submission): void {
    if (txn !== undefined) this.submissions.set(txn, n);
  }

  /** Records the tokens that a look at a result brought. */
  async recordResult(submission: Submission, exchange: Answered): Promise<void> {
    if (submission.binding !== 'respond-async' || exchange.response.status !== 200) return;
    const known = new Set(this.knownResults.get(submission.n));
    for (const token of resultOf(exchange.response).tokens) {
      // A result that is not whole yet is looked at again and again.
      const text = token.jwt ?? JSON.stringify(token.claims);
      if (known.has(text)) continue;
      known.add(text);
      this.recordToken(token, await this.session.context.events.check(token), {
        exchange: exchange.n,
        submission: submission.n,
        via: 'result',
      });
    }
    this.knownResults.set(submission.n, known);
  }

  /**
   * Hands what a poll brought of this run to whoever waits for it, and records it where it is evidence. Returns the
   * names of these tokens.
   */
  async recordPoll(exchange: Answered, { isEvidence }: { readonly isEvidence: boolean }): Promise<readonly string[]> {
    const { context } = this.session;
    const own: string[] = [];
    for (const token of setsIn(responseJson(exchange))) {
      const { key = '' } = token;
      if (!isOurs(context, token)) continue;
      own.push(key);
      if (this.polled.has(key)) continue;
      this.polled.add(key);
      context.events.inbox.deliver({ via: 'poll', exchange: reducedTo(exchange, token), token });
      if (!isEvidence) continue;
      const check = await context.events.check(token);
      this.recordToken(token, check, { exchange: exchange.n, via: 'poll', ...this.aboutOf(token) });
    }
    return own;
  }

  /**
   * Records what came to the inbox of this run from this moment of the run on (milliseconds), and was not recorded yet;
   * what was pushed and cannot be read, too, because only the target was told where to push.
   */
  async recordEvents(since: number): Promise<void> {
    const { context } = this.session;
    for (const delivery of context.events.inbox.all()) {
      const isUnreadable = delivery.via === 'push' && delivery.token.claims === undefined;
      if (delivery.exchange.at < since || this.recorded.has(delivery)) continue;
      if (!isUnreadable && !isOurs(context, delivery.token)) continue;
      await this.recordDelivery(delivery, this.aboutOf(delivery.token).submission);
    }
  }

  /** Records what came for a Set-Txn since the last time; returns the exchange of the last. */
  async recordDeliveries(txn: string, submission: number): Promise<Answered | undefined> {
    let last: Answered | undefined;
    for (const delivery of this.session.context.events.inbox.of(txn)) {
      if (!this.recorded.has(delivery)) last = await this.recordDelivery(delivery, submission);
    }
    return last;
  }

  /**
   * Records completion events that came from this moment of the run on and belong to no request: one of them may be
   * the one that was waited for.
   */
  async recordStrays(since: number): Promise<void> {
    const { context } = this.session;
    const { inbox } = context.events;
    for (const delivery of inbox.all()) {
      const { exchange, token } = delivery;
      // Only what is about the run's own resources: others may be at work there, too.
      const isStray = completionOf(token.claims) !== undefined && !inbox.isAskedFor(token) && isOurs(context, token);
      if (isStray && exchange.at >= since && !this.recorded.has(delivery))
        await this.recordDelivery(delivery, undefined);
    }
  }

  /** The submission of this exercise that a token completes. */
  private aboutOf({ claims }: TokenContent): { submission?: number } {
    const txn = txnOf(claims);
    const submission =
      txn === undefined || completionOf(claims) === undefined
        ? undefined
        : (this.submissions.get(txn) ?? this.submissions.get(withoutSuffix(txn)));
    return submission === undefined ? {} : { submission };
  }

  /** `submission`: the place of the one that the delivery is about, where that is known. */
  private async recordDelivery(delivery: Delivery, submission: number | undefined): Promise<Answered | undefined> {
    const { exchange, token, via } = delivery;
    this.recorded.add(delivery);
    const check = await this.session.context.events.check(token);
    const about = submission === undefined ? {} : { submission };
    const placed = this.session.record<Exchange>({ ...exchange, ...about });
    this.recordToken(token, check, { exchange: placed.n, via, ...about });
    return isAnswered(placed) ? placed : undefined;
  }

  private recordToken(
    { jwt, header, claims, key }: TokenContent,
    check: SignatureCheck,
    place: Pick<ReceivedToken, 'exchange' | 'submission' | 'via'>,
  ): void {
    // A token may hide in base64 what was looked for in vain in the body that brought it.
    const { vault } = this.session.context;
    this.session.record<ReceivedToken>({
      type: 'token',
      ...place,
      ...(key === undefined ? {} : { key: vault.redact(key) }),
      ...(jwt === undefined ? {} : { jwt: vault.redact(jwt) }),
      ...(header === undefined ? {} : { header: vault.redactMembers(header) }),
      ...(claims === undefined ? {} : { claims: vault.redactMembers(claims) }),
      ...check,
    });
  }
}
