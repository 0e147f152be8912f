/**
 * What a scenario talks to the target through. It records every exchange and every intention in a trace, polls as
 * politely as it is asked to, and remembers what has to be cleaned up.
 */
import type { Exchange, Purpose, Submission, TargetFacts } from '../../schemas/types.js';
import { tooLong, type Binding, type OperationResult } from '../bindings/binding.js';
import { bindings } from '../bindings/index.js';
import type { BindingName } from '../contract/binding-name.js';
import { resolveLocation, pathSegment } from '../bindings/locations.js';
import { header } from '../../schemas/names.js';
import type { CredentialName } from '../client/redaction.js';
import { isBearer } from '../provider/target.js';
import { isObject, responseHeader, responseObject } from '../trace/message.js';
import { countFound } from '../trace/searches.js';
import { isAnswered, type Answered, type TraceEntry } from '../trace/trace.js';
import { isCut, isUnavailable } from '../trace/answers.js';
import { namedBy, namedWhere, type Endpoint, type UnderWay } from './cleanup.js';
import { createLearner, type Learner } from './learning.js';
import { markOf } from './ownership.js';
import { eventPollHeaders, type EventPoll } from './observe/event-poller.js';
import type { PushAnswer } from './observe/push-receiver.js';
import { txnOf } from '../security-events/security-event-token.js';
import { createSender, type RequestPlan } from './exchange-sender.js';
import { Observer, underWay } from './observer.js';
import type { RunContext } from './run-context.js';
import { type Settled, type SubmitPlan, type Submitted } from './submitting.js';
import { Blocked } from '../errors/errors.js';

export type { SubmitPlan, Submitted } from './submitting.js';

/** Characters (profile §2). */
const longestRequestId = 128;

/** Milliseconds in which a request may be done. */
const workMs = 250;

export class Session {
  readonly entries: TraceEntry[] = [];
  readonly facts: TargetFacts;
  private readonly learner: Learner;
  private readonly observer: Observer;
  private readonly sender: (plan: RequestPlan) => Promise<Exchange>;

  constructor(
    private readonly context: RunContext,
    /** Undefined where the target serves none. */
    readonly binding: Binding | undefined,
  ) {
    this.facts = context.facts;
    this.learner = createLearner(context.run, context.facts.baseUrl, context.cleanup);
    this.sender = createSender(context, (exchange) => this.record(exchange));
    this.observer = new Observer(
      context,
      {
        record: (entry) => this.record(entry),
        look: (submission, plan) => this.look(submission, plan),
        attempt: (plan) => this.attempt(plan),
      },
      this.learner,
    );
  }

  private record<E extends TraceEntry>(entry: Omit<E, 'n'>): E {
    const placed = { ...entry, n: this.entries.length } as E;
    this.entries.push(placed);
    return placed;
  }

  /** A userName that no other resource of this or any other run has. */
  userName(): string {
    this.context.tally.names += 1;
    return `${markOf(this.context.run)}${this.context.tally.names}@example.com`;
  }

  /** A displayName of a group that no other resource of this or any other run has. */
  groupName(): string {
    this.context.tally.names += 1;
    return `${markOf(this.context.run)}${this.context.tally.names}`;
  }

  /** A word of letters that nothing else in the run says, to be written and read back. */
  word(): string {
    this.context.tally.names += 1;
    const letters = [...String(this.context.tally.names)].map((digit) => 'abcdefghij'[Number(digit)]);
    return `Word${letters.join('')}`;
  }

  /**
   * A request id like this one that no other request has. A provider may take a repeated id for a safe retry
   * (IDEM-01), so that an input that is run again has to bring a new one.
   */
  requestId(like: string): string {
    this.context.tally.names += 1;
    const own = `${this.context.run}-${this.context.tally.names}`;
    return `${like.slice(0, longestRequestId - own.length)}${own}`;
  }

  /** One exchange, repeated while the target throttles. Where it fails, the exchange says so. */
  async attempt(plan: RequestPlan): Promise<Exchange> {
    if (this.context.signal.aborted) throw new Blocked('run-interrupted', 'The run was interrupted.');
    this.learner.sent(plan.body);
    const exchange = await this.sender(plan);
    if (isAnswered(exchange)) {
      this.learner.answered(exchange);
      const txn = exchange.response.status === 202 ? responseHeader(exchange, header.setTxn) : undefined;
      if (txn !== undefined) this.context.events.inbox.open(txn);
    }
    return exchange;
  }

  /** One exchange that the scenario cannot do without. Throws Blocked where there is no answer to go on with. */
  async send(plan: RequestPlan): Promise<Answered> {
    const exchange = await this.attempt(plan);
    const what = `${exchange.request.method} ${exchange.request.url}`;
    if (!isAnswered(exchange))
      throw new Blocked('no-answer', `${what} got no answer: ${exchange.failure?.message ?? 'no reason known'}.`);
    if (isUnavailable(exchange))
      throw new Blocked('throttled', `${what} was throttled (${exchange.response.status}) as often as it was tried.`);
    return exchange;
  }

  /** Submits asynchronously through the binding. Throws Blocked where there is no answer. */
  async submit(plan: SubmitPlan): Promise<Submitted> {
    const binding = this.demandBinding(plan.over);
    const exchange = await this.send(this.asking(plan, binding));
    this.context.tally.submissions += 1;
    return { submission: this.recordSubmission(plan, binding, exchange), exchange };
  }

  /** Submits once, whatever the answer; without a submission where it is not 202. */
  async submitOnce(plan: SubmitPlan): Promise<{ exchange: Exchange; submitted?: Submitted }> {
    const binding = this.demandBinding(plan.over);
    const exchange = await this.attempt({ ...this.asking(plan, binding), once: true });
    this.context.tally.submissions += 1;
    if (!isAnswered(exchange) || exchange.response.status !== 202) return { exchange };
    return { exchange, submitted: { submission: this.recordSubmission(plan, binding, exchange), exchange } };
  }

  private demandBinding(over: BindingName | undefined): Binding {
    if (over !== undefined) return bindings[over];
    if (this.binding === undefined) throw new Blocked('no-binding', 'The target serves no asynchronous binding.');
    return this.binding;
  }

  /** The request that a submission is asked with. */
  private asking(plan: SubmitPlan, binding: Binding): RequestPlan {
    const asking = plan.asking ?? binding.ask(plan.requestId === undefined ? {} : { requestId: plan.requestId });
    return {
      method: plan.method,
      url: plan.url,
      purpose: plan.purpose ?? 'submit',
      ...(plan.body === undefined ? {} : { body: plan.body }),
      ...(plan.credential === undefined ? {} : { credential: plan.credential }),
      ...(plan.spoiled === undefined ? {} : { spoiled: plan.spoiled }),
      ...(plan.subject === undefined ? {} : { subject: plan.subject }),
      ...(plan.variant === undefined ? {} : { variant: plan.variant }),
      isUrgent: plan.isUrgent ?? false,
      headers: [...asking, ...(plan.headers ?? [])],
    };
  }

  private recordSubmission(plan: SubmitPlan, binding: Binding, exchange: Answered): Submission {
    const accepted = exchange.response.status === 202;
    if (accepted) this.context.tally.accepted += 1;
    const location = accepted ? binding.location(exchange, this.facts.baseUrl) : undefined;
    const txn = accepted && binding.name === 'respond-async' ? responseHeader(exchange, header.setTxn) : undefined;
    const submission = this.record<Submission>({
      type: 'submission',
      binding: binding.name,
      shape: plan.shape ?? 'single',
      exchange: exchange.n,
      accepted,
      ...(location === undefined ? {} : { location }),
      ...(txn === undefined ? {} : { txn }),
      ...(plan.requestId === undefined ? {} : { requestId: plan.requestId }),
      operations: [...plan.operations],
    });
    this.observer.submitted(submission);
    if (location !== undefined || txn !== undefined) this.context.cleanup.accepted(underWay(submission));
    return submission;
  }

  /** One look at an accepted submission. Throws Blocked where it has no location or there is no answer. */
  async look(submission: Submission, plan: Partial<RequestPlan> = {}): Promise<Answered> {
    if (submission.location === undefined)
      throw new Blocked('no-location', 'The 202 has no Location to observe the request at.');
    const answer = await this.send({
      method: 'GET',
      url: submission.location,
      purpose: 'status-read',
      submission: submission.n,
      headers: [[header.accept, bindings[submission.binding].accept]],
      ...plan,
    });
    // What it was about to say nobody knows, and it is not the target's failure.
    if (isCut(answer))
      throw new Blocked('body-too-long', `The answer to GET ${answer.request.url} cannot be read: ${tooLong}.`);
    await this.observer.recordResult(submission, answer);
    return answer;
  }

  /** Waits until the request is completed, the deadline passes or a look at it cannot be read. */
  async settle(submitted: Submitted, credential: CredentialName = 'primary'): Promise<Settled> {
    if (!submitted.submission.accepted) throw new Blocked('not-accepted', 'There is no accepted request to wait for.');
    return this.observer.settle(submitted, credential);
  }

  /** Waits as `settle`, and looks first when it may be done: who looks before is asked to wait much longer. */
  async settleWhenDone(submitted: Submitted): Promise<Settled> {
    await this.pause(workMs);
    return this.settle(submitted);
  }

  /** Waits a little for a request that nobody waited for, so that what it creates is known; whether it is under way still. */
  awaitEnd(request: UnderWay): Promise<boolean> {
    return this.observer.awaitEnd(request);
  }

  /**
   * One poll for security event tokens (RFC 8936) as it is told; tokens that are about what this run has done (`own`,
   * by their names in the answer) are recorded where they are evidence, and heard of by whoever waits for them. Throws
   * Blocked where there is no answer.
   */
  async pollEvents(
    request: EventPoll,
    about: Pick<RequestPlan, 'variant'>,
    isEvidence = true,
  ): Promise<{ exchange: Answered; own: readonly string[] }> {
    const { events } = this.context;
    const exchange = await this.send({
      method: 'POST',
      url: events.pollUrl ?? '',
      purpose: 'event-poll',
      headers: eventPollHeaders,
      body: request,
      ...about,
    });
    return { exchange, own: await this.observer.recordPoll(exchange, isEvidence) };
  }

  /** Answers pushed tokens (RFC 8935) in this way from now on; 202 where it says nothing. */
  answerPushesBy(policy: (txn: string) => PushAnswer | undefined | Promise<PushAnswer | undefined>): void {
    this.context.events.receiver?.answerBy(({ claims }) => policy(txnOf(claims) ?? ''));
  }

  /** Records every token about what this run has done that came from this moment of the run on (milliseconds). */
  async recordEvents(since: number): Promise<void> {
    await this.observer.recordEvents(since);
  }

  /** Resolves when a security event token arrives, or after so many milliseconds. */
  awaitEvent(milliseconds: number): Promise<void> {
    return this.observer.arrival(milliseconds);
  }

  /** Submits and settles; throws Blocked where the request is not accepted or does not complete. */
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

  /** URLs of the resources of this name, by filter or, where none is advertised, by reading the list; undefined where neither works. */
  async find(
    name: string,
    purpose: Purpose = 'search',
    endpoint: Endpoint = 'Users',
  ): Promise<readonly string[] | undefined> {
    const filter = encodeURIComponent(`${namedBy[endpoint]} eq "${name}"`);
    const query = this.facts.capabilities.filter ? `filter=${filter}` : 'startIndex=1&count=1000';
    const answer = await this.attempt({ method: 'GET', url: `/${endpoint}?${query}`, purpose, subject: name });
    const wanted = (found: string): boolean => found === name.toLowerCase();
    return isAnswered(answer) && countFound(answer) !== undefined
      ? namedWhere(answer, endpoint, wanted, `${this.facts.baseUrl}/${endpoint}`)
      : undefined;
  }

  /** Lets this many milliseconds pass; ends early where the run is interrupted. */
  async pause(milliseconds: number): Promise<void> {
    await this.context.clock.sleep(milliseconds, this.context.signal);
  }

  /** Now, in milliseconds from the start of the run, as `at` of an exchange. */
  get elapsed(): number {
    return this.context.clock.now() - this.context.startedAt;
  }

  /** What the suite's own clock says. */
  get date(): Date {
    return this.context.clock.date();
  }

  /** Whether the first credential is a bearer token, which can be spoiled. */
  get isBearer(): boolean {
    return isBearer(this.context.target);
  }

  /** Requests that a burst may cost the target. */
  get burstBudget(): number {
    return this.context.burst;
  }

  /** Whether a representation is one of the user of this name. */
  static isUser(body: unknown, userName: string): boolean {
    return (
      isObject(body) && typeof body.userName === 'string' && body.userName.toLowerCase() === userName.toLowerCase()
    );
  }

  /** URL of a resource that an answer created: its Location, or its id under the request's URL. */
  static createdUrl(answer: Answered): string | undefined {
    const id = responseObject(answer)?.id;
    if (typeof id === 'string' && id !== '') return `${answer.request.url}/${pathSegment(id)}`;
    const location = responseHeader(answer, 'location');
    return location === undefined ? undefined : resolveLocation(location, answer.request.url);
  }
}
