/** Records security event tokens in the trace of an exercise, each once, with the result of its signature check. */
import type { Exchange, ReceivedToken, Submission } from '../../../schemas/types.js';
import { reducedTo } from '../../security-events/reduced-exchange.js';
import { resultOf } from '../../security-events/result-body.js';
import {
  completionOf,
  setsIn,
  txnOf,
  withoutSuffix,
  type TokenContent,
} from '../../security-events/security-event-token.js';
import type { SignatureCheck } from '../../security-events/signing-keys.js';
import { responseJsonAsSent } from '../../trace/message.js';
import { isAnswered, type Answered } from '../../trace/trace.js';
import { isOfRun } from '../run-context.js';
import type { Delivery } from './inbox.js';
import type { WatchedSession } from './watched-session.js';

/** A provider that knows only one form may push thousands of times. */
const mostMalformed = 20;

export class TokenRecorder {
  private readonly recorded = new Set<Delivery>();
  /** Names of the tokens that polls of this exercise brought. */
  private readonly polled = new Set<string>();
  /** Tokens that reads of a result brought, by the number of the submission in the trace. */
  private readonly knownResults = new Map<number, Set<string>>();
  /** Numbers (in the trace) of the submissions of this exercise, by Set-Txn. */
  private readonly submissions = new Map<string, number>();

  constructor(private readonly session: WatchedSession) {}

  /** Remembers a submission of this exercise, so that its events are recorded as its own. */
  submitted({ n, txn }: Submission): void {
    if (txn !== undefined) this.submissions.set(txn, n);
  }

  /** Records the tokens that a read of a result brought. */
  async recordResult(submission: Submission, exchange: Answered): Promise<void> {
    if (submission.binding !== 'respond-async' || exchange.response.status !== 200) return;
    const known = new Set(this.knownResults.get(submission.n));
    for (const token of resultOf(exchange.response).tokens) {
      // An incomplete result is read several times: each token is recorded only once.
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
   * Delivers the tokens of this run that a poll brought to the inbox, and records them if they are evidence. Returns
   * their names.
   */
  async recordPoll(exchange: Answered, { isEvidence }: { readonly isEvidence: boolean }): Promise<readonly string[]> {
    const { context } = this.session;
    const own: string[] = [];
    for (const token of setsIn(responseJsonAsSent(exchange))) {
      const { key = '' } = token;
      if (!isOfRun(context, token)) continue;
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
   * Records the tokens of this run that came since this time of the run (milliseconds) and are not recorded yet. Some of
   * the pushes whose form is wrong are recorded, whatever they are about: they must be from the target, because only it
   * knows the push URL.
   */
  async recordEvents(since: number): Promise<void> {
    const { context } = this.session;
    let malformed = 0;
    for (const delivery of context.events.inbox.all()) {
      if (delivery.exchange.at < since || this.recorded.has(delivery)) continue;
      if (!isOfRun(context, delivery.token)) {
        if (delivery.isRefused !== true || malformed >= mostMalformed) continue;
        malformed += 1;
      }
      await this.recordDelivery(delivery, this.aboutOf(delivery.token).submission);
    }
  }

  /** Records the new tokens with this Set-Txn; returns the exchange that brought the last one. */
  async recordDeliveries(txn: string, submission: number): Promise<Answered | undefined> {
    let last: Answered | undefined;
    for (const delivery of this.session.context.events.inbox.of(txn)) {
      if (!this.recorded.has(delivery)) last = await this.recordDelivery(delivery, submission);
    }
    return last;
  }

  /**
   * Records completion events that came since this time of the run and belong to no request: one of them may be the
   * expected event with a wrong `txn`.
   */
  async recordStrays(since: number): Promise<void> {
    const { context } = this.session;
    const { inbox } = context.events;
    for (const delivery of inbox.all()) {
      const { exchange, token } = delivery;
      // Only events about resources of the run: other clients may use the target at the same time.
      const isStray = completionOf(token.claims) !== undefined && !inbox.isAskedFor(token) && isOfRun(context, token);
      if (isStray && exchange.at >= since && !this.recorded.has(delivery))
        await this.recordDelivery(delivery, undefined);
    }
  }

  /** The submission of this exercise whose completion a token reports. */
  private aboutOf({ claims }: TokenContent): { submission?: number } {
    const txn = txnOf(claims);
    const submission =
      txn === undefined || completionOf(claims) === undefined
        ? undefined
        : (this.submissions.get(txn) ?? this.submissions.get(withoutSuffix(txn)));
    return submission === undefined ? {} : { submission };
  }

  /** `submission`: number of the submission that the delivery is about, if known. */
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
    // The base64 of a token may hide a secret that the redaction of the whole body did not find.
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
