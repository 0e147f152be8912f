/** Waits for the end of an accepted request with the security event tokens that are delivered to the suite. */
import type { Submission } from '../../../schemas/types.js';
import { resultsOf } from '../../bindings/respond-async.js';
import { Blocked } from '../../errors/errors.js';
import { endOf } from '../end-of-work.js';
import type { RunContext } from '../run-context.js';
import type { Settled } from '../submitting.js';
import type { TokenRecorder } from './token-recorder.js';

/** If tokens were too long to be kept, the expected token may be among them: it is then awaited only so many milliseconds. */
const patienceAfterLossMs = 5000;

/** Resolves when a token arrives (with this Set-Txn, if one is given), or after so many milliseconds. */
export const arrival = async (
  { clock, signal, events }: RunContext,
  milliseconds: number,
  txn?: string,
): Promise<void> => {
  const over = new AbortController();
  const arrived = events.inbox.arrival(AbortSignal.any([signal, over.signal]), txn).finally(() => over.abort());
  events.poller?.start(signal);
  await Promise.race([arrived, clock.sleep(milliseconds, AbortSignal.any([signal, over.signal]))]);
  over.abort();
  await arrived;
};

/** Waits until all completion events have come, or until the deadline (a time of the clock). Throws Blocked. */
export const awaitEvents = async (
  context: RunContext,
  tokens: TokenRecorder,
  { submission, deadline }: { readonly submission: Submission; readonly deadline: number },
): Promise<Settled> => {
  const { clock, signal, events, facts } = context;
  const { txn } = submission;
  const begun = clock.now();
  if (txn === undefined)
    throw new Blocked('no-set-txn', 'The 202 has no Set-Txn, so no event can be assigned to the request.');
  for (;;) {
    const last = await tokens.recordDeliveries(txn, submission.n);
    const received = events.inbox.of(txn).map(({ token }) => token);
    const isEnough = received.length >= submission.operations.length;
    const results = isEnough ? resultsOf(received, submission, facts.baseUrl) : undefined;
    if (results !== undefined) return { outcome: 'completed', results, ...(last === undefined ? {} : { last }) };
    const until = events.hasLostTokens ? Math.min(deadline, begun + patienceAfterLossMs) : deadline;
    const left = until - clock.now();
    if (left <= 0 && events.hasLostTokens)
      throw new Blocked(
        'events-too-long',
        'Events were delivered that are too long to be read: the expected event may be among them.',
      );
    const end = endOf(signal);
    if (end !== undefined) throw end;
    if (left <= 0) {
      await tokens.recordStrays(begun - context.startedAt);
      return { outcome: 'deadline', results: [] };
    }
    await arrival(context, left, txn);
  }
};
