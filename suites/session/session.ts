/**
 * What a scenario talks to the target through. It records every exchange and every intention in a trace, polls as
 * politely as it is asked to, and remembers what has to be cleaned up.
 */
import { urn } from '../../schemas/names.js';
import type {
  Exchange,
  HeaderList,
  Purpose,
  Submission,
  SubmittedOperation,
  TargetFacts,
} from '../../schemas/types.js';
import type { Binding, OperationResult } from '../bindings/binding.js';
import { operationResults, resolveLocation } from '../bindings/request-mode.js';
import type { CredentialName } from '../client/redaction.js';
import { isObject, responseHeader, responseObject } from '../trace/message.js';
import { isAnswered, type Answered, type TraceEntry } from '../trace/trace.js';
import { isThrottled } from '../trace/trace-view.js';
import { usersWhere } from './cleanup.js';
import { askedToWaitMs, createSender, type RequestPlan } from './exchange-sender.js';
import type { RunContext } from './run-context.js';

/** The scenario cannot go on, and it is nobody's bug: the message says why, as a sentence. */
export class Blocked extends Error {
  override readonly name = 'Blocked';
}

export interface SubmitPlan {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path under the base URL. */
  readonly url: string;
  readonly body?: unknown;
  /** In the request's order; one for a single request. */
  readonly operations: readonly SubmittedOperation[];
  readonly shape?: 'single' | 'bulk';
  readonly requestId?: string;
  /** In place of the binding's own asking fields. */
  readonly asking?: HeaderList;
  readonly headers?: HeaderList;
  readonly credential?: CredentialName;
  readonly purpose?: Purpose;
  readonly subject?: string;
  readonly variant?: string;
}

/** A submission with the exchange that made it. */
export interface Submitted {
  readonly submission: Submission;
  readonly exchange: Answered;
}

export interface Settled {
  readonly outcome: 'completed' | 'deadline' | 'unreadable';
  readonly results: readonly OperationResult[];
  /** The last look, where there was one. */
  readonly last?: Answered;
}

/** Waits between polls of a target that does not say how long to wait. */
const pollMs = { first: 100, factor: 1.5, longest: 2000 };

/** After so many overdue submissions the rest of the run waits only this part of the deadline. */
const impatience = { after: 2, part: 1 / 6 };

/** Characters (profile §2). */
const longestRequestId = 128;

/** How long cleaning up waits for one request that is still under way. */
const patienceAtEndMs = 5000;

export class Session {
  readonly entries: TraceEntry[] = [];
  readonly facts: TargetFacts;
  private readonly sender: (plan: RequestPlan) => Promise<Exchange>;

  constructor(
    private readonly context: RunContext,
    /** Undefined where the target serves none. */
    readonly binding: Binding | undefined,
  ) {
    this.facts = context.facts;
    this.sender = createSender(context, (exchange) => this.record(exchange));
  }

  private record<E extends TraceEntry>(entry: Omit<E, 'n'>): E {
    const placed = { ...entry, n: this.entries.length } as E;
    this.entries.push(placed);
    return placed;
  }

  /** A userName that no other resource of this or any other run has. */
  userName(): string {
    this.context.tally.names += 1;
    return `scimc-${this.context.run}-${this.context.tally.names}@example.com`;
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
    if (this.context.signal.aborted) throw new Blocked('The run was interrupted.');
    this.remember(plan.body);
    const exchange = await this.sender(plan);
    if (isAnswered(exchange)) this.learn(exchange);
    return exchange;
  }

  /** One exchange that the scenario cannot do without. Throws Blocked where there is no answer to go on with. */
  async send(plan: RequestPlan): Promise<Answered> {
    const exchange = await this.attempt(plan);
    const what = `${exchange.request.method} ${exchange.request.url}`;
    if (!isAnswered(exchange))
      throw new Blocked(`${what} got no answer: ${exchange.failure?.message ?? 'no reason known'}.`);
    if (isThrottled(exchange))
      throw new Blocked(`${what} was throttled (${exchange.response.status}) as often as it was tried.`);
    return exchange;
  }

  /** Submits asynchronously through the binding. Throws Blocked where there is no answer. */
  async submit(plan: SubmitPlan): Promise<Submitted> {
    const { binding } = this;
    if (binding === undefined) throw new Blocked('The target serves no asynchronous binding.');
    const asking = plan.asking ?? binding.ask(plan.requestId === undefined ? {} : { requestId: plan.requestId });
    this.context.tally.submissions += 1;
    const exchange = await this.send({
      method: plan.method,
      url: plan.url,
      purpose: plan.purpose ?? 'submit',
      ...(plan.body === undefined ? {} : { body: plan.body }),
      ...(plan.credential === undefined ? {} : { credential: plan.credential }),
      ...(plan.subject === undefined ? {} : { subject: plan.subject }),
      ...(plan.variant === undefined ? {} : { variant: plan.variant }),
      headers: [...asking, ...(plan.headers ?? [])],
    });
    const accepted = exchange.response.status === 202;
    if (accepted) this.context.tally.accepted += 1;
    const location = accepted ? binding.location(exchange) : undefined;
    if (location !== undefined) this.context.cleanup.accepted(location);
    const submission = this.record<Submission>({
      type: 'submission',
      binding: binding.name,
      shape: plan.shape ?? 'single',
      exchange: exchange.n,
      accepted,
      ...(location === undefined ? {} : { location }),
      ...(plan.requestId === undefined ? {} : { requestId: plan.requestId }),
      operations: [...plan.operations],
    });
    return { submission, exchange };
  }

  /** One look at an accepted submission. Throws Blocked where it has no location or there is no answer. */
  async look(submission: Submission, plan: Partial<RequestPlan> = {}): Promise<Answered> {
    if (submission.location === undefined) throw new Blocked('The 202 has no Location to observe the request at.');
    return this.send({
      method: 'GET',
      url: submission.location,
      purpose: 'status-read',
      submission: submission.n,
      ...plan,
    });
  }

  /** Polls no faster than Retry-After asks, until the request is completed, the deadline passes or a poll cannot be read. */
  async settle({ submission, exchange }: Submitted): Promise<Settled> {
    const { clock, signal, tally } = this.context;
    const { binding } = this;
    if (binding === undefined || !submission.accepted) throw new Blocked('There is no accepted request to wait for.');
    const accepted = clock.now();
    const deadline = this.context.deadlineMs * (tally.overdue >= impatience.after ? impatience.part : 1);
    const settle = (outcome: Settled['outcome'], results: readonly OperationResult[], last: Answered): Settled => {
      this.record({ type: 'settlement', submission: submission.n, outcome, waited: clock.now() - accepted });
      return { outcome, results, last };
    };
    let pause = pollMs.first;
    let previous = exchange;
    for (let first = true; ; first = false) {
      const asked = askedToWaitMs(previous, clock.date());
      // The first look comes at once: ACC-01 asks for it, and one early poll is no burst.
      if (!first) await clock.sleep(asked ?? pause, signal);
      const poll = await this.look(submission, { purpose: 'poll' });
      const observation = binding.observe(poll);
      if (observation.state === 'completed') {
        this.context.cleanup.settled(poll.request.url);
        this.learnResults(submission, observation.results);
        return settle('completed', observation.results, poll);
      }
      if (observation.state === 'unreadable') return settle('unreadable', [], poll);
      if (clock.now() - accepted > deadline) {
        tally.overdue += 1;
        return settle('deadline', [], poll);
      }
      pause = Math.min(pause * pollMs.factor, pollMs.longest);
      previous = poll;
    }
  }

  /** Waits a little for a request that nobody waited for, so that what it creates is known. */
  async awaitEnd(statusUrl: string): Promise<void> {
    const { binding } = this;
    const { clock, signal } = this.context;
    if (binding === undefined) return;
    const until = clock.now() + patienceAtEndMs;
    while (clock.now() < until && !signal.aborted) {
      const poll = await this.attempt({ method: 'GET', url: statusUrl, purpose: 'cleanup' });
      if (!isAnswered(poll)) return;
      const observation = binding.observe(poll);
      if (observation.state === 'completed') this.learnCreated(observation.results, statusUrl);
      if (observation.state !== 'pending') return;
      await clock.sleep(askedToWaitMs(poll, clock.date()) ?? pollMs.first, signal);
    }
  }

  /** Submits and settles; throws Blocked where the request is not accepted or does not complete. */
  async complete(plan: SubmitPlan): Promise<Submitted & { results: readonly OperationResult[] }> {
    const submitted = await this.submit(plan);
    const { status } = submitted.exchange.response;
    if (!submitted.submission.accepted)
      throw new Blocked(`${plan.method} ${plan.url} was answered ${status}, not 202.`);
    const { outcome, results } = await this.settle(submitted);
    if (outcome !== 'completed')
      throw new Blocked(`The asynchronous ${plan.method} ${plan.url} did not complete (${outcome}).`);
    return { ...submitted, results };
  }

  /** URLs of the users of this name, by filter or, where none is advertised, by reading the list; undefined where neither works. */
  async find(userName: string, purpose: Purpose = 'search'): Promise<readonly string[] | undefined> {
    const users = `${this.facts.baseUrl}/Users`;
    const filter = encodeURIComponent(`userName eq "${userName}"`);
    const query = this.facts.capabilities.filter ? `filter=${filter}` : 'startIndex=1&count=1000';
    const answer = await this.attempt({ method: 'GET', url: `/Users?${query}`, purpose, subject: userName });
    return answer.response?.status === 200
      ? usersWhere(answer, (found) => found === userName.toLowerCase(), users)
      : undefined;
  }

  /** URLs of users that bear the mark of the run, as far as one page shows them; undefined where no filter is advertised. */
  async findRest(): Promise<readonly string[] | undefined> {
    if (!this.facts.capabilities.filter) return undefined;
    const mark = `scimc-${this.context.run}-`;
    const filter = encodeURIComponent(`userName sw "${mark}"`);
    const answer = await this.attempt({ method: 'GET', url: `/Users?filter=${filter}`, purpose: 'cleanup' });
    return answer.response?.status === 200
      ? usersWhere(answer, (userName) => userName.startsWith(mark), `${this.facts.baseUrl}/Users`)
      : undefined;
  }

  /** Notes the names of users that a request may create, before it is sent. */
  private remember(body: unknown): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? null);
    // Loose about quotes and colons: broken JSON may be taken for whole by the target.
    const ours = new RegExp(`userName\\W{1,6}(scimc-${this.context.run}-\\d+@example\\.com)`, 'g');
    for (const [, name] of text.matchAll(ours)) if (name !== undefined) this.context.cleanup.expect(name);
  }

  /** Learns from an answer what exists now and what is gone. */
  private learn(exchange: Answered): void {
    const { method, url } = exchange.request;
    const { status } = exchange.response;
    const { cleanup } = this.context;
    const body = responseObject(exchange);
    if (method === 'DELETE' && (status === 204 || status === 404)) cleanup.deleted(url);
    if (method !== 'POST' || body === undefined) return;
    if (status === 201 && typeof body.id === 'string') {
      const name = typeof body.userName === 'string' ? body.userName : undefined;
      cleanup.created(`${url}/${encodeURIComponent(body.id)}`, name);
    }
    if (status === 200 && Array.isArray(body.schemas) && body.schemas.includes(urn.bulkResponse)) {
      this.learnCreated(operationResults(body), url);
    }
  }

  private learnResults(submission: Submission, results: readonly OperationResult[]): void {
    this.learnCreated(results, submission.location ?? this.facts.baseUrl, submission.operations);
  }

  private learnCreated(
    results: readonly OperationResult[],
    requestUrl: string,
    operations: readonly SubmittedOperation[] = [],
  ): void {
    for (const result of results) {
      if (result.status !== '201' || result.location === undefined) continue;
      const location = resolveLocation(result.location, requestUrl);
      if (location !== undefined) this.context.cleanup.created(location, operations[result.index]?.userName);
    }
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
    if (typeof id === 'string' && id !== '') return `${answer.request.url}/${encodeURIComponent(id)}`;
    const location = responseHeader(answer, 'location');
    return location === undefined ? undefined : resolveLocation(location, answer.request.url);
  }
}
