/** Repeats a request if the target asks to send it later, or if its connection was lost, and waits in between. */
import type { Exchange } from '../../../schemas/types.js';
import { askedToWaitMs } from '../../trace/asked-to-wait.js';
import { isThrottled, isUnavailable } from '../../trace/answers.js';
import { isAnswered, type Answered } from '../../trace/trace.js';
import { endOf } from '../end-of-work.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';
import type { WaitsInVain } from '../waits-in-vain.js';
import { askOthers, lossPatience, mayBeSentAgain } from './lost-requests.js';
import { safeMethods } from './safe-methods.js';

/** `retryOf`: the number of the exchange that is repeated; undefined the first time. */
export type SendOnce = (plan: RequestPlan, retryOf: number | undefined) => Promise<Exchange>;

/**
 * How often a throttled request is sent before the exercise gives up, and how long it waits: as long as the target asks,
 * but at least a time that doubles with each attempt. If the target asks for more than the longest wait, the exercise
 * gives up at once. If it does not say how long to wait, the waits double from `unasked.first` to `unasked.longest`.
 */
const patience = {
  attempts: 8,
  shortestWaitMs: 50,
  longestWaitMs: 60_000,
  unasked: { first: 1000, longest: 15_000 },
};

/** Nothing else is done while the run cleans up, and its time is limited: it asks until that is over, and often. */
const cleaningPatience = { ...patience, attempts: Infinity, unasked: { first: 1000, longest: 4000 } };

/**
 * A request that was answered 503 without Retry-After may still have had an effect: only safe methods are repeated then,
 * and no unusual requests, which may have caused the 503 (ERR-09).
 */
const mayBeRepeated = (exchange: Answered, { purpose, isUnusual = purpose === 'fuzz' }: RequestPlan): boolean =>
  isThrottled(exchange) || (isUnavailable(exchange) && !isUnusual && safeMethods.includes(exchange.request.method));

/** The attempts so far, of the same kind one after the other. */
interface Attempts {
  readonly throttled: number;
  readonly lost: number;
  readonly unsent: number;
}

/** Milliseconds to wait before the next attempt; undefined if there is none. */
const waitBefore = (
  exchange: Exchange,
  { throttled, lost, unsent }: Attempts,
  { now, isKnown, plan }: { readonly now: Date; readonly isKnown: boolean; readonly plan: RequestPlan },
): number | undefined => {
  if (!isAnswered(exchange)) {
    if (exchange.failure?.code === 'no-connection')
      return isKnown && unsent <= lossPatience.unsent.attempts ? lossPatience.unsent.pauseMs : undefined;
    return mayBeSentAgain(exchange)
      ? lossPatience[exchange.failure?.code === 'timeout' ? 'late' : 'lost'][lost - 1]
      : undefined;
  }
  const { attempts, shortestWaitMs, longestWaitMs, unasked } =
    exchange.purpose === 'cleanup' ? cleaningPatience : patience;
  if (throttled >= attempts || !mayBeRepeated(exchange, plan)) return undefined;
  const growth = 2 ** (throttled - 1);
  const asked = askedToWaitMs(exchange, now) ?? Math.min(unasked.first * growth, unasked.longest);
  if (asked > longestWaitMs) return undefined;
  return Math.max(asked, Math.min(shortestWaitMs * growth, longestWaitMs));
};

/** Milliseconds by which a wait is longer at most. */
const mostSpreadMs = 500;

/**
 * A little more than a wait, each time another share: requests that are throttled together would otherwise come again
 * together, and the same ones would be throttled again. `count`: how many exchanges there were in the run.
 */
const spread = (wait: number, count: number): number =>
  wait + Math.min(wait / 2, mostSpreadMs) * ((count * 0.618_034) % 1);

/** `before`: the throttled exchange that this one repeats. */
const countWait = (waits: WaitsInVain, exchange: Exchange, before: Exchange | undefined): void => {
  const end = exchange.at + exchange.took;
  if (isAnswered(exchange) && !isUnavailable(exchange)) waits.useful(end);
  else if (before !== undefined) waits.add(before.at, end);
  else if (exchange.failure?.code === 'timeout') waits.add(exchange.at, end);
};

const counted = (attempts: Attempts, exchange: Exchange): Attempts => {
  if (isAnswered(exchange)) return { ...attempts, throttled: attempts.throttled + 1 };
  return exchange.failure?.code === 'no-connection'
    ? { ...attempts, unsent: attempts.unsent + 1 }
    : { ...attempts, lost: attempts.lost + 1 };
};

export const retry =
  (
    { clock, signal, waits, tally, paces }: Pick<RunContext, 'clock' | 'signal' | 'waits' | 'tally' | 'paces'>,
    once: SendOnce,
  ) =>
  async (plan: RequestPlan): Promise<Exchange> => {
    let exchange = await paces.send(plan, false, () => once(plan, undefined));
    countWait(waits, exchange, undefined);
    if (plan.once === true) return exchange;
    let attempts = counted({ throttled: 0, lost: 0, unsent: 0 }, exchange);
    while (!signal.aborted) {
      const wait = waitBefore(exchange, attempts, { now: clock.date(), isKnown: waits.wasUseful, plan });
      if (wait === undefined) break;
      // It has waited as long as it was asked to, and was throttled again: it is not tried without end.
      if (attempts.throttled > 1 && waits.isTooLong(wait)) waits.giveUp();
      const stopWaiting = paces.wait();
      await clock.sleep(isAnswered(exchange) ? spread(wait, tally.exchanges) : wait, signal);
      stopWaiting();
      // The work of the run ended during the wait: the request was throttled, and nothing else is known about it.
      if (endOf(signal) !== undefined) break;
      const before = exchange;
      exchange = await paces.send(plan, isAnswered(before), () => once(plan, before.n));
      countWait(waits, exchange, before);
      attempts = counted(attempts, exchange);
    }
    if (!isAnswered(exchange) && mayBeSentAgain(exchange) && attempts.lost > 1) await askOthers(once, exchange, signal);
    return exchange;
  };
