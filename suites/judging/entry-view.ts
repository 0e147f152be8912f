/** The entries of a trace, sorted by type, purpose and submission, so that each judge does not search for them itself. */
import type { Exchange, Purpose, ReceivedToken, Settlement, Submission } from '../../schemas/types.js';
import { isCut, isUnavailable } from '../trace/answers.js';
import { isAnswered, type Answered, type Trace } from '../trace/trace.js';
import type { Step } from '../trace/step.js';

/** Purposes of GETs that read the status resource of a submission. */
const statusPurposes: readonly Purpose[] = [
  'poll',
  'status-read',
  'status-canonical',
  'status-advertised',
  'status-conditional',
];

/** Purposes of exchanges that the target begins. */
const begunByTarget: readonly Purpose[] = ['event-push', 'webhook-delivery'];

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
 * Which answers are judged. `whole`: only those whose body was kept whole, because the cut part of a longer body may hold
 * what the judge needs. `any`: also those that were cut, for judges that need only the status and header fields, or that
 * search for text that must not be there.
 */
export type Kept = 'whole' | 'any';

/** Results are cached, so a view must be created only when the trace is complete. */
export class EntryView {
  readonly target: Trace['target'];
  private readonly known = new Map<string, unknown>();

  constructor(
    readonly trace: Trace,
    private readonly kept: Kept = 'whole',
  ) {
    this.target = trace.target;
  }

  /** Many judges need the same result, so it is computed only once. */
  protected once<T>(question: string, find: () => T): T {
    const known = this.known.get(question);
    if (known !== undefined || this.known.has(question)) return known as T;
    const found = find();
    this.known.set(question, found);
    return found;
  }

  /** Whether this scenario made the trace. */
  isOf(...scenarios: readonly { readonly name: string }[]): boolean {
    return scenarios.some(({ name }) => name === this.trace.scenario);
  }

  /**
   * All exchanges that the suite began, including those that were repeated after a throttled answer. Exchanges that the
   * target began are in `pushes` and `webhookDeliveries`.
   */
  all(): readonly Exchange[] {
    return this.once('all', () =>
      this.trace.entries.filter(
        (entry): entry is Exchange => entry.type === 'exchange' && !begunByTarget.includes(entry.purpose),
      ),
    );
  }

  /** Exchanges in which the target pushed a security event token (RFC 8935) and the suite answered. */
  pushes(): readonly Exchange[] {
    return this.trace.entries.filter(
      (entry): entry is Exchange => entry.type === 'exchange' && entry.purpose === 'event-push',
    );
  }

  /** Exchanges in which the target delivered to a webhook, and the suite answered or not. */
  webhookDeliveries(): readonly Exchange[] {
    return this.trace.entries.filter(
      (entry): entry is Exchange => entry.type === 'exchange' && entry.purpose === 'webhook-delivery',
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

  /** Whether some answer was too long to be kept whole. Then judges must not match answers by their places in the trace. */
  hasCut(): boolean {
    return this.once('cut', () => this.all().some(isCut));
  }

  /**
   * The answered exchanges of these purposes. Left out are answers of 429 or 503, which RATE judges, and answers that were
   * cut, if the view is `whole`.
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

  /** The answered exchanges of these purposes with this step. */
  variant(variant: Step, ...purposes: Purpose[]): Answered[] {
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

  /** The exchange in which a submission was sent. */
  exchangeOf(submission: Submission): Answered {
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
        .map((submission) => ({ submission, exchange: this.exchangeOf(submission) })),
    );
  }

  /** Answers of 202 in request-mode, with their submissions. */
  acceptances(): readonly { submission: Submission; exchange: Answered }[] {
    return this.once('acceptances', () =>
      this.accepted().filter(({ submission }) => submission.binding === 'request-mode'),
    );
  }

  /** Answered GETs of the status resource of a submission (or of all), whatever the answer. */
  statusReads(submission?: Submission): readonly Answered[] {
    const all = this.answered(...statusPurposes);
    if (submission === undefined) return all;
    return this.once('status reads', () => groupBy(all, (read) => read.submission)).get(submission.n) ?? [];
  }

  /** GETs of the status resource of a submission, whether they were answered or not. */
  statusRequests(submission: Submission): readonly Exchange[] {
    const all = this.once('looks', () =>
      groupBy(
        this.all().filter(({ purpose }) => statusPurposes.includes(purpose)),
        (look) => look.submission,
      ),
    );
    return all.get(submission.n) ?? [];
  }
}
