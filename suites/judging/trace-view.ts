/** The questions that judges ask of a trace, answered in one place. */
import type { Exchange, ProvisionStatus, Purpose, ReceivedToken, Settlement, Submission } from '../../schemas/types.js';
import type { OperationResult } from '../bindings/binding.js';
import { bindings } from '../bindings/index.js';
import { resultsOf } from '../bindings/respond-async.js';
import { isObject, responseObject } from '../trace/message.js';
import { isCut, isUnavailable } from '../trace/answers.js';
import { isAnswered, type Answered, type Trace } from '../trace/trace.js';

/** Purposes of GETs that read the status resource of a submission. */
const statusPurposes: readonly Purpose[] = [
  'poll',
  'status-read',
  'status-canonical',
  'status-advertised',
  'status-conditional',
];

/** What a status resource might hold: its members are not to be trusted before they are looked at. */
export type LooseStatus = { readonly [K in keyof ProvisionStatus]?: unknown };

export interface StatusSighting {
  readonly exchange: Answered;
  readonly submission: Submission;
  readonly status: LooseStatus;
  /** `accepted`: the body of the 202; `read`: a GET. */
  readonly seen: 'accepted' | 'read';
}

export interface Completion {
  readonly poll: Answered;
  /** Each at the place of its operation, where bulkIds tell which that is. */
  readonly results: readonly OperationResult[];
  /** In the order of the answer. */
  readonly shown: readonly OperationResult[];
}

const hasPending = (poll: Answered): boolean => {
  const counts = responseObject(poll)?.operationsCount;
  return isObject(counts) && typeof counts.pending === 'number' && counts.pending > 0;
};

/** A wrong order is BULK-06's finding: the other judges read each result as that of the operation that it names. */
const aligned = (results: readonly OperationResult[], { operations }: Submission): readonly OperationResult[] => {
  const byId = new Map(results.map((result) => [result.bulkId, result]));
  const ids = operations.map(({ bulkId }) => bulkId);
  const telling = results.length === ids.length && byId.size === ids.length && ids.every((id) => byId.has(id));
  return telling ? ids.flatMap((id, index) => ({ ...byId.get(id), index })) : results;
};

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => number | undefined): Map<number | undefined, T[]> => {
  const groups = new Map<number | undefined, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};

/**
 * Which answers are judged. `whole`: those whose body was kept whole. An answer that was too long says nothing of what
 * was asked, as one of 429 does not: what is missing may be what was wanted. `any`: those of which only the beginning
 * was kept, too, for who judges by status and fields, or looks for what should not be there.
 */
export type Kept = 'whole' | 'any';

/** Reads a trace as it is when it is first asked: what is added to it later needs a new view. */
export class TraceView {
  readonly target: Trace['target'];
  private readonly known = new Map<string, unknown>();

  constructor(
    readonly trace: Trace,
    private readonly kept: Kept = 'whole',
  ) {
    this.target = trace.target;
  }

  /** Many judges ask the same of one trace. */
  private once<T>(question: string, find: () => T): T {
    if (!this.known.has(question)) this.known.set(question, find());
    return this.known.get(question) as T;
  }

  /**
   * All exchanges with the target, those that a throttled answer made the suite repeat included; without those that
   * the target began (`pushes`).
   */
  all(): readonly Exchange[] {
    return this.once('all', () =>
      this.trace.entries.filter(
        (entry): entry is Exchange => entry.type === 'exchange' && entry.purpose !== 'event-push',
      ),
    );
  }

  /** Deliveries of security event tokens by the target (RFC 8935): its request, our answer. */
  pushes(): readonly Exchange[] {
    return this.trace.entries.filter(
      (entry): entry is Exchange => entry.type === 'exchange' && entry.purpose === 'event-push',
    );
  }

  /** Security event tokens in the order in which they came, of one submission or all. */
  tokens(submission?: Submission): readonly ReceivedToken[] {
    const all = this.once('tokens', () =>
      this.trace.entries.filter((entry): entry is ReceivedToken => entry.type === 'token'),
    );
    if (submission === undefined) return all;
    return this.once('tokens by submission', () => groupBy(all, (token) => token.submission)).get(submission.n) ?? [];
  }

  /** Security event tokens that an exchange brought. */
  tokensBy({ n }: Exchange): readonly ReceivedToken[] {
    return this.once('tokens by exchange', () => groupBy(this.tokens(), ({ exchange }) => exchange)).get(n) ?? [];
  }

  /** The exchange of this place in the trace. */
  exchangeAt(n: number): Exchange {
    const entry = this.trace.entries[n];
    if (entry?.type !== 'exchange') throw new Error(`trace entry ${n} is not an exchange`);
    return entry;
  }

  /** Whether an exchange looks at what the 202 of RFC 9967 leads to, of which that leaves the form open. */
  isResultRead(exchange: Exchange): boolean {
    return (
      exchange.submission !== undefined &&
      this.submissions().find(({ n }) => n === exchange.submission)?.binding === 'respond-async'
    );
  }

  /**
   * Whether an exchange is one of SCIM, and its errors are: neither answers of RFC 8936 are, nor what a result URI says
   * while it has none (profile §7, clarification 3).
   */
  isScim(exchange: Exchange): boolean {
    return !['event-poll', 'result-access'].includes(exchange.purpose) && !this.isResultRead(exchange);
  }

  /** Whether a look at a submission showed it pending. */
  isPending(exchange: Answered | undefined): boolean {
    const submission = this.submissions().find(({ n }) => n === exchange?.submission);
    if (exchange === undefined || submission === undefined) return false;
    return bindings[submission.binding].observe(exchange, submission, this.target.baseUrl).state === 'pending';
  }

  /** Whether an answer was too long to be kept whole: what is compared by its place among others is not judged then. */
  hasCut(): boolean {
    return this.once('cut', () => this.all().some(isCut));
  }

  /**
   * The answered exchanges of these purposes. An answer of 429 or 503 is left out: it says nothing of what was asked,
   * and RATE judges it. So is one that was cut, where whole ones are asked for.
   */
  answered(...purposes: Purpose[]): readonly Answered[] {
    if (purposes.length > 0) {
      return this.once(`answered ${purposes.join(' ')}`, () =>
        this.answered().filter((exchange) => purposes.includes(exchange.purpose)),
      );
    }
    return this.once('answered', () =>
      this.all()
        .filter(isAnswered)
        .filter((exchange) => !isUnavailable(exchange) && (this.kept === 'any' || !isCut(exchange))),
    );
  }

  /** The answered exchanges of these purposes that are about this variant. */
  variant(variant: string, ...purposes: Purpose[]): Answered[] {
    return this.answered(...purposes).filter((exchange) => exchange.variant === variant);
  }

  submissions(): readonly Submission[] {
    return this.once('submissions', () =>
      this.trace.entries.filter((entry): entry is Submission => entry.type === 'submission'),
    );
  }

  settlement(submission: Submission): Settlement | undefined {
    return this.trace.entries.find(
      (entry): entry is Settlement => entry.type === 'settlement' && entry.submission === submission.n,
    );
  }

  /** The first look that showed a submission completed, with its results; undefined where none did. */
  completion(submission: Submission): Completion | undefined {
    return this.once(`completion ${submission.n}`, () => this.findCompletion(submission));
  }

  private findCompletion(submission: Submission): Completion | undefined {
    const looked = this.completionByLooks(submission);
    const told = this.completionByEvents(submission);
    // Who was told by an event may look at the result long afterwards.
    return looked === undefined || (told !== undefined && told.poll.n < looked.poll.n) ? told : looked;
  }

  private completionByLooks(submission: Submission): Completion | undefined {
    const binding = bindings[submission.binding];
    for (const poll of submission.accepted ? this.statusReads(submission) : []) {
      const observation = binding.observe(poll, submission, this.target.baseUrl);
      // Completed with something pending contradicts itself (STAT-05), and says nothing of the results.
      if (observation.state === 'completed' && !hasPending(poll)) {
        return { poll, results: aligned(observation.results, submission), shown: observation.results };
      }
    }
    return undefined;
  }

  /** Completion events that came by poll or push: the one with which they are complete. */
  private completionByEvents(submission: Submission): Completion | undefined {
    const tokens = this.tokens(submission);
    // Before there are as many as operations, they cannot be complete.
    for (let count = Math.max(1, submission.operations.length); count <= tokens.length; count += 1) {
      const results = resultsOf(tokens.slice(0, count), submission, this.target.baseUrl);
      const poll = this.exchangeAt(tokens[count - 1]?.exchange ?? -1);
      if (results !== undefined && isAnswered(poll)) return { poll, results, shown: results };
    }
    return undefined;
  }

  /** The exchange that made a submission. */
  asking(submission: Submission): Answered {
    const entry = this.trace.entries[submission.exchange];
    if (entry?.type !== 'exchange' || !isAnswered(entry)) {
      throw new Error(`trace entry ${submission.exchange} is not the answered exchange of submission ${submission.n}`);
    }
    return entry;
  }

  /** Answers of 202 to an asynchronous request, whatever its binding, with their submissions. */
  accepted(): readonly { submission: Submission; exchange: Answered }[] {
    return this.once('accepted', () =>
      this.submissions()
        .filter(({ accepted }) => accepted)
        .map((submission) => ({ submission, exchange: this.asking(submission) })),
    );
  }

  /** Answers of 202 in request-mode, with their submissions. */
  acceptances(): readonly { submission: Submission; exchange: Answered }[] {
    return this.once('acceptances', () =>
      this.accepted().filter(({ submission }) => submission.binding === 'request-mode'),
    );
  }

  /** GETs of the status resource of a submission (or of all), whatever they were answered. */
  statusReads(submission?: Submission): readonly Answered[] {
    const all = this.answered(...statusPurposes);
    if (submission === undefined) return all;
    return this.once('status reads', () => groupBy(all, (read) => read.submission)).get(submission.n) ?? [];
  }

  /** GETs of the status resource of a submission, whether they were answered or not. */
  looks(submission: Submission): readonly Exchange[] {
    const all = this.once('looks', () =>
      groupBy(
        this.all().filter(({ purpose }) => statusPurposes.includes(purpose)),
        (look) => look.submission,
      ),
    );
    return all.get(submission.n) ?? [];
  }

  /** Whether a cancel of this submission was answered as done, before this place in the trace (profile CNCL-01). */
  isCancelled(submission: number | undefined, before = Infinity): boolean {
    return this.answered('cancel').some(
      (cancel) => cancel.submission === submission && cancel.n < before && cancel.response.status < 300,
    );
  }

  /** Every status resource that was seen, in order, of one submission or of all: bodies of 202 and of reads with 200. */
  sightings(of?: Submission): readonly StatusSighting[] {
    return this.once(`sightings ${of?.n ?? ''}`, () => this.findSightings(of));
  }

  private findSightings(of: Submission | undefined): StatusSighting[] {
    return this.acceptances()
      .filter(({ submission }) => of === undefined || submission.n === of.n)
      .flatMap(({ submission, exchange }) =>
        [exchange, ...this.statusReads(submission).filter(({ response }) => response.status === 200)].flatMap(
          (answered): StatusSighting[] => {
            const status = responseObject(answered);
            return status === undefined
              ? []
              : [{ exchange: answered, submission, status, seen: answered === exchange ? 'accepted' : 'read' }];
          },
        ),
      );
  }

  /** The first and later sightings of one submission each, for judges that compare over time. */
  histories(): { submission: Submission; sightings: readonly StatusSighting[] }[] {
    return this.acceptances().map(({ submission }) => ({ submission, sightings: this.sightings(submission) }));
  }
}

const views: Record<Kept, WeakMap<Trace, TraceView>> = { whole: new WeakMap(), any: new WeakMap() };

/** The one view of this kind of a trace that is complete. */
export const viewOf = (trace: Trace, kept: Kept = 'whole'): TraceView => {
  const known = views[kept].get(trace) ?? new TraceView(trace, kept);
  views[kept].set(trace, known);
  return known;
};
