/**
 * A provider may throttle by another limit than the advertised one, such as a number of requests at a time or a daily quota:
 * a positive remaining number is no guarantee (draft-ietf-httpapi-ratelimit-headers).
 */
import type { Exchange } from '../../schemas/types.js';
import { isAnswered } from '../trace/trace.js';
import { countsRequests, readRateLimit, type Quota } from './rate-limit-fields.js';

/** The most units that one request may cost: with no more than these remaining, the advertised limit may be the cause. */
const mostForOneRequest = 20;

/** The quotas of requests in an answer; none if it has no RateLimit fields, or fields that cannot be read. */
export const requestQuotas = (exchange: Exchange): readonly Quota[] => {
  const reading = isAnswered(exchange) ? readRateLimit(exchange.response.headers) : undefined;
  return reading?.type === 'fields' ? reading.quotas.filter(countsRequests) : [];
};

/**
 * The quotas of a 429 to a read that was not sent because of them: enough remains in all of them. Only a GET shows it, because
 * a write may cost more, or have a limit of its own.
 */
export const unusedQuotas = (exchange: Exchange): readonly Quota[] => {
  if (exchange.response?.status !== 429 || exchange.request.method !== 'GET') return [];
  const known = requestQuotas(exchange).filter(({ remaining }) => remaining !== undefined);
  return known.every(({ remaining = 0 }) => remaining > mostForOneRequest) ? known : [];
};
