/**
 * Watches accepted requests to their end: by polling what the 202 leads to, no faster than the target asks, or by
 * waiting for the security event tokens that are delivered to the suite.
 */
import { header } from '../../schemas/names.js';
import { bindings } from '../bindings/index.js';
import type { Binding, OperationResult } from '../bindings/binding.js';
import { resultsOf } from '../bindings/respond-async.js';
import type { CredentialName } from '../client/redaction.js';
import type { Exchange, ReceivedToken, Settlement, Submission } from '../../schemas/types.js';
import type { Delivery } from './observe/inbox.js';
import { reducedTo } from '../security-events/reduced-exchange.js';
import {
  completionOf,
  readResultBody,
  setsIn,
  txnOf,
  withoutSuffix,
  type TokenContent,
} from '../security-events/security-event-token.js';
import { responseJson } from '../trace/message.js';
import type { SignatureCheck } from '../security-events/signing-keys.js';
import { isAnswered, type Answered, type TraceEntry } from '../trace/trace.js';
import type { UnderWay } from './cleanup.js';
import { askedToWaitMs, type RequestPlan } from './exchange-sender.js';
import type { Learner } from './learning.js';
import { isOurs, type RunContext } from './run-context.js';
import { type Settled, type Submitted } from './submitting.js';
import { Blocked } from '../errors/errors.js';

/** Waits between polls of a target that does not say how long to wait, and of one that says 0. */
const pollMs = {
  unasked: { first: 100, factor: 1.5, longest: 2000 },
  zero: { first: 10, factor: 1.5, longest: 200 },
};

/** After so many overdue submissions the rest of the run waits only this part of the deadline, but no less than so long. */
const impatience = { after: 2, part: 1 / 6, shortestMs: 5000 };

/** How long cleaning up waits for one request that is still under way. */
const patienceAtEndMs = 5000;

export interface Talking {
  record<E extends TraceEntry>(entry: Omit<E, 'n'>): E;
  look(submission: Submission, plan: Partial<RequestPlan>): Promise<Answered>;
  attempt(plan: RequestPlan): Promise<Exchange>;
}

export const underWay = ({ binding, location, operations, shape, txn }: Submission): UnderWay => ({
  binding,
  location,
  observed: { operations, shape, ...(txn === undefined ? {} : { txn }) },
});

export class Observer {
  private readonly heard = new Set<Delivery>();
  private readonly polled = new Set<string>();
  private readonly knownResults = new Map<number, Set<string>>();
  private readonly submissions = new Map<string, number>();

  constructor(
    private readonly context: RunContext,
    private readonly talking: Talking,
    private readonly learner: Learner,
  ) {}

  /** Waits until the request is completed, the deadline passes or a look at it cannot be read. */
  async settle({ submission, exchange }: Submitted, credential: CredentialName): Promise<Settled> {
    const { clock, tally, deadlineMs, cleanup, facts } = this.context;
    const begun = clock.now();
    const patience =
      tally.overdue < impatience.after
        ? deadlineMs
        : Math.min(deadlineMs, Math.max(deadlineMs * impatience.part, impatience.shortestMs));
    const byEvents =
      submission.binding === 'respond-async' && (facts.observation === 'poll' || facts.observation === 'push');
    const settled = byEvents
      ? await this.awaitEvents(submission, begun + patience)
      : await this.poll(submission, exchange, credential, begun + patience);
    if (settled.outcome === 'completed') {
      cleanup.settled(underWay(submission));
      this.learner.settled(submission, settled.results);
    }
    if (settled.outcome === 'deadline') tally.overdue += 1;
    this.talking.record<Settlement>({
      type: 'settlement',
      submission: submission.n,
      outcome: settled.outcome,
      waited: clock.now() - begun,
    });
    return settled;
  }

  private async poll(
    submission: Submission,
    accepted: Answered,
    credential: CredentialName,
    deadline: number,
  ): Promise<Settled> {
    const { clock, signal, facts } = this.context;
    const binding: Binding = bindings[submission.binding];
    let waits = 0;
    let previous = accepted;
    for (let first = true; ; first = false) {
      const asked = askedToWaitMs(previous, clock.date());
      // The first look comes at once: ACC-01 asks for it, and one early poll is no burst.
      if (!first) {
        const { first: shortest, factor, longest } = asked === 0 ? pollMs.zero : pollMs.unasked;
        const own = Math.min(shortest * factor ** waits, longest);
        const left = Math.max(0, deadline - clock.now());
        await clock.sleep(Math.min(asked === undefined || asked === 0 ? own : asked, left), signal);
        waits += 1;
      }
      const poll = await this.talking.look(submission, { purpose: 'poll', credential });
      const observation = binding.observe(poll, submission, facts.baseUrl);
      if (observation.state === 'completed') return { outcome: 'completed', results: observation.results, last: poll };
      if (observation.state === 'unreadable') return { outcome: 'unreadable', results: [], last: poll };
      if (clock.now() > deadline) return { outcome: 'deadline', results: [], last: poll };
      previous = poll;
    }
  }

  /** Records the tokens that a look at a result brought. */
  async recordResult(submission: Submission, exchange: Answered): Promise<void> {
    if (submission.binding !== 'respond-async' || exchange.response.status !== 200) return;
    const known = new Set(this.knownResults.get(submission.n));
    for (const token of readResultBody(exchange.response.body).tokens) {
      // A result that is not whole yet is looked at again and again.
      const text = token.jwt ?? JSON.stringify(token.claims);
      if (known.has(text)) continue;
      known.add(text);
      this.recordToken(token, await this.context.events.check(token), {
        exchange: exchange.n,
        submission: submission.n,
        via: 'result',
      });
    }
    this.knownResults.set(submission.n, known);
  }

  /** Records what a poll brought of this run, and hands it to whoever waits for it; returns the names of these tokens. */
  async recordPoll(exchange: Answered, isEvidence: boolean): Promise<readonly string[]> {
    const { events } = this.context;
    const own: string[] = [];
    for (const token of setsIn(responseJson(exchange))) {
      const { key = '' } = token;
      if (!isOurs(this.context, token)) continue;
      own.push(key);
      if (this.polled.has(key)) continue;
      this.polled.add(key);
      events.inbox.deliver({ via: 'poll', exchange: reducedTo(exchange, token), token });
      if (!isEvidence) continue;
      const check = await events.check(token);
      this.recordToken(token, check, { exchange: exchange.n, via: 'poll', ...this.aboutOf(token) });
    }
    return own;
  }

  /**
   * Records what came to the inbox of this run from this moment of the run on (milliseconds), and was not recorded yet;
   * what was pushed and cannot be read, too, because only the target was told where to push.
   */
  async recordEvents(since: number): Promise<void> {
    for (const delivery of this.context.events.inbox.all()) {
      const isUnreadable = delivery.via === 'push' && delivery.token.claims === undefined;
      if (delivery.exchange.at < since || this.heard.has(delivery)) continue;
      if (!isUnreadable && !isOurs(this.context, delivery.token)) continue;
      await this.recordDelivery(delivery, this.aboutOf(delivery.token).submission);
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

  /** A submission of this exercise, whose events are its own from now on. */
  submitted({ n, txn }: Submission): void {
    if (txn !== undefined) this.submissions.set(txn, n);
  }

  private async awaitEvents(submission: Submission, deadline: number): Promise<Settled> {
    const { clock, signal, events, facts } = this.context;
    const { txn } = submission;
    const begun = clock.now();
    const begunAt = begun - this.context.startedAt;
    if (txn === undefined)
      throw new Blocked('no-set-txn', 'The 202 has no Set-Txn, so that no event can be known as its own.');
    for (;;) {
      const last = await this.recordDeliveries(txn, submission.n);
      const tokens = events.inbox.of(txn).map(({ token }) => token);
      const results: readonly OperationResult[] | undefined =
        tokens.length < submission.operations.length ? undefined : resultsOf(tokens, submission, facts.baseUrl);
      if (results !== undefined) return { outcome: 'completed', results, ...(last === undefined ? {} : { last }) };
      // Where what is waited for may have come unseen, nobody waits for it to the end.
      const until = events.isBlind ? Math.min(deadline, begun + impatience.shortestMs) : deadline;
      const left = until - clock.now();
      if (left <= 0 && events.isBlind)
        throw new Blocked(
          'events-too-long',
          'Events were delivered that are too long to be kept: what was waited for may be among them.',
        );
      if (left <= 0 || signal.aborted) {
        await this.recordStrays(begunAt);
        return { outcome: 'deadline', results: [] };
      }
      await this.arrival(left, txn);
    }
  }

  /** Records completion events that came meanwhile and are nobody's: one of them may be the one that was waited for. */
  private async recordStrays(since: number): Promise<void> {
    for (const delivery of this.context.events.inbox.all()) {
      const { exchange, token } = delivery;
      // Only what is about the run's own resources: others may be at work there, too.
      const isStray =
        completionOf(token.claims) !== undefined &&
        !this.context.events.inbox.isAskedFor(token) &&
        isOurs(this.context, token);
      if (isStray && exchange.at >= since && !this.heard.has(delivery)) await this.recordDelivery(delivery, undefined);
    }
  }

  /** Resolves when a token arrives, of this Set-Txn where one is named, or after so many milliseconds. */
  async arrival(milliseconds: number, txn?: string): Promise<void> {
    const { clock, signal, events } = this.context;
    const over = new AbortController();
    const arrived = events.inbox.arrival(AbortSignal.any([signal, over.signal]), txn).finally(() => over.abort());
    events.poller?.start(signal);
    await Promise.race([arrived, clock.sleep(milliseconds, AbortSignal.any([signal, over.signal]))]);
    over.abort();
    await arrived;
  }

  /** Records what came for a Set-Txn since the last time; returns the exchange of the last. */
  private async recordDeliveries(txn: string, submission: number): Promise<Answered | undefined> {
    let last: Answered | undefined;
    for (const delivery of this.context.events.inbox.of(txn)) {
      if (!this.heard.has(delivery)) last = await this.recordDelivery(delivery, submission);
    }
    return last;
  }

  /** Records one delivery, with the submission that it is about where that is known. */
  private async recordDelivery(delivery: Delivery, submission: number | undefined): Promise<Answered | undefined> {
    const { exchange, token, via } = delivery;
    this.heard.add(delivery);
    const check = await this.context.events.check(token);
    const about = submission === undefined ? {} : { submission };
    const placed = this.talking.record<Exchange>({ ...exchange, ...about });
    this.recordToken(token, check, { exchange: placed.n, via, ...about });
    return isAnswered(placed) ? placed : undefined;
  }

  private recordToken(
    { jwt, header, claims, key }: TokenContent,
    check: SignatureCheck,
    place: Pick<ReceivedToken, 'exchange' | 'submission' | 'via'>,
  ): void {
    // A token may hide in base64 what was looked for in vain in the body that brought it.
    const { vault } = this.context;
    this.talking.record<ReceivedToken>({
      type: 'token',
      ...place,
      ...(key === undefined ? {} : { key: vault.redact(key) }),
      ...(jwt === undefined ? {} : { jwt: vault.redact(jwt) }),
      ...(header === undefined ? {} : { header: vault.redactMembers(header) }),
      ...(claims === undefined ? {} : { claims: vault.redactMembers(claims) }),
      ...check,
    });
  }

  /** Waits a little for a request that nobody waited for, so that what it creates is known; whether it is under way still. */
  async awaitEnd({ binding, location, observed }: UnderWay): Promise<boolean> {
    const { clock, signal, facts, events } = this.context;
    const until = clock.now() + patienceAtEndMs;
    while (clock.now() < until && !signal.aborted) {
      if (location === undefined) {
        const tokens = events.inbox.of(observed.txn ?? '').map(({ token }) => token);
        const results = resultsOf(tokens, observed, facts.baseUrl);
        if (results !== undefined || events.poller === undefined) {
          this.learner.created(results ?? [], facts.baseUrl);
          return false;
        }
        await this.arrival(until - clock.now());
        continue;
      }
      const poll = await this.talking.attempt({
        method: 'GET',
        url: location,
        purpose: 'cleanup',
        headers: [[header.accept, bindings[binding].accept]],
      });
      if (!isAnswered(poll)) return signal.aborted;
      const observation = bindings[binding].observe(poll, observed, facts.baseUrl);
      if (observation.state === 'completed') this.learner.created(observation.results, location);
      if (observation.state !== 'pending') return false;
      const wait = askedToWaitMs(poll, clock.date()) ?? 0;
      await clock.sleep(Math.min(Math.max(wait, pollMs.unasked.first), Math.max(0, until - clock.now())), signal);
    }
    return true;
  }
}
