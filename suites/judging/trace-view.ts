/** Everything that judges need to know about a trace in one place: its entries, and their meaning. */
import type { Exchange, Purpose, Submission } from '../../schemas/types.js';
import { bindings } from '../bindings/index.js';
import { isNotFound } from '../trace/answers.js';
import { isObject, responseObject } from '../trace/message.js';
import type { Answered, Trace } from '../trace/trace.js';
import { firstCompletion, type Completion } from './completion.js';
import { EntryView, type Kept } from './entry-view.js';
import { booleansOf } from './status-members.js';
import { sightingsOf, type StatusSighting } from './status-sightings.js';

export type { Completion } from './completion.js';
export type { Kept } from './entry-view.js';
export type { LooseStatus, StatusSighting } from './status-sightings.js';

const notScim: readonly Purpose[] = ['event-poll', 'result-access', 'webhook', 'audit', 'message'];

export class TraceView extends EntryView {
  /** By the place of the submission. */
  private readonly completions = new Map<number, { readonly found: Completion | undefined }>();

  /** Whether an exchange reads the result URI of RFC 9967, whose answers have no defined form. */
  isResultRead(exchange: Exchange): boolean {
    return (
      exchange.submission !== undefined &&
      this.submissions().find(({ n }) => n === exchange.submission)?.binding === 'respond-async'
    );
  }

  /**
   * Whether the answer has to be SCIM. Answers to event polls (RFC 8936), answers of a result URI and those of the
   * integration endpoints do not have to be (profile §7, clarification 3).
   */
  isScim(exchange: Exchange): boolean {
    return !notScim.includes(exchange.purpose) && !this.isResultRead(exchange);
  }

  /** Whether a read of a submission showed it pending. */
  isPending(exchange: Answered | undefined): boolean {
    const submission = this.submissions().find(({ n }) => n === exchange?.submission);
    if (exchange === undefined || submission === undefined) return false;
    return bindings[submission.binding].observe(exchange, submission, this.target.baseUrl).state === 'pending';
  }

  /** Whether a cancel of this submission was answered with success before this place in the trace (profile CNCL-01). */
  isCancelled(submission: number | undefined, before = Infinity): boolean {
    return this.answered('cancel').some(
      (cancel) => cancel.submission === submission && cancel.n < before && cancel.response.status < 300,
    );
  }

  /** The first exchange that showed a submission completed, with its results; undefined if there is none. */
  completion(submission: Submission): Completion | undefined {
    const known = this.completions.get(submission.n);
    if (known !== undefined) return known.found;
    const found = firstCompletion(this, submission);
    this.completions.set(submission.n, { found });
    return found;
  }

  /**
   * Whether a read came later than `statusRetentionSeconds` promises to keep anything. The time is counted from the last
   * moment at which the request cannot have been completed: that of the 202, or of a read that showed it pending.
   */
  private isPastRetention(exchange: Answered): boolean {
    const { asyncExtension } = this.target;
    const seconds = isObject(asyncExtension) ? asyncExtension.statusRetentionSeconds : undefined;
    const submission = this.submissions().find(({ n }) => n === exchange.submission);
    if (typeof seconds !== 'number' || submission === undefined) return false;
    const asked = this.exchangeOf(submission);
    const pending = this.statusReads(submission).findLast(
      (read) => read.n < exchange.n && read.response.status < 300 && this.isPending(read),
    );
    return exchange.at > (pending?.at ?? asked.at + asked.took) + seconds * 1000;
  }

  /**
   * Whether a status resource was gone (404 or 410) because its request had completed: it does not have to be kept
   * (profile §7, clarification 7). Its completion was seen before, and no read of it succeeded afterwards; or the suite
   * came so late that the promised retention was over.
   */
  isForgotten(exchange: Answered): boolean {
    if (!isNotFound(exchange)) return false;
    if (this.isPastRetention(exchange)) return true;
    const location = this.submissions().find(({ n }) => n === exchange.submission)?.location ?? exchange.request.url;
    // A safe retry and its first request have the same status resource.
    const doneAt = this.submissions()
      .filter((submission) => submission.location === location)
      .flatMap((submission) => this.completion(submission)?.poll.n ?? []);
    // A read with a status token may be the first to show it.
    const byToken = this.answered('status-token')
      .filter(({ request, response }) => request.url === location && response.status === 200)
      .filter((read) => booleansOf(responseObject(read) ?? {})?.completed === true)
      .map(({ n }) => n);
    const done = Math.min(...doneAt, ...byToken);
    const later = this.answered('poll', 'status-read').filter(
      ({ n, request, credential }) =>
        n > done && request.url === location && request.method === 'GET' && credential === 'primary',
    );
    // Another path of the status may not be served at all: then its Location still leads to the status.
    const isGoneAtLocation = exchange.request.url === location || later.some(isNotFound);
    return (
      exchange.n > done &&
      isGoneAtLocation &&
      !later.some(({ n, response }) => n > exchange.n && response.status === 200)
    );
  }

  /** Every status resource that was seen, in order, of one submission or of all: bodies of 202 and of reads with 200. */
  sightings(of?: Submission): readonly StatusSighting[] {
    return this.once(`sightings ${of?.n ?? ''}`, () => sightingsOf(this, of));
  }

  /** All sightings of each submission, for judges that compare over time. */
  histories(): { submission: Submission; sightings: readonly StatusSighting[] }[] {
    return this.acceptances().map(({ submission }) => ({ submission, sightings: this.sightings(submission) }));
  }
}

const views: Record<Kept, WeakMap<Trace, TraceView>> = { whole: new WeakMap(), any: new WeakMap() };

/** The view of a complete trace; there is only one of each kind, so that judges share its cache. */
export const viewOf = (trace: Trace, kept: Kept = 'whole'): TraceView => {
  const known = views[kept].get(trace) ?? new TraceView(trace, kept);
  views[kept].set(trace, known);
  return known;
};
