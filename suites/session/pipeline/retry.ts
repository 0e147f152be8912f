/** Repeats a request if the target asks to send it later, and waits as long as the target asks. */
import type { Exchange } from '../../../schemas/types.js';
import { askedToWaitMs } from '../../trace/asked-to-wait.js';
import { isThrottled, isUnavailable } from '../../trace/answers.js';
import { isAnswered, type Answered } from '../../trace/trace.js';
import type { RequestPlan } from '../request-plan.js';
import type { RunContext } from '../run-context.js';
import { safeMethods } from './safe-methods.js';

/** `retryOf`: the number of the exchange that is repeated; undefined the first time. */
export type SendOnce = (plan: RequestPlan, retryOf: number | undefined) => Promise<Exchange>;

/**
 * How often a throttled request is sent before the exercise gives up, and how long it waits: as long as the target asks,
 * but at least a time that doubles with each attempt. If the target asks for more than the longest wait, the exercise
 * gives up at once.
 */
const patience = { attempts: 8, defaultWaitMs: 1000, shortestWaitMs: 50, longestWaitMs: 60_000 };

/**
 * A request that was answered 503 without Retry-After may still have had an effect: only safe methods are repeated then,
 * and no fuzz requests, which may have caused the 503 (ERR-09).
 */
const mayBeRepeated = (exchange: Answered): boolean =>
  isThrottled(exchange) ||
  (isUnavailable(exchange) && exchange.purpose !== 'fuzz' && safeMethods.includes(exchange.request.method));

/** Milliseconds to wait before the next attempt; undefined if there is none. `attempt` counts from 1. */
const waitBefore = (exchange: Exchange, attempt: number, now: Date): number | undefined => {
  if (attempt >= patience.attempts || !isAnswered(exchange) || !mayBeRepeated(exchange)) return undefined;
  const asked = askedToWaitMs(exchange, now) ?? patience.defaultWaitMs;
  if (asked > patience.longestWaitMs) return undefined;
  return Math.max(asked, patience.shortestWaitMs * 2 ** (attempt - 1));
};

export const retry =
  ({ clock, signal }: Pick<RunContext, 'clock' | 'signal'>, once: SendOnce) =>
  async (plan: RequestPlan): Promise<Exchange> => {
    let exchange = await once(plan, undefined);
    if (plan.once === true) return exchange;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const wait = waitBefore(exchange, attempt, clock.date());
      if (wait === undefined) break;
      await clock.sleep(wait, signal);
      exchange = await once(plan, exchange.n);
    }
    return exchange;
  };
