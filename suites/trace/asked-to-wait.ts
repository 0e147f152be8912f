/** Reads how long an answer asks the client to wait. */
import { header } from '../../schemas/names.js';
import type { Exchange } from '../../schemas/types.js';
import { retryAfterMs } from '../client/retry-after.js';
import { dateOf } from './answers.js';
import { responseHeader } from './message.js';

/** The time of the provider's own clock when it answered: a date in Retry-After refers to that clock (RFC 9110 §6.6.1). */
const clockOf = (exchange: Exchange, now: Date): Date => {
  const date = dateOf(exchange);
  return Number.isNaN(date) ? now : new Date(date);
};

/** Milliseconds until the client may send the next request; undefined if the answer does not say. */
export const askedToWaitMs = (exchange: Exchange, now: Date): number | undefined => {
  const value = responseHeader(exchange, header.retryAfter);
  return value === undefined ? undefined : retryAfterMs(value, clockOf(exchange, now));
};
