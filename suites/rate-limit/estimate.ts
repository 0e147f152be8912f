/** Estimates the provider's token bucket from a burst: its capacity, and its refill rate. */
import type { Exchange, RateLimitEstimate } from '../../schemas/types.js';
import { isAnswered, type Trace } from '../trace/trace.js';
import { isThrottled } from '../trace/answers.js';

const throttled = (exchange: Exchange): boolean => isAnswered(exchange) && isThrottled(exchange);

/** A refill rate is estimated over at least so many milliseconds; over fewer, the result would be random. */
const shortestMs = 200;

/**
 * Between the first and the last throttled answer of the burst the bucket is empty, so that the requests admitted in
 * that time give the refill rate. The requests admitted before the first throttled answer, minus the refill until then,
 * give the capacity. Answers after the last throttled one are not used, because the bucket may no longer be empty.
 * Undefined if the trace has no burst.
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
