/** Estimates the provider's token bucket from a burst: its capacity, and its refill rate. */
import type { AdvertisedQuota, Exchange, RateLimitEstimate } from '../../schemas/types.js';
import { isAnswered, type Trace } from '../trace/trace.js';
import { isThrottled } from '../trace/answers.js';
import { requestQuotas, unusedQuotas } from './other-limit.js';

const throttled = (exchange: Exchange): boolean => isAnswered(exchange) && isThrottled(exchange);

/** A refill rate is estimated over at least so many milliseconds; over fewer, the result would be random. */
const shortestMs = 200;

/** The largest number of advertised quotas in a report. */
const mostQuotas = 5;

/** The limits that the fields of the answers name, and whether another one throttled. */
const limitsIn = (requests: readonly Exchange[]): Pick<RateLimitEstimate, 'advertised' | 'otherLimit'> => {
  const named = requests.flatMap(requestQuotas).flatMap(({ limit, window }): AdvertisedQuota[] => {
    if (limit === undefined) return [];
    return [{ limit, ...(window === undefined ? {} : { seconds: window }) }];
  });
  const advertised = [...new Map(named.map((quota) => [JSON.stringify(quota), quota])).values()].slice(0, mostQuotas);
  const unused = requests.map(unusedQuotas).filter((quotas) => quotas.length > 0);
  const remaining = Math.min(...unused.flat().map(({ remaining: left = 0 }) => left));
  return {
    ...(advertised.length === 0 ? {} : { advertised }),
    ...(unused.length === 0 ? {} : { otherLimit: { throttled: unused.length, remaining } }),
  };
};

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
    ...limitsIn(requests.map(({ exchange }) => exchange)),
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
