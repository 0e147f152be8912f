/**
 * What a scenario talks to the target through. It records every exchange and every intention in a trace, polls as
 * politely as it is asked to, and remembers what has to be cleaned up.
 */
import type {
  Exchange,
  HeaderList,
  Purpose,
  Submission,
  SubmittedOperation,
  TargetFacts,
} from '../../schemas/types.js';
import type { Binding, OperationResult } from '../bindings/binding.js';
import { resolveLocation } from '../bindings/request-mode.js';
import type { CredentialName } from '../client/redaction.js';
import { isObject, responseHeader, responseObject } from '../trace/message.js';
import { countFound } from '../trace/searches.js';
import { isAnswered, type Answered, type TraceEntry } from '../trace/trace.js';
import type { Spoiling } from '../target/target.js';
import { isThrottled } from '../trace/trace-view.js';
import { namedBy, namedWhere, type Endpoint } from './cleanup.js';
import { createLearner, type Learner } from './learning.js';
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
  readonly spoiled?: Spoiling;
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

/** Waits between polls of a target that does not say how long to wait, and of one that says 0. */
const pollMs = {
  unasked: { first: 100, factor: 1.5, longest: 2000 },
  zero: { first: 10, factor: 1.5, longest: 200 },
};

/** After so many overdue submissions the rest of the run waits only this part of the deadline, but no less than so long. */
const impatience = { after: 2, part: 1 / 6, shortestMs: 5000 };

/** Pages of a list that are read at most. */
const mostPages = 50;

/** Characters (profile §2). */
const longestRequestId = 128;

/** How long cleaning up waits for one request that is still under way. */
const patienceAtEndMs = 5000;

export class Session {
  readonly entries: TraceEntry[] = [];
  readonly facts: TargetFacts;
  private readonly learner: Learner;
  private readonly sender: (plan: RequestPlan) => Promise<Exchange>;

  constructor(
    private readonly context: RunContext,
    /** Undefined where the target serves none. */
    readonly binding: Binding | undefined,
  ) {
    this.facts = context.facts;
    this.learner = createLearner(context.run, context.facts.baseUrl, context.cleanup);
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

  /** A displayName of a group that no other resource of this or any other run has. */
  groupName(): string {
    this.context.tally.names += 1;
    return `scimc-${this.context.run}-${this.context.tally.names}`;
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
    if (this.context.signal.aborted) throw new Blocked('The run was interrupted.');
    this.learner.sent(plan.body);
    const exchange = await this.sender(plan);
    if (isAnswered(exchange)) this.learner.answered(exchange);
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
    const binding = this.demandBinding();
    const exchange = await this.send(this.asking(plan, binding));
    return { submission: this.recordSubmission(plan, binding, exchange), exchange };
  }

  /** Submits once, whatever the answer; without a submission where it is not 202. */
  async submitOnce(plan: SubmitPlan): Promise<{ exchange: Exchange; submitted?: Submitted }> {
    const binding = this.demandBinding();
    const exchange = await this.attempt({ ...this.asking(plan, binding), once: true });
    if (!isAnswered(exchange) || exchange.response.status !== 202) return { exchange };
    return { exchange, submitted: { submission: this.recordSubmission(plan, binding, exchange), exchange } };
  }

  private demandBinding(): Binding {
    if (this.binding === undefined) throw new Blocked('The target serves no asynchronous binding.');
    return this.binding;
  }

  /** The request that a submission is asked with. */
  private asking(plan: SubmitPlan, binding: Binding): RequestPlan {
    this.context.tally.submissions += 1;
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
      headers: [...asking, ...(plan.headers ?? [])],
    };
  }

  private recordSubmission(plan: SubmitPlan, binding: Binding, exchange: Answered): Submission {
    const accepted = exchange.response.status === 202;
    if (accepted) this.context.tally.accepted += 1;
    const location = accepted ? binding.location(exchange) : undefined;
    if (location !== undefined) this.context.cleanup.accepted(location);
    return this.record<Submission>({
      type: 'submission',
      binding: binding.name,
      shape: plan.shape ?? 'single',
      exchange: exchange.n,
      accepted,
      ...(location === undefined ? {} : { location }),
      ...(plan.requestId === undefined ? {} : { requestId: plan.requestId }),
      operations: [...plan.operations],
    });
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
  async settle({ submission, exchange }: Submitted, credential: CredentialName = 'primary'): Promise<Settled> {
    const { clock, signal, tally } = this.context;
    const { binding } = this;
    if (binding === undefined || !submission.accepted) throw new Blocked('There is no accepted request to wait for.');
    const accepted = clock.now();
    const { deadlineMs } = this.context;
    const deadline =
      tally.overdue < impatience.after
        ? deadlineMs
        : Math.min(deadlineMs, Math.max(deadlineMs * impatience.part, impatience.shortestMs));
    const settle = (outcome: Settled['outcome'], results: readonly OperationResult[], last: Answered): Settled => {
      this.record({ type: 'settlement', submission: submission.n, outcome, waited: clock.now() - accepted });
      return { outcome, results, last };
    };
    let waits = 0;
    let previous = exchange;
    for (let first = true; ; first = false) {
      const asked = askedToWaitMs(previous, clock.date());
      // The first look comes at once: ACC-01 asks for it, and one early poll is no burst.
      if (!first) {
        const { first: shortest, factor, longest } = asked === 0 ? pollMs.zero : pollMs.unasked;
        const own = Math.min(shortest * factor ** waits, longest);
        const left = Math.max(0, accepted + deadline - clock.now());
        await clock.sleep(Math.min(asked === undefined || asked === 0 ? own : asked, left), signal);
        waits += 1;
      }
      const poll = await this.look(submission, { purpose: 'poll', credential });
      const observation = binding.observe(poll);
      if (observation.state === 'completed') {
        this.context.cleanup.settled(poll.request.url);
        this.learner.settled(submission, observation.results);
        return settle('completed', observation.results, poll);
      }
      if (observation.state === 'unreadable') return settle('unreadable', [], poll);
      if (clock.now() - accepted > deadline) {
        tally.overdue += 1;
        return settle('deadline', [], poll);
      }
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
      if (observation.state === 'completed') this.learner.created(observation.results, statusUrl);
      if (observation.state !== 'pending') return;
      await clock.sleep(askedToWaitMs(poll, clock.date()) ?? pollMs.unasked.first, signal);
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

  /** URLs of resources that bear the mark of the run, page after page; undefined where they cannot be listed. */
  async findRest(endpoint: Endpoint): Promise<readonly string[] | undefined> {
    if (!this.facts.capabilities.filter) return undefined;
    const mark = `scimc-${this.context.run}-`;
    const filter = encodeURIComponent(`${namedBy[endpoint]} sw "${mark}"`);
    const urls = new Set<string>();
    for (let page = 0; page < mostPages; page += 1) {
      const url = `/${endpoint}?filter=${filter}&startIndex=${urls.size + 1}`;
      const answer = await this.attempt({ method: 'GET', url, purpose: 'cleanup' });
      if (answer.response?.status !== 200) return undefined;
      const before = urls.size;
      namedWhere(answer, endpoint, (name) => name.startsWith(mark), `${this.facts.baseUrl}/${endpoint}`).forEach(
        (each) => urls.add(each),
      );
      const total = responseObject(answer)?.totalResults;
      if (typeof total !== 'number' || urls.size >= total || urls.size === before) break;
    }
    return [...urls];
  }

  /** Lets this many milliseconds pass; ends early where the run is interrupted. */
  async pause(milliseconds: number): Promise<void> {
    await this.context.clock.sleep(milliseconds, this.context.signal);
  }

  /** Now, in milliseconds from the start of the run, as `at` of an exchange. */
  get elapsed(): number {
    return this.context.clock.now() - this.context.startedAt;
  }

  /** Whether the first credential is a bearer token, which can be spoiled. */
  get isBearer(): boolean {
    return this.context.target.token !== undefined;
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
    if (typeof id === 'string' && id !== '') return `${answer.request.url}/${encodeURIComponent(id)}`;
    const location = responseHeader(answer, 'location');
    return location === undefined ? undefined : resolveLocation(location, answer.request.url);
  }
}
