/** Estimates a token bucket from a burst: what it held, and how fast it fills again. */
import type { Exchange, RateLimitEstimate } from '../../schemas/types.js';
import { isAnswered, type Trace } from '../trace/trace.js';
import { isThrottled } from '../trace/answers.js';

const throttled = (exchange: Exchange): boolean => isAnswered(exchange) && isThrottled(exchange);

/** The shortest time, in milliseconds, over which a refill is estimated: over a shorter one, chance would decide. */
const shortestMs = 200;

/**
 * From the trace of a burst. Between the first and the last throttled answer the bucket is empty: what is admitted then
 * is what was refilled. What was admitted before the first, less what was refilled until then, is what the bucket held.
 * What comes after the last is not used: by then the bucket may hold more than was asked for. Undefined where the trace
 * has no burst.
 */
export const estimateLimiter = (trace: Trace): RateLimitEstimate | undefined => {
  const requests = trace.entries
    .filter((entry): entry is Exchange => entry.type === 'exchange' && entry.purpose === 'burst')
    .filter(({ variant }) => variant === undefined)
    .map((exchange) => ({ exchange, end: exchange.at + exchange.took }))
    .sort((a, b) => a.end - b.end);
  const [first] = requests;
  if (first === undefined) return undefined;
  const known = {
    requests: requests.length,
    throttled: requests.filter(({ exchange }) => throttled(exchange)).length,
    answers: requests.map(({ exchange, end }) => ({
      at: Math.max(0, Math.round(end - first.exchange.at)),
      status: exchange.response?.status ?? 0,
    })),
  };
  const empty = requests.find(({ exchange }) => throttled(exchange));
  const last = requests.findLast(({ exchange }) => throttled(exchange));
  if (empty === undefined || last === undefined || last.end - empty.end < shortestMs) return known;
  const admitted = (from: number, to: number): number =>
    requests.filter(({ exchange, end }) => end > from && end <= to && !throttled(exchange)).length;
  const refillPerSecond = (admitted(empty.end, last.end) / (last.end - empty.end)) * 1000;
  const before = admitted(-1, empty.end);
  const capacity = Math.max(1, before - (refillPerSecond * (empty.end - first.exchange.at)) / 1000);
  return { ...known, capacity: Math.round(capacity), refillPerSecond: Math.round(refillPerSecond * 10) / 10 };
};
