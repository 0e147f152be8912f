/** Waits for the end of accepted requests, by polling or by events, depending on the target. */
import type { Settlement } from '../../../schemas/types.js';
import { Blocked } from '../../errors/errors.js';
import type { CredentialName } from '../../redaction/vault.js';
import type { Answered } from '../../trace/trace.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';
import type { Settled, Submitted } from '../submitting.js';
import { eventPollHeaders, type EventPoll } from './event-poller.js';
import { awaitEvents } from './events.js';
import { pollStatus } from './status.js';
import { TokenRecorder } from './token-recorder.js';
import { underWay, type WatchedSession } from './watched-session.js';

/**
 * After `after` overdue submissions, the rest of the run waits only this part of the deadline, but at least `shortestMs`:
 * a target that never completes must not cost hours.
 */
const impatience = { after: 2, part: 1 / 6, shortestMs: 5000 };

/** Milliseconds for which the feed is asked for events of a bulk request whose result is not whole at the deadline. */
const feedMs = 2000;

/** Milliseconds to wait for the end of a request. */
const patienceOf = ({ tally, deadlineMs }: RunContext): number =>
  tally.overdue < impatience.after
    ? deadlineMs
    : Math.min(deadlineMs, Math.max(deadlineMs * impatience.part, impatience.shortestMs));

/** Most providers complete a request within so many milliseconds. */
export const workMs = 250;

/**
 * One request in so many of an exercise is polled at once, which shows the counts of a request under way. The others get a
 * moment first: a target often answers an early poll by asking the client to wait a whole second.
 */
const everyPolledAtOnce = 3;

export class Observer {
  readonly tokens: TokenRecorder;
  private settles = 0;

  constructor(private readonly session: WatchedSession) {
    this.tokens = new TokenRecorder(session);
  }

  /** Polls once for security event tokens (RFC 8936), as `pollEvents` of a session does. */
  async pollEvents(
    request: EventPoll,
    { isEvidence = true, ...about }: Pick<RequestPlan, 'variant'> & { readonly isEvidence?: boolean },
  ): Promise<{ exchange: Answered; own: readonly string[] }> {
    const { context, send } = this.session;
    const exchange = await send({
      method: 'POST',
      url: context.events.pollUrl ?? '',
      purpose: 'event-poll',
      headers: eventPollHeaders,
      body: request,
      ...about,
    });
    return { exchange, own: await this.tokens.recordPoll(exchange, { isEvidence }) };
  }

  private usualFirstPollMs(): number {
    const isAtOnce = this.settles % everyPolledAtOnce === 0;
    this.settles += 1;
    return isAtOnce ? 0 : workMs;
  }

  /**
   * Waits until the request is completed, the deadline passes or a status read is unreadable. `firstPollMs`: milliseconds
   * from the acceptance to the first poll. Throws Blocked.
   */
  async settle(
    submitted: Submitted,
    credential: CredentialName,
    firstPollMs = this.usualFirstPollMs(),
  ): Promise<Settled> {
    if (!submitted.submission.accepted) throw new Blocked('not-accepted', 'There is no accepted request to wait for.');
    const { context, learner } = this.session;
    const { clock, tally, cleanup, facts } = context;
    const { submission } = submitted;
    const begun = clock.now();
    const deadline = begun + patienceOf(context);
    const isByEvents =
      submission.binding === 'respond-async' && (facts.observation === 'poll' || facts.observation === 'push');
    const settled = isByEvents
      ? await awaitEvents(context, this.tokens, { submission, deadline })
      : await this.fromFeed(
          submitted,
          await pollStatus(this.session, submitted, { credential, deadline, firstPollMs }),
        );
    if (settled.outcome === 'completed') {
      cleanup.settled(underWay(submission));
      learner.settled(submission, settled.results);
    }
    if (settled.outcome === 'deadline') tally.overdue += 1;
    this.session.record<Settlement>({
      type: 'settlement',
      submission: submission.n,
      outcome: settled.outcome,
      waited: clock.now() - begun,
    });
    return settled;
  }

  /** The result URI may show fewer events than there are (RFC 9967 leaves it open): the feed, if there is one, has all. */
  private async fromFeed({ submission }: Submitted, seen: Settled): Promise<Settled> {
    const { context } = this.session;
    const { binding, shape, txn } = submission;
    const isPartial = seen.outcome === 'deadline' && binding === 'respond-async' && shape === 'bulk';
    if (!isPartial || txn === undefined || context.events.poller === undefined) return seen;
    const fed = await awaitEvents(context, this.tokens, { submission, deadline: context.clock.now() + feedMs });
    return fed.outcome === 'completed' ? fed : seen;
  }
}
