/**
 * The scenario's connection to the target. It records every exchange and submission in a trace, obeys the target's
 * throttling and polling limits, and remembers what has to be cleaned up.
 */
import { header } from '../../schemas/names.js';
import type { Exchange, Purpose, Submission, TargetFacts } from '../../schemas/types.js';
import type { Binding, OperationResult } from '../bindings/binding.js';
import { bindings } from '../bindings/index.js';
import { Blocked } from '../errors/errors.js';
import type { Endpoint, UnderWay } from '../leftovers/cleanup.js';
import { clientOf } from '../leftovers/creators.js';
import { Learner } from '../leftovers/learner.js';
import { isBearer } from '../provider/target.js';
import type { CredentialName } from '../redaction/vault.js';
import { txnOf } from '../security-events/security-event-token.js';
import { responseHeader } from '../trace/message.js';
import { isAnswered, type Answered, type TraceEntry } from '../trace/trace.js';
import { endOf } from './end-of-work.js';
import { findByName } from './lookup.js';
import { Names } from './names.js';
import { awaitEnd } from './observe/await-end.js';
import type { EventPoll } from './observe/event-poller.js';
import { arrival } from './observe/events.js';
import { Observer, workMs } from './observe/observer.js';
import type { PushAnswer } from './observe/push-receiver.js';
import { openWebhookAddress, type WebhookAddress } from './observe/webhook-address.js';
import type { WatchedSession } from './observe/watched-session.js';
import { createSender, type Sender } from './pipeline/pipeline.js';
import type { RequestPlan } from './request-plan.js';
import { restartTarget } from './restart-target.js';
import type { RunContext } from './run-context.js';
import { Submitter } from './submitter.js';
import type { Settled, SubmitPlan, Submitted } from './submitting.js';
import { demandUsable, demandWhole } from './usable.js';

export type { RequestPlan } from './request-plan.js';
export type { SubmitPlan, Submitted } from './submitting.js';

export class Session {
  readonly entries: TraceEntry[] = [];
  readonly facts: TargetFacts;
  /** Milliseconds that work of the target may take. */
  readonly deadlineMs: number;
  /** Restarts the provider, and resolves when it answers again. Throws Blocked. */
  readonly restart = (): Promise<void> => restartTarget(this.context);
  /** Bytes of a body as it is sent: on a renamed wire they are others than those of the text. */
  readonly bytesOf: (body: string) => number;
  private readonly names: Names;
  private readonly learner: Learner;
  private readonly sender: Sender;
  private readonly watched: WatchedSession;
  private readonly observer: Observer;
  private readonly submitter: Submitter;

  constructor(
    private readonly context: RunContext,
    /** Undefined if the target serves no asynchronous binding. */
    readonly binding: Binding | undefined,
  ) {
    this.facts = context.facts;
    this.deadlineMs = context.deadlineMs;
    this.bytesOf = context.bytesOf;
    this.names = new Names(context);
    this.learner = new Learner({ run: context.run, baseUrl: context.facts.baseUrl, cleanup: context.cleanup });
    this.sender = createSender(context, {
      record: (exchange) => this.record(exchange),
      remember: (body, credential) => this.learner.sent(body, clientOf(credential)),
    });
    this.watched = {
      context,
      learner: this.learner,
      record: (entry) => this.record(entry),
      readStatus: (submission, plan) => this.readStatus(submission, plan),
      attempt: (plan) => this.attempt(plan),
      send: (plan) => this.send(plan),
    };
    this.observer = new Observer(this.watched);
    this.submitter = new Submitter(this.watched, this.observer.tokens, binding);
  }

  private record<E extends TraceEntry>(entry: Omit<E, 'n'>): E {
    const placed = Object.assign(entry, { n: this.entries.length }) as unknown as E;
    this.entries.push(placed);
    return placed;
  }

  /** A userName that no other resource of this or any other run has. */
  userName(): string {
    return this.names.userName();
  }

  /** A displayName of a group that no other resource of this or any other run has. */
  groupName(): string {
    return this.names.groupName();
  }

  /** A unique word of letters, to be written and read back. */
  word(): string {
    return this.names.word();
  }

  /** A unique request id that begins like this one. */
  requestId(like: string): string {
    return this.names.requestId(like);
  }

  /** Makes one exchange, and repeats it while the target throttles. If it fails, the exchange holds the failure. */
  async attempt(plan: RequestPlan): Promise<Exchange> {
    const end = endOf(this.context.signal);
    if (end !== undefined) throw end;
    const exchange = await this.sender(plan);
    if (isAnswered(exchange)) {
      this.learner.answered(exchange);
      const txn = exchange.response.status === 202 ? responseHeader(exchange, header.setTxn) : undefined;
      if (txn !== undefined) this.context.events.inbox.open(txn);
    }
    return exchange;
  }

  /** Makes one exchange that the scenario needs. Throws Blocked if there is no usable answer. */
  async send(plan: RequestPlan): Promise<Answered> {
    const exchange = await this.attempt(plan);
    demandUsable(exchange, this.context.signal);
    return exchange;
  }

  /** Submits asynchronously through the binding. Throws Blocked if there is no answer. */
  submit(plan: SubmitPlan): Promise<Submitted> {
    return this.submitter.submit(plan);
  }

  /** Submits once, whatever the answer; returns no submission if the answer is not 202. */
  submitOnce(plan: SubmitPlan): Promise<{ exchange: Exchange; submitted?: Submitted }> {
    return this.submitter.submitOnce(plan);
  }

  /** Reads the status resource of an accepted submission. Throws Blocked if it has no URL or there is no answer. */
  async readStatus(submission: Submission, plan: Partial<RequestPlan> = {}): Promise<Answered> {
    if (submission.location === undefined)
      throw new Blocked('no-location', 'The 202 has no Location of a status or a result.');
    const answer = await this.send({
      method: 'GET',
      url: submission.location,
      purpose: 'status-read',
      submission: submission.n,
      headers: [[header.accept, bindings[submission.binding].accept]],
      ...plan,
    });
    demandWhole(answer);
    await this.observer.tokens.recordResult(submission, answer);
    return answer;
  }

  /** Waits until the request is completed, the deadline passes or a status read is unreadable. Throws Blocked. */
  settle(submitted: Submitted, credential: CredentialName = 'primary'): Promise<Settled> {
    return this.observer.settle(submitted, credential);
  }

  /** Waits like `settle`, but always gives the target a moment before the first poll. */
  settleWhenDone(submitted: Submitted): Promise<Settled> {
    return this.observer.settle(submitted, 'primary', workMs);
  }

  /** Waits a little for the end of a pending request; returns whether it is known to be still pending. */
  awaitEnd(request: UnderWay): Promise<boolean> {
    return awaitEnd(this.watched, request);
  }

  /**
   * Polls once for security event tokens (RFC 8936) with this request. The tokens of this run (`own`: their names in the
   * answer) are delivered to the inbox, and recorded unless `isEvidence` is false. Throws Blocked if there is no answer.
   */
  pollEvents(
    request: EventPoll,
    about: Pick<RequestPlan, 'variant'> & { readonly isEvidence?: boolean },
  ): Promise<{ exchange: Answered; own: readonly string[] }> {
    return this.observer.pollEvents(request, about);
  }

  /** Sets how pushed tokens (RFC 8935) are answered from now on; if the policy returns undefined, with 202. */
  answerPushesBy(policy: (txn: string) => PushAnswer | undefined | Promise<PushAnswer | undefined>): void {
    this.context.events.receiver?.answerBy(({ claims }) => policy(txnOf(claims) ?? ''));
  }

  /** A new address to register for a webhook; its deliveries are recorded. Throws Blocked if the suite takes none. */
  webhookAddress(): WebhookAddress {
    return openWebhookAddress(this.context, this.word(), (exchange) => this.record<Exchange>(exchange));
  }

  /** Records every token of this run that came since this time of the run (milliseconds). */
  async recordEvents(since: number): Promise<void> {
    await this.observer.tokens.recordEvents(since);
  }

  /** Resolves when a security event token arrives, or after so many milliseconds. */
  awaitEvent(milliseconds: number): Promise<void> {
    return arrival(this.context, milliseconds);
  }

  /** Submits and settles; throws Blocked if the request is not accepted or does not complete. */
  async complete(plan: SubmitPlan): Promise<Submitted & { results: readonly OperationResult[] }> {
    const submitted = await this.submit(plan);
    const { status } = submitted.exchange.response;
    if (!submitted.submission.accepted)
      throw new Blocked('not-accepted', `${plan.method} ${plan.url} was answered ${status}, not 202.`);
    const { outcome, results } = await this.settle(submitted);
    if (outcome !== 'completed')
      throw new Blocked('not-completed', `The asynchronous ${plan.method} ${plan.url} did not complete (${outcome}).`);
    return { ...submitted, results };
  }

  /** URLs of the resources with this name; undefined if the target cannot be searched. */
  find(
    name: string,
    purpose: Purpose = 'search',
    endpoint: Endpoint = 'Users',
  ): Promise<readonly string[] | undefined> {
    return findByName(this.watched, { name, purpose, endpoint });
  }

  /** Waits this many milliseconds; ends early when the work of the run ends. */
  async pause(milliseconds: number): Promise<void> {
    await this.context.clock.sleep(milliseconds, this.context.signal);
  }

  /** Now, in milliseconds from the start of the run, as `at` of an exchange. */
  get elapsed(): number {
    return this.context.clock.now() - this.context.startedAt;
  }

  /** The time of the suite's own clock. */
  get date(): Date {
    return this.context.clock.date();
  }

  /** Whether the first credential is a bearer token, so that a scenario can send a changed one. */
  get isBearer(): boolean {
    return isBearer(this.context.target);
  }

  /** Number of requests in a burst. */
  get burstBudget(): number {
    return this.context.burst;
  }
}
